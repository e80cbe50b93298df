import { getCase } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { DeadlineRow } from '../db/tables.ts'
import { recordHistory } from '../history/record-history.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { Actor } from '../shared/actor.ts'
import { rolesInCase } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { addDays, copenhagenDate, copenhagenInstant } from '../shared/danish.ts'
import { InvalidInput, NotAllowed, Stale } from '../shared/errors.ts'
import type { MovableDeadline, MovableKind } from './queries.ts'
import { getMovableDeadline } from './queries.ts'

export type Extension = {
  actor: Actor
  reference: string
  deadlineId: number
  /** The new last day, `YYYY-MM-DD`. */
  newDate: string
  reason: string
  now: string
  mail: MailSettings
}

/**
 * Gives somebody longer, with a reason: the deadline, what is kept beside it and its reminders move
 * together, and whoever it concerns is told. Throws NotFound, NotAllowed, InvalidInput when the new
 * day is not later than the old one, Stale when the deadline was moved or passed meanwhile.
 */
export async function extendDeadline(db: Db, e: Extension): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { application } = await getCase(trx, e.actor, e.reference)
    const roles = rolesInCase(e.actor, application)
    if (!roles.includes('secretariat')) throw new NotAllowed()
    const deadline = await getMovableDeadline(trx, application.id, e.deadlineId)
    const before = lastDayOf(deadline)
    if (e.newDate <= before || e.newDate <= copenhagenDate(e.now)) {
      throw new InvalidInput([{ field: 'newDate', message: 'casework.notLater' }])
    }
    await move(trx, deadline, e.newDate)
    const historyId = await recordHistory(trx, {
      chain: `application:${application.id}`,
      application_id: application.id,
      machine: 'deadline',
      row_id: deadline.id,
      event: 'extendDeadline',
      from_status: null,
      to_status: null,
      actor_id: e.actor.personId,
      actor_role: 'secretariat',
      details: JSON.stringify({
        kind: deadline.kind,
        from: before,
        newDate: e.newDate,
        reason: e.reason,
      }),
      at: e.now,
      request_key: null,
    })
    const isReview = deadline.review_id !== null
    await enqueueCaseMail(trx, {
      applicationId: application.id,
      historyId,
      event: 'deadline.extendDeadline',
      template: isReview ? 'review-deadline-extended' : 'deadline-extended',
      to: isReview ? 'reviewer' : 'applicants',
      subject: isReview ? { reviewId: deadline.review_id ?? 0 } : {},
      asked: { newDate: e.newDate, reason: e.reason },
      actorId: e.actor.personId,
      now: e.now,
      mail: e.mail,
    })
  })
}

/** Some clocks ring the morning after the last day, the others at its end. */
const ringsAfter: readonly MovableKind[] = ['reviewDue', 'reportDue']

/** The last day on which it can be done, `YYYY-MM-DD`. */
export function lastDayOf({ kind, due_at }: MovableDeadline): string {
  const day = copenhagenDate(due_at)
  return ringsAfter.includes(kind) ? addDays(day, -1) : day
}

async function move(trx: Db, deadline: MovableDeadline, newDate: string): Promise<void> {
  const { kind, application_id } = deadline
  const dueAt = ringsAfter.includes(kind)
    ? copenhagenInstant(addDays(newDate, 1), '08:00')
    : copenhagenInstant(newDate, '23:59:59')
  const changed = await trx<DeadlineRow>('deadlines')
    .where({ id: deadline.id, due_at: deadline.due_at })
    .whereNull('handled_at')
    .update({ due_at: dueAt, try_at: null })
  if (changed === 0) throw new Stale()
  switch (kind) {
    case 'informationDue':
    case 'hearingDue':
      await trx('information_requests')
        .where({ application_id })
        .whereNull('answered_at')
        .update({ due_at: dueAt })
      return
    case 'reviewDue':
      await trx('reviews').where({ id: deadline.review_id }).update({ due_on: newDate })
      return
    case 'reportDue':
      await trx('reports').where({ id: deadline.report_id }).update({ due_on: newDate })
      return
    case 'acceptanceCall':
      return moveAcceptance(trx, application_id, newDate)
    case 'adviceOfferDue':
      return
  }
}

/** The reminders that have not gone out, and the end of the offer, follow the last day. */
async function moveAcceptance(trx: Db, applicationId: number, newDate: string): Promise<void> {
  const open = () =>
    trx<DeadlineRow>('deadlines').where({ application_id: applicationId }).whereNull('handled_at')
  await open()
    .where({ kind: 'acceptanceDue' })
    .update({ due_at: copenhagenInstant(addDays(newDate, 3), '23:59:59'), try_at: null })
  const reminders = await open().where({ kind: 'acceptanceReminder' }).orderBy('due_at')
  for (const [i, reminder] of reminders.reverse().entries()) {
    await trx<DeadlineRow>('deadlines')
      .where({ id: reminder.id })
      .update({ due_at: copenhagenInstant(addDays(newDate, i === 0 ? -1 : -7), '09:00') })
  }
}
