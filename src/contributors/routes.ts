import express from 'express'
import type { Router } from 'express'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, param } from '../web/context.ts'
import { seeOther, show } from '../web/respond.ts'
import { get } from '../web/route.ts'
import { contributorListPage, contributorPage } from './pages.ts'
import { getContributor } from './queries.ts'

const readers = ['contributor', 'secretariat', 'finance', 'administrator'] as const

export function contributorsRoutes(): Router {
  const router = express.Router()

  get(router, '/bidragydere', readers, async (req, res) => {
    const { db, viewer } = req.context
    const page = await contributorListPage(db, actorOf(req), viewer.lang)
    const [only, second] = page.contributors
    if (only && !second) return seeOther(res, paths.contributor(only.code))
    show(req, res, 'contributors/index', page, { title: t(viewer.lang, 'contributors.title') })
  })

  get(router, '/bidragydere/:code', readers, async (req, res) => {
    const { db, viewer } = req.context
    const actor = actorOf(req)
    const contributor = await getContributor(db, actor, param(req, 'code'))
    const page = await contributorPage(db, contributor, actor, viewer)
    show(req, res, 'contributors/show', page, { title: page.name })
  })

  return router
}
