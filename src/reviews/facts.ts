import { permits } from '../../workflows/lifecycle.ts'
import type { ReviewFacts } from '../../workflows/review.machine.ts'
import type { ReviewRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { ApplicationRow, RoundRow } from '../db/tables.ts'
import { listCriteriaAt } from '../pools/queries.ts'
import type { Actor } from '../shared/actor.ts'
import { isMember } from '../shared/actor.ts'
import { copenhagenDate } from '../shared/danish.ts'

/** What a review's guards look at, for this person at this moment; null is the clock. */
export async function reviewFacts(
  db: Db,
  row: ReviewRow,
  actor: Actor | null,
  now: string,
): Promise<ReviewFacts> {
  const application = await db<ApplicationRow>('applications')
    .where({ id: row.application_id })
    .first('status', 'pool_id', 'organisation_id', 'round_id')
  const round = application
    ? await db<RoundRow>('rounds').where({ id: application.round_id }).first('opens_at')
    : undefined
  if (!application || !round) throw new Error('a review without a case')
  const criteria = await listCriteriaAt(db, application.pool_id, round.opens_at)
  const scored = await db('scores').where({ review_id: row.id }).pluck('criterion_id')
  return {
    isConflicted: actor !== null && isMember(actor, application.organisation_id),
    isOwnReview: actor?.personId === row.reviewer_id,
    caseIsAssessable: permits('application', application.status, 'assessable'),
    caseIsDecided:
      permits('application', application.status, 'decided') ||
      permits('application', application.status, 'ended'),
    criteriaMissing: criteria.filter((c) => !scored.includes(c.id)).length,
    isOverdue: copenhagenDate(now) > row.due_on,
  }
}
