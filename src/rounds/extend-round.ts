import { startDeadline } from '../applications/record-deadlines.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { ApplicationRow, DeadlineRow, PoolRow, RoundRow } from '../db/tables.ts'
import { statusesWith } from '../../workflows/lifecycle.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { Actor } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { copenhagenDate, copenhagenInstant } from '../shared/danish.ts'
import { InvalidInput, Stale } from '../shared/errors.ts'
import { getRound } from './queries.ts'
import { lockRounds, overlappingRound, recordRound } from './record-round.ts'

/**
 * Gives everybody longer to apply: the round closes later, every draft's reminders follow, and
 * everybody with a draft is told why. Equal treatment: nobody's deadline is moved alone.
 * Returns how many drafts were told. Throws NotFound, InvalidInput, Stale.
 */
export async function extendRound(
  db: Db,
  e: {
    actor: Actor
    roundId: number
    version: number
    newDate: string
    reason: string
    now: string
    mail: MailSettings
  },
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const { pool_id: poolId } = await getRound(trx, e.actor, e.roundId, e.now)
    await lockRounds(trx, poolId)
    const round = await getRound(trx, e.actor, e.roundId, e.now)
    const closesAt = copenhagenInstant(e.newDate, '23:59:59')
    if (closesAt <= round.closes_at) {
      throw new InvalidInput([{ field: 'newDate', message: 'casework.notLater' }])
    }
    if (e.newDate >= round.decision_on) {
      throw new InvalidInput([{ field: 'newDate', message: 'casework.afterDecision' }])
    }
    await openNextLater(trx, { ...e, round, closesAt })
    const changed = await trx<RoundRow>('rounds')
      .where({ id: round.id, version: e.version })
      .update({
        closes_at: closesAt,
        extended_from: round.extended_from ?? round.closes_at,
        extended_reason: e.reason,
        version: e.version + 1,
      })
    if (changed === 0) throw new Stale()
    await recordRound(trx, {
      round,
      event: 'extendRound',
      details: { closes_at: [round.closes_at, closesAt], reason: e.reason },
      actor: e.actor,
      role: 'secretariat',
      now: e.now,
    })
    return tellDrafts(trx, { ...e, round: { ...round, closes_at: closesAt } })
  })
}

/** The round after this one opens when it closes: two of a pool are never open at once. */
async function openNextLater(
  trx: Db,
  e: { round: RoundRow; closesAt: string; reason: string; actor: Actor; now: string },
): Promise<void> {
  const next = await overlappingRound(
    trx,
    e.round.pool_id,
    { ...e.round, closes_at: e.closesAt },
    e.round.id,
  )
  if (!next) return
  if (next.closes_at <= e.closesAt) {
    const params = { date: copenhagenDate(next.closes_at) }
    throw new InvalidInput([{ field: 'newDate', message: 'rounds.reachesNext', params }])
  }
  const opensAt = new Date(Date.parse(e.closesAt) + 1000).toISOString()
  await trx<RoundRow>('rounds')
    .where({ id: next.id })
    .update({ opens_at: opensAt, version: next.version + 1 })
  await recordRound(trx, {
    round: next,
    event: 'openLater',
    details: { opens_at: [next.opens_at, opensAt], reason: e.reason },
    actor: e.actor,
    role: 'secretariat',
    now: e.now,
  })
}

async function tellDrafts(
  trx: Db,
  e: {
    round: RoundRow
    actor: Actor
    newDate: string
    reason: string
    now: string
    mail: MailSettings
  },
): Promise<number> {
  const pool = await trx<PoolRow>('pools').where({ id: e.round.pool_id }).first()
  if (!pool) throw new Error(`round ${e.round.id} has no pool`)
  const drafts = await trx<ApplicationRow>('applications')
    .where({ round_id: e.round.id })
    .whereIn('status', statusesWith('application', 'editable'))
    .orderBy('id')
  for (const draft of drafts) {
    await trx<DeadlineRow>('deadlines')
      .where({ application_id: draft.id })
      .whereIn('kind', ['roundClosing', 'draftReminder'])
      .whereNull('handled_at')
      .update({ handled_at: e.now })
    await startDeadline(trx, 'roundClosing', {
      applicationId: draft.id,
      pool,
      round: e.round,
      decisionExpectedOn: null,
      asked: {},
      now: e.now,
    })
    await enqueueCaseMail(trx, {
      applicationId: draft.id,
      historyId: null,
      event: 'round.extendRound',
      template: 'round-extended',
      to: 'applicants',
      asked: { newDate: e.newDate, reason: e.reason },
      actorId: e.actor.personId,
      now: e.now,
      mail: e.mail,
    })
  }
  return drafts.length
}
