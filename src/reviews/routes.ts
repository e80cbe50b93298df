import express from 'express'
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { review as lifecycle } from '../../workflows/review.machine.ts'
import { choicesFor } from '../../workflows/lifecycle.ts'
import { caseOf } from '../web/case.ts'
import { getCaseById } from '../applications/queries.ts'
import type { ReviewRow } from '../db/case-tables.ts'
import { listCriteriaAt } from '../pools/queries.ts'
import { rolesInPool } from '../shared/actor.ts'
import { InvalidInput, NotFound, Stale } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { answerSaved, isAutosave } from '../web/autosave.ts'
import { actorOf, bodyOf, param } from '../web/context.ts'
import type { FormError, Typed } from '../web/fields.ts'
import { errorsOf } from '../web/fields.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import { parseForm } from '../web/schemas.ts'
import { showStep, takeStep } from '../web/step.ts'
import type { StepView } from '../web/step.ts'
import { advanceReview, saveDraft } from './advance-review.ts'
import { reviewFacts } from './facts.ts'
import { readScoring } from './form.ts'
import { inviteReviewer } from './invite-reviewer.ts'
import { reviewListPage, reviewPage } from './pages.ts'
import { getOwnReview, getReviewFor } from './queries.ts'

export function reviewsRoutes(): Router {
  const router = express.Router()

  get(router, '/bedoemmelser', ['reviewer'], async (req, res) => {
    const { db, viewer } = req.context
    const page = await reviewListPage(db, actorOf(req), viewer.lang)
    show(req, res, 'reviews/index', page, { title: t(viewer.lang, 'reviews.title') })
  })

  get(router, '/bedoemmelser/:id', ['reviewer'], async (req, res) => {
    const row = await getOwnReview(req.context.db, actorOf(req), idOf(req))
    await showReview(req, res, row, {}, [], 200)
  })

  post(router, '/ansoegninger/:reference/bedoemmere', ['secretariat'], async (req, res) => {
    const { db, now, config } = req.context
    const it = await caseOf(req)
    const { reviewer } = parseForm(
      z.strictObject({ reviewer: z.coerce.number().int() }),
      bodyOf(req),
    )
    await inviteReviewer(db, {
      actor: actorOf(req),
      reference: it.application.reference,
      reviewerId: reviewer,
      now,
      mail: config,
    })
    seeOther(res, paths.application(it.application.reference), 'invited')
  })

  get(router, '/bedoemmelser/:id/trin/:event', ['reviewer', 'secretariat'], async (req, res) => {
    const step = await stepOf(req)
    if (!step) throw new NotFound()
    showStep(req, res, step)
  })

  post(router, '/bedoemmelser/:id/trin/:event', ['reviewer', 'secretariat'], async (req, res) => {
    const event = param(req, 'event')
    if (event === 'saveScores' || event === 'submitReview') return score(req, res, event)
    const step = await stepOf(req)
    const row = await getReviewFor(req.context.db, actorOf(req), idOf(req))
    const it = await getCaseById(req.context.db, row.application_id)
    const isOwn = row.reviewer_id === actorOf(req).personId
    const isOver = event === 'reportConflict' || event === 'declineReview'
    await takeStep(
      req,
      res,
      step,
      (asked, version) =>
        advanceReview(req.context.db, {
          id: row.id,
          event,
          actor: actorOf(req),
          version,
          asked,
          now: req.context.now,
          mail: req.context.config,
        }),
      {
        path: !isOwn
          ? paths.application(it.application.reference)
          : isOver
            ? paths.reviews()
            : paths.review(row.id),
        notice: 'done',
      },
    )
  })

  return router
}

const idOf = (req: Request): number => {
  const id = Number(param(req, 'id'))
  if (!Number.isSafeInteger(id)) throw new NotFound()
  return id
}

async function stepOf(req: Request): Promise<StepView | null> {
  const { db, now } = req.context
  const actor = actorOf(req)
  const row = await getReviewFor(db, actor, idOf(req))
  const it = await getCaseById(db, row.application_id)
  const event = param(req, 'event')
  const facts = await reviewFacts(db, row, actor, now)
  const choice = choicesFor(lifecycle, row.status, facts, rolesInPool(actor, it.pool.id)).find(
    (c) => c.event === event,
  )
  if (!choice) return null
  const isOwn = row.reviewer_id === actor.personId
  return {
    machine: 'review',
    event,
    asks: choice.asks,
    blockedHint: choice.blockedHint,
    about: `${it.application.reference} – ${it.application.title}`,
    action: paths.reviewEvent(row.id, event),
    back: isOwn ? paths.review(row.id) : paths.application(it.application.reference),
    version: row.version,
  }
}

async function score(req: Request, res: Response, event: 'saveScores' | 'submitReview') {
  const { db, viewer, now, config } = req.context
  const row = await getOwnReview(db, actorOf(req), idOf(req))
  const it = await getCaseById(db, row.application_id)
  const body = bodyOf(req)
  const actor = actorOf(req)
  try {
    const criteria = await listCriteriaAt(db, it.pool.id, it.round.opens_at)
    const { scoring, version } = readScoring(criteria, body, event === 'submitReview')
    const about = { id: row.id, actor, version, scoring, now, mail: config }
    if (event === 'saveScores') {
      const saved = await saveDraft(db, about)
      if (isAutosave(req)) return answerSaved(req, res, saved)
      return seeOther(res, paths.review(row.id), 'saved')
    }
    await advanceReview(db, { ...about, event, asked: {} })
    seeOther(res, paths.review(row.id), 'done')
  } catch (error) {
    if (isAutosave(req)) throw error
    if (error instanceof Stale) {
      const errors = [{ field: '', message: t(viewer.lang, 'autosave.overtaken') }]
      return showReview(req, res, await getOwnReview(db, actor, row.id), body, errors, 409)
    }
    if (!(error instanceof InvalidInput) || error.status === 400) throw error
    await showReview(req, res, row, body, errorsOf(error.problems, viewer.lang), 422)
  }
}

async function showReview(
  req: Request,
  res: Response,
  row: ReviewRow,
  typed: Typed,
  errors: FormError[],
  status: number,
): Promise<void> {
  const { db, viewer } = req.context
  const it = await getCaseById(db, row.application_id)
  const page = await reviewPage(db, it, row, actorOf(req), viewer, typed, errors, status === 409)
  show(req, res, 'reviews/show', page, { title: `${page.title} – ${page.reference}`, status })
}
