import express from 'express'
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import type { Case } from '../applications/queries.ts'
import { caseOf } from '../web/case.ts'
import { rolesInCase } from '../shared/actor.ts'
import { InvalidInput } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, bodyOf, param } from '../web/context.ts'
import type { FormError, Typed } from '../web/fields.ts'
import { errorsOf } from '../web/fields.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import {
  choice,
  datePieces,
  optionalText,
  parseForm,
  readDate,
  requiredText,
} from '../web/schemas.ts'
import { adviceListPage, onwardPlanPage } from './pages.ts'
import { planOnward } from './plan-onward.ts'
import { sendNotice } from './send-notice.ts'
import { settleTask } from './settle-task.ts'

const itemSchema = z.strictObject({
  kind: choice(['where', 'who', 'task']),
  text: requiredText(500),
  contact: optionalText(300),
  ...datePieces('due'),
})
const settleSchema = z.strictObject({
  how: choice(['done', 'waived', 'seen']),
  reason: optionalText(1000),
})

export function adviceRoutes(): Router {
  const router = express.Router()

  get(router, '/raadgivning', ['adviser'], async (req, res) => {
    const { db, viewer } = req.context
    const page = await adviceListPage(db, actorOf(req), viewer)
    show(req, res, 'advice/index', page, { title: t(viewer.lang, 'advice.title') })
  })

  get(router, '/ansoegninger/:reference/videre', 'signedIn', async (req, res) => {
    await showPlan(req, res, await caseOf(req), {}, [], 200)
  })

  post(router, '/ansoegninger/:reference/videre', ['adviser'], async (req, res) => {
    const it = await caseOf(req)
    const body = bodyOf(req)
    try {
      const { kind, text, contact, ...due } = parseForm(itemSchema, body)
      const hasDate = Object.values(due).some((part) => part !== '')
      if (kind === 'task' && !hasDate) {
        throw new InvalidInput([{ field: 'due', message: 'advice.taskNeedsDate' }])
      }
      await planOnward(req.context.db, {
        actor: actorOf(req),
        reference: it.application.reference,
        item: { kind, text, contact, dueOn: hasDate ? readDate(body, 'due') : null },
        now: req.context.now,
      })
      seeOther(res, paths.onwardPlan(it.application.reference), 'saved')
    } catch (error) {
      if (!(error instanceof InvalidInput) || error.status === 400) throw error
      await showPlan(req, res, it, body, errorsOf(error.problems, req.context.viewer.lang), 422)
    }
  })

  post(router, '/ansoegninger/:reference/videre/paamind', ['adviser'], async (req, res) => {
    const { db, now, config } = req.context
    const it = await caseOf(req)
    const { body } = parseForm(z.strictObject({ body: requiredText(4000) }), bodyOf(req))
    const reference = it.application.reference
    await sendNotice(db, { actor: actorOf(req), reference, body, now, mail: config })
    seeOther(res, paths.onwardPlan(reference), 'noticeSent')
  })

  post(router, '/ansoegninger/:reference/videre/:id', 'signedIn', async (req, res) => {
    const it = await caseOf(req)
    try {
      const { how, reason } = parseForm(settleSchema, bodyOf(req))
      await settleTask(req.context.db, {
        actor: actorOf(req),
        reference: it.application.reference,
        itemId: Number(param(req, 'id')),
        how,
        reason,
        now: req.context.now,
      })
      seeOther(res, paths.onwardPlan(it.application.reference), 'saved')
    } catch (error) {
      if (!(error instanceof InvalidInput) || error.status === 400) throw error
      await showPlan(req, res, it, {}, errorsOf(error.problems, req.context.viewer.lang), 422)
    }
  })

  return router
}

async function showPlan(
  req: Request,
  res: Response,
  it: Case,
  typed: Typed,
  errors: FormError[],
  status: number,
): Promise<void> {
  const { db, viewer } = req.context
  const actor = actorOf(req)
  const page = await onwardPlanPage(db, it, actor, viewer, typed, errors)
  const title = `${t(viewer.lang, 'advice.plan')} – ${it.application.reference}`
  const roles = rolesInCase(actor, it.application)
  show(req, res, 'advice/plan', { ...page, isOwn: roles.includes('applicant') }, { title, status })
}
