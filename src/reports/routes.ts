import express from 'express'
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { choicesFor } from '../../workflows/lifecycle.ts'
import { report as lifecycle } from '../../workflows/report.machine.ts'
import type { Case } from '../applications/queries.ts'
import { caseOf } from '../web/case.ts'
import type { ReportRow } from '../db/case-tables.ts'
import { rolesInCase } from '../shared/actor.ts'
import { Blocked, InvalidInput, NotAllowed, NotFound, Stale } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { answerSaved, isAutosave } from '../web/autosave.ts'
import { actorOf, bodyOf, param } from '../web/context.ts'
import type { FormError, Typed } from '../web/fields.ts'
import { errorsOf } from '../web/fields.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import { amount, optionalText, parseForm, requiredText } from '../web/schemas.ts'
import { showStep, takeStep } from '../web/step.ts'
import type { StepView } from '../web/step.ts'
import { advanceReport, saveReport } from './advance-report.ts'
import { reportFacts } from './facts.ts'
import { reportPage } from './pages.ts'
import { findReport } from './queries.ts'

const draftSchema = z.strictObject({
  version: z.coerce.number().int(),
  next: z.string().optional(),
  done: optionalText(6000),
  learned: optionalText(6000),
  result: optionalText(6000),
  onward: optionalText(6000),
  spent: z.string().transform((text, context) => {
    if (text.trim() === '') return null
    const read = amount({ allowZero: true }).safeParse(text)
    if (read.success) return read.data
    context.addIssue(read.error.issues[0]?.message ?? 'fields.malformed')
    return z.NEVER
  }),
})
const reportSchema = draftSchema.extend({ done: requiredText(6000), learned: requiredText(6000) })

export function reportsRoutes(): Router {
  const router = express.Router()

  get(router, '/ansoegninger/:reference/rapporter/:number', 'signedIn', async (req, res) => {
    const { it, row } = await reportOf(req)
    await showReport(req, res, it, row, {}, [], 200)
  })

  get(
    router,
    '/ansoegninger/:reference/rapporter/:number/trin/:event',
    'signedIn',
    async (req, res) => {
      const { it, row } = await reportOf(req)
      const step = await stepOf(req, it, row)
      if (!step) throw new Blocked('lifecycle.hint.notInThisStatus')
      showStep(req, res, step)
    },
  )

  post(
    router,
    '/ansoegninger/:reference/rapporter/:number/trin/:event',
    'signedIn',
    async (req, res) => {
      const { it, row } = await reportOf(req)
      const event = param(req, 'event')
      if (event === 'submitReport') return submit(req, res, it, row)
      await takeStep(
        req,
        res,
        await stepOf(req, it, row),
        (asked, version) =>
          advanceReport(req.context.db, { ...about(req, it, row), event, version, asked }),
        { path: paths.application(it.application.reference), notice: 'done' },
      )
    },
  )

  return router
}

const about = (req: Request, it: Case, row: ReportRow) => ({
  reference: it.application.reference,
  number: row.number,
  actor: actorOf(req),
  now: req.context.now,
  mail: req.context.config,
})

async function reportOf(req: Request): Promise<{ it: Case; row: ReportRow }> {
  const it = await caseOf(req)
  const number = Number(param(req, 'number'))
  const row = Number.isSafeInteger(number)
    ? await findReport(req.context.db, it.application.id, number)
    : undefined
  if (!row) throw new NotFound()
  return { it, row }
}

async function stepOf(req: Request, it: Case, row: ReportRow): Promise<StepView | null> {
  const { db, now, viewer } = req.context
  const actor = actorOf(req)
  const event = param(req, 'event')
  const facts = await reportFacts(db, row, actor, now)
  const choice = choicesFor(lifecycle, row.status, facts, rolesInCase(actor, it.application)).find(
    (c) => c.event === event,
  )
  if (!choice) return null
  const { reference, title } = it.application
  return {
    machine: 'report',
    event,
    asks: choice.asks,
    blockedHint: choice.blockedHint,
    about: `${t(viewer.lang, `reports.kind.${row.kind}`)} – ${reference} – ${title}`,
    action: paths.reportEvent(reference, row.number, event),
    back: paths.report(reference, row.number),
    version: row.version,
  }
}

async function submit(req: Request, res: Response, it: Case, row: ReportRow): Promise<void> {
  if (!rolesInCase(actorOf(req), it.application).includes('applicant')) throw new NotAllowed()
  const body = bodyOf(req)
  const { lang } = req.context.viewer
  const isDraft = body.next === 'stay' || isAutosave(req)
  try {
    const {
      version,
      next: _next,
      spent: spentOre,
      ...words
    } = parseForm(isDraft ? draftSchema : reportSchema, body)
    if (isDraft) {
      const text = { ...words, spentOre }
      const saved = await saveReport(req.context.db, { ...about(req, it, row), version, text })
      if (isAutosave(req)) return answerSaved(req, res, saved)
      return seeOther(res, paths.report(it.application.reference, row.number), 'saved')
    }
    await advanceReport(req.context.db, {
      ...about(req, it, row),
      event: 'submitReport',
      version,
      text: { ...words, spentOre },
      asked: {},
    })
    seeOther(res, paths.application(it.application.reference), 'done')
  } catch (error) {
    if (isAutosave(req)) throw error
    if (error instanceof Stale) {
      const { row: current } = await reportOf(req)
      const errors = [{ field: '', message: t(lang, 'autosave.overtaken') }]
      return showReport(req, res, it, current, body, errors, 409)
    }
    if (error instanceof Blocked) {
      const message = t(lang, error.hint, error.params)
      return showReport(req, res, it, row, body, [{ field: '', message }], 409)
    }
    if (!(error instanceof InvalidInput) || error.status === 400) throw error
    await showReport(req, res, it, row, body, errorsOf(error.problems, lang), 422)
  }
}

async function showReport(
  req: Request,
  res: Response,
  it: Case,
  row: ReportRow,
  typed: Typed,
  errors: FormError[],
  status: number,
): Promise<void> {
  const { db, viewer } = req.context
  const page = await reportPage(db, it, row, actorOf(req), viewer, typed, errors, status === 409)
  show(req, res, 'reports/show', page, { title: page.heading, status })
}
