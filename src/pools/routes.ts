import express from 'express'
import type { Router } from 'express'
import { allQuestionsPage } from '../applications/pages.ts'
import { t } from '../templates/i18n.ts'
import { param } from '../web/context.ts'
import { show } from '../web/respond.ts'
import { get } from '../web/route.ts'
import { lifecyclePage } from './lifecycle-page.ts'
import { frontPage, poolPage, publicCriteria } from './pages.ts'
import { getPool } from './queries.ts'

export function poolsRoutes(): Router {
  const router = express.Router()

  get(router, '/', 'anyone', async (req, res) => {
    const { db, viewer } = req.context
    const page = await frontPage(db, viewer)
    show(req, res, 'pools/front', page, { title: t(viewer.lang, 'pools.front') })
  })

  get(router, '/puljer/:code', 'anyone', async (req, res) => {
    const { db, viewer } = req.context
    const page = await poolPage(db, await getPool(db, param(req, 'code')), viewer)
    show(req, res, 'pools/show', page, { title: page.name })
  })

  get(router, '/puljer/:code/spoergsmaal', 'anyone', async (req, res) => {
    const { db, viewer } = req.context
    const pool = await getPool(db, param(req, 'code'))
    const name = viewer.lang === 'da' ? pool.name_da : pool.name_en
    const page = {
      ...allQuestionsPage(viewer.lang),
      ...(await publicCriteria(db, pool, viewer)),
      name,
      quick: pool.quick_lane_ore,
    }
    const title = `${t(viewer.lang, 'pools.questions')} – ${name}`
    show(req, res, 'pools/questions', page, { title })
  })

  get(router, '/livscyklus', 'anyone', (req, res) => {
    const { lang } = req.context.viewer
    show(req, res, 'pools/lifecycle', lifecyclePage(lang), { title: t(lang, 'pools.lifecycle') })
  })

  get(router, '/was', 'anyone', (req, res) => {
    const { lang } = req.context.viewer
    const page = {
      heading: t(lang, 'pools.accessibility.title'),
      text: t(lang, 'pools.accessibility.text'),
    }
    show(req, res, 'pools/text', page, { title: page.heading })
  })

  return router
}
