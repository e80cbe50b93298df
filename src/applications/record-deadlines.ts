import { permits } from '../../workflows/lifecycle.ts'
import type { DeadlineKind } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import type { DeadlineRow, PoolRow, RoundRow } from '../db/tables.ts'
import type { Asked } from '../shared/asked.ts'
import { addDays, copenhagenDate, copenhagenInstant } from '../shared/danish.ts'

type At = {
  applicationId: number
  pool: PoolRow
  round: RoundRow
  decisionExpectedOn: string | null
  asked: Asked
  now: string
}

/** Writes down when a case needs the clock, so that each deadline fires once and can be moved. */
export async function startDeadline(trx: Db, kind: DeadlineKind, at: At): Promise<void> {
  const rows = dueTimes(kind, at).map((due) => ({ kind: due.kind, due_at: due.at }))
  if (rows.length === 0) return
  await trx<DeadlineRow>('deadlines').insert(
    rows.map((row) => ({ ...row, application_id: at.applicationId })),
  )
}

/** A step has been taken: what the clock was to do in the old status is off. */
export async function settleDeadlines(
  trx: Db,
  applicationId: number,
  newStatus: string,
  now: string,
): Promise<void> {
  const isDecided =
    permits('application', newStatus, 'decided') || permits('application', newStatus, 'ended')
  const query = trx<DeadlineRow>('deadlines')
    .where({ application_id: applicationId })
    .whereNull('handled_at')
    .whereNull('review_id')
    .whereNull('report_id')
    .whereNull('instalment_id')
    .whereNull('file_request_id')
  if (!isDecided) void query.whereNot('kind', 'decisionDue')
  await query.update({ handled_at: now })
}

/** Until when a grant can be accepted: to the end of this day. */
export const acceptBy = (pool: PoolRow, now: string): string =>
  addDays(copenhagenDate(now), pool.accept_days)

const endOf = (date: string) => copenhagenInstant(date, '23:59:59')

function dueTimes(kind: DeadlineKind, at: At): { kind: DeadlineKind; at: string }[] {
  const today = copenhagenDate(at.now)
  const one = (time: string) => [{ kind, at: time }]
  switch (kind) {
    case 'roundClosing': {
      const closes = Date.parse(at.round.closes_at)
      const reminders = [7, 1]
        .map((days) => new Date(closes - days * 86_400_000).toISOString())
        .filter((time) => time > at.now)
      return [
        ...reminders.map((time) => ({ kind: 'draftReminder' as const, at: time })),
        ...one(new Date(closes + 1000).toISOString()),
      ]
    }
    case 'informationDue':
    case 'hearingDue':
      return one(endOf(at.asked.answerBy ?? addDays(today, 14)))
    case 'decisionDue':
      return at.decisionExpectedOn === null
        ? []
        : one(copenhagenInstant(addDays(at.decisionExpectedOn, 1), '08:00'))
    case 'acceptanceReminder':
      return [7, 1]
        .map((days) => addDays(acceptBy(at.pool, at.now), -days))
        .map((date) => ({ kind, at: copenhagenInstant(date, '09:00') }))
    case 'acceptanceCall':
      return one(endOf(acceptBy(at.pool, at.now)))
    case 'acceptanceDue':
      return one(endOf(addDays(acceptBy(at.pool, at.now), 3)))
    case 'adviceOfferDue':
      return one(endOf(addDays(today, 30)))
    case 'draftReminder':
    case 'reviewDue':
    case 'reportDue':
    case 'instalmentDue':
      return []
  }
}
