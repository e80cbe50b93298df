import { isDeepStrictEqual } from 'node:util'
import { decide, permits } from '../../workflows/lifecycle.ts'
import { review as lifecycle } from '../../workflows/review.machine.ts'
import type { Role } from '../../workflows/vocabulary.ts'
import type { ReviewRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { ApplicationRow } from '../db/tables.ts'
import type { Advanced } from '../lifecycle/advance.ts'
import { advance } from '../lifecycle/advance.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { Actor } from '../shared/actor.ts'
import { rolesInPool } from '../shared/actor.ts'
import type { Asked, MailSettings } from '../shared/asked.ts'
import { NotFound, Stale } from '../shared/errors.ts'
import { reviewFacts } from './facts.ts'
import { listScores } from './queries.ts'

/**
 * Scores by criterion id, 0–5, each with a word on why; words by criterion code that have no score
 * yet; and a word on the whole.
 */
export type Scoring = {
  scores: { criterionId: number; score: number; comment: string }[]
  unscored: Record<string, string>
  comment: string
}

export type ReviewStep = {
  id: number
  event: string
  actor: Actor | null
  version: number | null
  scoring?: Scoring
  asked: Asked
  requestKey?: string | null
  now: string
  mail: MailSettings
}

/**
 * Takes one step in the life of a review; scores are saved with it. A reviewer reaches only their
 * own; the secretariat reaches all of its pool's, but can score none. Throws NotFound, NotAllowed,
 * Blocked or Stale.
 */
export const advanceReview = (db: Db, step: ReviewStep): Promise<Advanced> =>
  inTransaction(db, (trx) => advanceReviewIn(trx, step))

/** The same, inside a transaction that is already open. */
async function advanceReviewIn(trx: Db, step: ReviewStep): Promise<Advanced> {
  const row = await trx<ReviewRow>('reviews').where({ id: step.id }).first()
  if (!row) throw new NotFound()
  const roles = await rolesFor(trx, row, step.actor)
  if (step.scoring) await saveScores(trx, row, step.scoring)
  const advanced = await advance(trx, {
    lifecycle,
    table: 'reviews',
    row,
    seen: step.version,
    event: step.event,
    facts: await reviewFacts(trx, row, step.actor, step.now),
    roles,
    actorId: step.actor?.personId ?? null,
    chain: `application:${row.application_id}`,
    applicationId: row.application_id,
    details: { reviewerId: row.reviewer_id, ...step.asked },
    changes: changesOf(step),
    requestKey: step.requestKey ?? null,
    now: step.now,
  })
  await settle(trx, row, advanced, step.now)
  await sendMails(trx, row, advanced, step)
  return advanced
}

/**
 * Saves half a review and returns the version it has now. The first time is a step of its life and a
 * line of history; what is written on after that is the reviewer's own until it is sent. The very
 * same again is saved already. Throws NotFound, NotAllowed, Blocked, or Stale when another tab saved
 * something else.
 */
export async function saveDraft(
  db: Db,
  s: {
    id: number
    actor: Actor
    version: number
    scoring: Scoring
    now: string
    mail: MailSettings
    requestKey?: string | null
  },
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const row = await trx<ReviewRow>('reviews').where({ id: s.id }).first()
    if (!row) throw new NotFound()
    if (s.version !== row.version && (await isSame(trx, row, s.scoring))) return row.version
    if (!permits('review', row.status, 'begun')) {
      const advanced = await advanceReviewIn(trx, { ...s, event: 'saveScores', asked: {} })
      return advanced.version
    }
    const facts = await reviewFacts(trx, row, s.actor, s.now)
    decide(lifecycle, row.status, facts, 'saveScores', await rolesFor(trx, row, s.actor))
    const changed = await trx<ReviewRow>('reviews')
      .where({ id: row.id, version: s.version })
      .update({ ...keptOf(s.scoring, s.now), version: s.version + 1 })
    if (changed === 0) throw new Stale(row)
    await saveScores(trx, row, s.scoring)
    return s.version + 1
  })
}

async function isSame(trx: Db, row: ReviewRow, scoring: Scoring): Promise<boolean> {
  const stored = await listScores(trx, [row.id])
  const scores = stored.map((s) => ({
    criterionId: s.criterion_id,
    score: s.score,
    comment: s.comment,
  }))
  const byCriterion = [...scoring.scores].sort((a, b) => a.criterionId - b.criterionId)
  return (
    row.comment === scoring.comment &&
    row.unscored === JSON.stringify(scoring.unscored) &&
    isDeepStrictEqual(scores, byCriterion)
  )
}

async function rolesFor(trx: Db, row: ReviewRow, actor: Actor | null): Promise<Role[]> {
  if (!actor) return ['clock']
  const application = await trx<ApplicationRow>('applications')
    .where({ id: row.application_id })
    .first('pool_id')
  const roles = rolesInPool(actor, application?.pool_id ?? -1)
  const isOwn = row.reviewer_id === actor.personId && roles.includes('reviewer')
  if (!isOwn && !roles.includes('secretariat')) throw new NotFound()
  return roles.filter((role) => (role === 'reviewer' ? isOwn : role === 'secretariat'))
}

/** What is kept of a scoring beside the scores themselves. */
const keptOf = (scoring: Scoring, now: string): Partial<ReviewRow> => ({
  comment: scoring.comment,
  unscored: JSON.stringify(scoring.unscored),
  saved_at: now,
})

function changesOf({ event, asked, scoring, now }: ReviewStep): Partial<ReviewRow> {
  return {
    ...(scoring ? keptOf(scoring, now) : {}),
    ...(event === 'reportConflict' ? { conflict_reason: asked.reason ?? '' } : {}),
    ...(event === 'submitReview' ? { submitted_at: now } : {}),
  }
}

async function saveScores(trx: Db, row: ReviewRow, { scores }: Scoring): Promise<void> {
  for (const s of scores) {
    await trx('scores')
      .insert({
        review_id: row.id,
        criterion_id: s.criterionId,
        score: s.score,
        comment: s.comment,
      })
      .onConflict(['review_id', 'criterion_id'])
      .merge(['score', 'comment'])
  }
}

/** When a review waits for nobody any more, nobody is reminded of it; a reminder fires once. */
async function settle(trx: Db, row: ReviewRow, advanced: Advanced, now: string): Promise<void> {
  const isOpen = permits('review', advanced.status, 'live') && advanced.role !== 'clock'
  if (isOpen && !permits('review', advanced.status, 'counted')) return
  await trx('deadlines')
    .where({ review_id: row.id })
    .whereNull('handled_at')
    .update({ handled_at: now })
}

async function sendMails(
  trx: Db,
  row: ReviewRow,
  { effects, historyId }: Advanced,
  step: ReviewStep,
): Promise<void> {
  for (const effect of effects) {
    if (effect.type !== 'email') continue
    await enqueueCaseMail(trx, {
      applicationId: row.application_id,
      historyId,
      event: `review.${step.event}`,
      template: effect.params.template,
      to: effect.params.to,
      subject: { reviewId: row.id },
      asked: step.asked,
      actorId: step.actor?.personId ?? null,
      now: step.now,
      mail: step.mail,
    })
  }
}
