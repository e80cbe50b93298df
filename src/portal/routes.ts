import express from 'express'
import type { Router } from 'express'
import { z } from 'zod'
import { finishTask } from '../applications/assign-handler.ts'
import { caseOf } from '../web/case.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, bodyOf, param } from '../web/context.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import { parseForm } from '../web/schemas.ts'
import { minePage } from './pages.ts'

export function portalRoutes(): Router {
  const router = express.Router()

  get(router, '/mine-sager', 'signedIn', async (req, res) => {
    const { db, viewer } = req.context
    const page = await minePage(db, actorOf(req), viewer)
    show(req, res, 'portal/mine', page, { title: t(viewer.lang, 'portal.mine') })
  })

  post(router, '/ansoegninger/:reference/opgaver/:id', ['secretariat'], async (req, res) => {
    const it = await caseOf(req)
    parseForm(z.strictObject({}), bodyOf(req))
    await finishTask(req.context.db, {
      actor: actorOf(req),
      reference: it.application.reference,
      taskId: Number(param(req, 'id')),
      now: req.context.now,
    })
    seeOther(res, paths.application(it.application.reference), 'done')
  })

  return router
}
