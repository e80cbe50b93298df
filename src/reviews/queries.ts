import { statusesWith } from '../../workflows/lifecycle.ts'
import type { ReviewRow, ScoreRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { isExcluded } from '../applications/queries.ts'
import type { Actor } from '../shared/actor.ts'
import { rolesInPool } from '../shared/actor.ts'
import { copenhagenDate } from '../shared/danish.ts'
import { Blocked, NotFound } from '../shared/errors.ts'

export type ReviewLine = ReviewRow & { reviewer_name: string }

/** Every review of a case, oldest first, without scores. */
export async function listReviews(db: Db, applicationId: number): Promise<ReviewLine[]> {
  return db('reviews as r')
    .join('people as p', 'p.id', 'r.reviewer_id')
    .where('r.application_id', applicationId)
    .orderBy('r.id')
    .select('r.*', 'p.name as reviewer_name')
}

export type OwnReviewLine = ReviewRow & {
  reference: string
  title: string
  organisation_name: string
}

/** A reviewer's own reviews; an excluded case does not show, not even its name. */
export async function listOwnReviews(db: Db, actor: Actor): Promise<OwnReviewLine[]> {
  return db('reviews as r')
    .join('applications as a', 'a.id', 'r.application_id')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .where('r.reviewer_id', actor.personId)
    .whereNotIn('r.status', [
      ...statusesWith('review', 'barred'),
      ...statusesWith('review', 'withdrawnFrom'),
    ])
    .orderBy('r.due_on')
    .orderBy('r.id')
    .select('r.*', 'a.reference', 'a.title', 'o.name as organisation_name')
}

/** A reviewer's own review; NotFound for everyone else's and for excluded ones. */
export async function getOwnReview(db: Db, actor: Actor, id: number): Promise<ReviewRow> {
  const row = await db<ReviewRow>('reviews')
    .where({ id, reviewer_id: actor.personId })
    .whereNotIn('status', [
      ...statusesWith('review', 'barred'),
      ...statusesWith('review', 'withdrawnFrom'),
    ])
    .first()
  if (!row) throw new NotFound()
  return row
}

/** A review its own reviewer or the pool's secretariat may act on; NotFound for everyone else. */
export async function getReviewFor(db: Db, actor: Actor, id: number): Promise<ReviewRow> {
  const row = await db<ReviewRow>('reviews').where({ id }).first()
  if (row?.reviewer_id === actor.personId) return getOwnReview(db, actor, id)
  const application = row
    ? await db('applications')
        .where({ id: row.application_id })
        .first<{ pool_id: number } | undefined>('pool_id')
    : undefined
  const isSecretariat =
    application !== undefined && rolesInPool(actor, application.pool_id).includes('secretariat')
  if (!row || !isSecretariat || (await isExcluded(db, actor.personId, row.application_id))) {
    throw new NotFound()
  }
  return row
}

/** Throws Blocked for whoever has a review of the case to give first: what others said is closed. */
export async function assertNoOpenReview(
  db: Db,
  actor: Actor,
  applicationId: number,
): Promise<void> {
  const open = await db('reviews')
    .where({ application_id: applicationId, reviewer_id: actor.personId })
    .whereIn('status', statusesWith('review', 'assessable'))
    .first<{ id: number } | undefined>('id')
  if (open) throw new Blocked('reviews.ownFirst')
}

export async function listScores(db: Db, reviewIds: number[]): Promise<ScoreRow[]> {
  return db<ScoreRow>('scores')
    .whereIn('review_id', reviewIds)
    .orderBy(['review_id', 'criterion_id'])
}

/**
 * The weighted mean of each case's submitted reviews, 0–100 in hundredths (so integers rank), and
 * how many reviews it rests on. Drafts never count. One statement.
 */
export async function rankScores(
  db: Db,
  applicationIds: number[],
): Promise<Map<number, { points: number; reviews: number }>> {
  const rows = await db('scores as s')
    .join('reviews as r', 'r.id', 's.review_id')
    .join('criteria as c', 'c.id', 's.criterion_id')
    .whereIn('r.application_id', applicationIds)
    .whereIn('r.status', statusesWith('review', 'counted'))
    .groupBy('r.application_id')
    .select<{ id: number; weighted: number; weights: number; reviews: number }[]>(
      'r.application_id as id',
      db.raw('sum(s.score * c.weight) as weighted'),
      db.raw('sum(c.weight) as weights'),
      db.raw('count(distinct r.id) as reviews'),
    )
  return new Map(
    rows.map((row) => [
      row.id,
      {
        points: row.weights === 0 ? 0 : Math.round((row.weighted * 2000) / row.weights),
        reviews: row.reviews,
      },
    ]),
  )
}

const graceMs = 10 * 60_000

/**
 * Cases whose review nobody needs to wait for any more: enough reviews are in, and each one that is
 * not is past its last day. The newest has lain for ten minutes, so that whoever wants to close it
 * by hand is not overtaken. A batch at a time.
 */
export async function listFullyReviewed(db: Db, now: string): Promise<string[]> {
  const reviews = () => db('reviews as r').whereRaw('r.application_id = a.id')
  const counted = () => reviews().whereIn('r.status', statusesWith('review', 'counted'))
  const ripe = new Date(Date.parse(now) - graceMs).toISOString()
  return db('applications as a')
    .join('pools as p', 'p.id', 'a.pool_id')
    .whereIn('a.status', statusesWith('application', 'assessable'))
    .andWhere('p.reviewers_required', '>', 0)
    .andWhere('p.reviewers_required', '<=', counted().count())
    .whereNotExists(counted().andWhere('r.submitted_at', '>', ripe))
    .whereNotExists(
      reviews()
        .whereIn('r.status', statusesWith('review', 'live'))
        .whereNotIn('r.status', statusesWith('review', 'counted'))
        .andWhere('r.due_on', '>=', copenhagenDate(now)),
    )
    .orderBy('a.id')
    .limit(200)
    .pluck('a.reference')
}
