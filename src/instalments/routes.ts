import express from 'express'
import type { Request, Router } from 'express'
import { instalment as lifecycle } from '../../workflows/instalment.machine.ts'
import { choicesFor } from '../../workflows/lifecycle.ts'
import { getCase, getCaseById } from '../applications/queries.ts'
import { rolesInCase } from '../shared/actor.ts'
import { NotFound } from '../shared/errors.ts'
import { formatOre } from '../shared/money.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, param } from '../web/context.ts'
import { show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import { showStep, takeStep } from '../web/step.ts'
import type { StepView } from '../web/step.ts'
import { advanceInstalment } from './advance-instalment.ts'
import { instalmentFacts } from './facts.ts'
import { paymentsPage } from './pages.ts'
import { findInstalment } from './queries.ts'

export function instalmentsRoutes(): Router {
  const router = express.Router()

  get(router, '/udbetalinger', ['finance'], async (req, res) => {
    const { db, viewer } = req.context
    const page = await paymentsPage(db, actorOf(req), viewer)
    show(req, res, 'instalments/index', page, { title: t(viewer.lang, 'payments.title') })
  })

  get(router, '/udbetalinger/:id/trin/:event', ['finance', 'secretariat'], async (req, res) => {
    const { step } = await stepOf(req)
    if (!step) throw new NotFound()
    showStep(req, res, step)
  })

  post(router, '/udbetalinger/:id/trin/:event', ['finance', 'secretariat'], async (req, res) => {
    const { step, id, back } = await stepOf(req)
    const event = param(req, 'event')
    await takeStep(
      req,
      res,
      step,
      (asked, version) =>
        advanceInstalment(req.context.db, {
          id,
          event,
          actor: actorOf(req),
          version,
          asked,
          now: req.context.now,
          mail: req.context.config,
        }),
      { path: back, notice: 'done' },
    )
  })

  return router
}

async function stepOf(req: Request): Promise<{ step: StepView | null; id: number; back: string }> {
  const { db, now, viewer } = req.context
  const actor = actorOf(req)
  const id = Number(param(req, 'id'))
  const row = Number.isSafeInteger(id) ? await findInstalment(db, id) : undefined
  if (!row) throw new NotFound()
  const { application } = await getCaseById(db, row.application_id)
  const it = await getCase(db, actor, application.reference)
  const roles = rolesInCase(actor, it.application)
  const event = param(req, 'event')
  const facts = await instalmentFacts(db, row, actor, now)
  const choice = choicesFor(lifecycle, row.status, facts, roles).find((c) => c.event === event)
  const isFinance = roles.includes('finance') && !roles.includes('secretariat')
  const back = isFinance ? paths.payments() : paths.application(application.reference)
  if (!choice) return { step: null, id, back }
  return {
    id,
    back,
    step: {
      machine: 'instalment',
      event,
      asks: choice.asks,
      blockedHint: choice.blockedHint,
      about: t(viewer.lang, 'payments.about', {
        number: row.number,
        amount: formatOre(row.amount_ore, viewer.lang),
        reference: application.reference,
        organisation: it.organisation.name,
      }),
      action: paths.instalmentEvent(id, event),
      back,
      version: row.version,
    },
  }
}
