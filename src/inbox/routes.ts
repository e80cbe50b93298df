import express from 'express'
import type { Router } from 'express'
import { t } from '../templates/i18n.ts'
import { actorOf } from '../web/context.ts'
import { show } from '../web/respond.ts'
import { get } from '../web/route.ts'
import { inboxFilters, inboxPage } from './pages.ts'

/** Where the secretariat's day begins. */
export function inboxRoutes(): Router {
  const router = express.Router()

  get(router, '/indbakke', ['secretariat'], async (req, res) => {
    const { db, viewer } = req.context
    const page = await inboxPage(db, actorOf(req), viewer, {
      search: typeof req.query.q === 'string' ? req.query.q.slice(0, 100) : '',
      show: inboxFilters.find((s) => s === req.query.vis) ?? 'all',
    })
    show(req, res, 'inbox/index', page, { title: t(viewer.lang, 'portal.inbox') })
  })

  return router
}
