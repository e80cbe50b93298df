import express from 'express'
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { advanceApplication } from '../applications/advance-application.ts'
import { choicesIn } from '../applications/case-page.ts'
import { checkPage } from '../applications/pages.ts'
import type { Case } from '../applications/queries.ts'
import { rolesInCase } from '../shared/actor.ts'
import { noFiles } from '../shared/upload.ts'
import { waitWarning } from '../file-requests/pages.ts'
import { caseOf } from '../web/case.ts'
import { Blocked, InvalidInput, NotAllowed } from '../shared/errors.ts'
import type { Asked } from '../shared/asked.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, bodyOf, param } from '../web/context.ts'
import type { FormError, Typed } from '../web/fields.ts'
import { errorsOf } from '../web/fields.ts'
import type { FilesTo } from '../web/form-files.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import { amount, choice, optionalText, parseForm, requiredText } from '../web/schemas.ts'
import { showStep, takeStep } from '../web/step.ts'
import type { StepView } from '../web/step.ts'
import { decisionsPage, recommendationPage } from './pages.ts'
import { stepContext } from './step-page.ts'
import { prepareRecommendation } from './prepare-recommendation.ts'
import { findRecommendation } from './queries.ts'

const recommendationSchema = z.strictObject({
  outcome: choice(['grant', 'reject']),
  amount: amount({ allowZero: true }),
  reasons: requiredText(4000),
  conditions: optionalText(4000),
})

/** Every step of a case has one page and one door, whoever takes it. */
export function decisionsRoutes(): Router {
  const router = express.Router()

  get(router, '/afgoerelser', ['decisionMaker'], async (req, res) => {
    const { db, viewer } = req.context
    const page = await decisionsPage(db, actorOf(req), viewer)
    show(req, res, 'decisions/index', page, { title: t(viewer.lang, 'decisions.title') })
  })

  get(router, '/ansoegninger/:reference/trin/:event', 'signedIn', async (req, res) => {
    const it = await caseOf(req)
    const step = await stepOf(req, it)
    if (!step) throw new Blocked('lifecycle.hint.notInThisStatus')
    showStep(req, res, step)
  })

  const takeOne = async (req: Request, res: Response) => {
    const it = await caseOf(req)
    const { db, now, config } = req.context
    const reference = it.application.reference
    const event = param(req, 'event')
    const take = (asked: Asked, version: number, files = noFiles) =>
      advanceApplication(db, {
        reference,
        event,
        actor: actorOf(req),
        version,
        asked,
        files,
        now,
        mail: config,
      })
    const step = await stepOf(req, it)
    if (event === 'submit' && step) return submit(req, res, it, take)
    await takeStep(req, res, step, take, { path: paths.application(reference), notice: 'done' })
  }
  const path = '/ansoegninger/:reference/trin/:event'
  post(router, path, 'signedIn', takeOne, { files: ['files'] })

  get(router, '/ansoegninger/:reference/indstilling', ['secretariat'], async (req, res) => {
    await showRecommendation(req, res, await caseOf(req), {}, [], 200)
  })

  post(router, '/ansoegninger/:reference/indstilling', ['secretariat'], async (req, res) => {
    const it = await caseOf(req)
    const body = bodyOf(req)
    try {
      const { amount: amountOre, ...rest } = parseForm(recommendationSchema, body)
      await prepareRecommendation(req.context.db, {
        actor: actorOf(req),
        reference: it.application.reference,
        recommendation: { ...rest, amountOre },
        now: req.context.now,
      })
      seeOther(res, paths.application(it.application.reference), 'saved')
    } catch (error) {
      if (!(error instanceof InvalidInput) || error.status === 400) throw error
      const errors = errorsOf(error.problems, req.context.viewer.lang)
      await showRecommendation(req, res, it, body, errors, 422)
    }
  })

  return router
}

async function stepOf(req: Request, it: Case): Promise<StepView | null> {
  const { db, viewer } = req.context
  const event = param(req, 'event')
  const { choices, facts } = await choicesIn(db, it, actorOf(req), viewer)
  const choice = choices.find((c) => c.event === event)
  if (!choice) return null
  const { reference, title, version } = it.application
  return {
    machine: 'application',
    event,
    asks: choice.asks,
    blockedHint: choice.blockedKey,
    about: `${reference} – ${title}`,
    action: paths.applicationEvent(reference, event),
    back: paths.application(reference),
    version,
    ...(choice.asks.includes('answer') ? { files: answerFiles(req, it) } : {}),
    warning: ['grant', 'reject'].includes(event) ? await waitWarning(db, it, viewer.lang) : '',
    ...(await stepContext(db, it, choice, facts, viewer)),
  }
}

/** What comes with an answer belongs to the question it answers. */
const answerFiles = (req: Request, it: Case): FilesTo => ({
  applicationId: it.application.id,
  ownerKind: 'answer',
  side: rolesInCase(actorOf(req), it.application).includes('applicant')
    ? 'applicant'
    : 'municipality',
})

/** Sending is taken from the check page, and answered by the receipt. */
async function submit(
  req: Request,
  res: Response,
  it: Case,
  take: (asked: Record<string, never>, version: number) => Promise<unknown>,
): Promise<void> {
  const { lang } = req.context.viewer
  try {
    const { version } = parseForm(z.strictObject({ version: z.coerce.number().int() }), bodyOf(req))
    await take({}, version)
    seeOther(res, paths.applicationReceipt(it.application.reference), 'sent')
  } catch (error) {
    if (error instanceof NotAllowed || !(error instanceof Blocked)) throw error
    const message = t(lang, error.hint, error.params)
    const page = checkPage(it, lang, [{ field: '', message }])
    show(req, res, 'applications/check', page, { title: t(lang, 'form.check'), status: 409 })
  }
}

async function showRecommendation(
  req: Request,
  res: Response,
  it: Case,
  typed: Typed,
  errors: FormError[],
  status: number,
): Promise<void> {
  const { db, viewer } = req.context
  const newest = await findRecommendation(db, it.application.id)
  const page = recommendationPage(it, newest, viewer.lang, typed, errors)
  const title = t(viewer.lang, 'decisions.recommendation')
  show(req, res, 'decisions/recommendation', page, { title, status })
}
