import { permits } from '../../workflows/lifecycle.ts'
import type { ReviewFacts } from '../../workflows/review.machine.ts'
import type { ReviewRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { ApplicationRow } from '../db/tables.ts'
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
    .first('status', 'pool_id', 'organisation_id')
  if (!application) throw new Error('a review without a case')
  const missing = await db('criteria')
    .where({ pool_id: application.pool_id })
    .whereNotIn('id', db('scores').where({ review_id: row.id }).select('criterion_id'))
    .count({ missing: '*' })
    .first<{ missing: number }>()
  return {
    isConflicted: actor !== null && isMember(actor, application.organisation_id),
    isOwnReview: actor?.personId === row.reviewer_id,
    caseIsAssessable: permits('application', application.status, 'assessable'),
    caseIsDecided:
      permits('application', application.status, 'decided') ||
      permits('application', application.status, 'ended'),
    criteriaMissing: missing.missing,
    isOverdue: copenhagenDate(now) > row.due_on,
  }
}
