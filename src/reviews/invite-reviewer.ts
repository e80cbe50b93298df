import { review as lifecycle } from '../../workflows/review.machine.ts'
import { permits, statusesWith } from '../../workflows/lifecycle.ts'
import { getCase } from '../applications/queries.ts'
import type { ReviewRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import { recordHistory } from '../history/record-history.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { ApplicationRow } from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { rolesInCase } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { addDays, copenhagenDate, copenhagenInstant } from '../shared/danish.ts'
import { Blocked, InvalidInput, NotAllowed } from '../shared/errors.ts'

/**
 * Asks a reviewer of the pool to assess a case within three weeks. A member of the applying
 * organisation, somebody excluded or already asked cannot be chosen. Throws NotFound, NotAllowed,
 * Blocked or InvalidInput.
 */
export async function inviteReviewer(
  db: Db,
  i: { actor: Actor; reference: string; reviewerId: number; now: string; mail: MailSettings },
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const { application } = await getCase(trx, i.actor, i.reference)
    if (!rolesInCase(i.actor, application).includes('secretariat')) throw new NotAllowed()
    if (!permits('application', application.status, 'awaitsMunicipality')) {
      throw new Blocked('lifecycle.hint.notInThisStatus')
    }
    await assertFree(trx, application, i.reviewerId)
    const dueOn = addDays(copenhagenDate(i.now), 21)
    const [row] = await trx('reviews')
      .insert({
        application_id: application.id,
        reviewer_id: i.reviewerId,
        status: lifecycle.initial,
        due_on: dueOn,
        invited_at: i.now,
      } satisfies Partial<ReviewRow>)
      .returning<{ id: number }[]>('id')
    const reviewId = row?.id ?? 0
    await trx('deadlines').insert({
      application_id: application.id,
      kind: 'reviewDue',
      review_id: reviewId,
      due_at: copenhagenInstant(addDays(dueOn, 1), '08:00'),
    })
    const historyId = await recordHistory(trx, {
      chain: `application:${application.id}`,
      application_id: application.id,
      machine: 'review',
      row_id: reviewId,
      event: 'inviteReviewer',
      from_status: null,
      to_status: lifecycle.initial,
      actor_id: i.actor.personId,
      actor_role: 'secretariat',
      details: JSON.stringify({ reviewerId: i.reviewerId }),
      at: i.now,
      request_key: null,
    })
    await enqueueCaseMail(trx, {
      applicationId: application.id,
      historyId,
      event: 'review.inviteReviewer',
      template: 'review-invited',
      to: 'reviewer',
      subject: { reviewId },
      asked: {},
      actorId: i.actor.personId,
      now: i.now,
      mail: i.mail,
    })
    return reviewId
  })
}

async function assertFree(trx: Db, application: ApplicationRow, reviewerId: number): Promise<void> {
  const isReviewer = await trx('roles')
    .where({ person_id: reviewerId, role: 'reviewer' })
    .whereNull('ended_at')
    .andWhere((q) => void q.whereNull('pool_id').orWhere('pool_id', application.pool_id))
    .first('id')
  if (!isReviewer) throw new InvalidInput([{ field: 'reviewer', message: 'fields.choose' }])
  const isMember = await trx('memberships')
    .where({ person_id: reviewerId, organisation_id: application.organisation_id })
    .whereNull('removed_at')
    .first('id')
  const asked = await trx('reviews')
    .where({ application_id: application.id, reviewer_id: reviewerId })
    .whereIn('status', [...statusesWith('review', 'live'), ...statusesWith('review', 'barred')])
    .first('id')
  if (isMember) throw new InvalidInput([{ field: 'reviewer', message: 'reviews.isMember' }])
  if (asked) throw new InvalidInput([{ field: 'reviewer', message: 'reviews.alreadyAsked' }])
}
