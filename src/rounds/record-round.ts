import type { Db } from '../db/connection.ts'
import { lockName } from '../db/lock.ts'
import type { RoundRow } from '../db/tables.ts'
import { recordHistory } from '../history/record-history.ts'
import type { Actor } from '../shared/actor.ts'
import { copenhagenDate } from '../shared/danish.ts'
import { InvalidInput } from '../shared/errors.ts'

/** When a round opens and closes (UTC), and the day by which it is decided. */
export type RoundTimes = Pick<RoundRow, 'opens_at' | 'closes_at' | 'decision_on'>

/** One change to the rounds of a pool at a time, so that two can see each other. */
export const lockRounds = (trx: Db, poolId: number): Promise<void> =>
  lockName(trx, `rounds:${poolId}`)

/** The round of the pool that would be open at the same time, if there is one. */
export async function overlappingRound(
  trx: Db,
  poolId: number,
  times: RoundTimes,
  exceptId = 0,
): Promise<RoundRow | undefined> {
  return trx<RoundRow>('rounds')
    .where({ pool_id: poolId })
    .whereNot({ id: exceptId })
    .andWhere('opens_at', '<=', times.closes_at)
    .andWhere('closes_at', '>=', times.opens_at)
    .orderBy('opens_at')
    .first()
}

/** Throws InvalidInput unless the times make sense and no other round of the pool is open then. */
export async function assertRoundFits(
  trx: Db,
  r: { poolId: number; times: RoundTimes; exceptId?: number; now: string },
): Promise<void> {
  const { times } = r
  if (copenhagenDate(times.opens_at) < copenhagenDate(r.now)) throw at('opens', 'opensInPast')
  if (times.closes_at <= times.opens_at) throw at('closes', 'closesBeforeOpening')
  if (times.closes_at <= r.now) throw at('closes', 'closesInPast')
  if (times.decision_on <= copenhagenDate(times.closes_at)) {
    throw at('decides', 'decidesBeforeClosing')
  }
  const other = await overlappingRound(trx, r.poolId, times, r.exceptId)
  if (other) {
    throw at('opens', 'overlaps', {
      from: copenhagenDate(other.opens_at),
      to: copenhagenDate(other.closes_at),
    })
  }
}

const at = (field: string, problem: string, params: Record<string, string> = {}) =>
  new InvalidInput([{ field, message: `rounds.${problem}`, params }])

/**
 * One line in the pool's own chain: a round that is cancelled is gone, what was done with it is not.
 */
export async function recordRound(
  trx: Db,
  line: {
    round: Pick<RoundRow, 'id' | 'pool_id'>
    event: 'planRound' | 'changeRound' | 'cancelRound' | 'extendRound' | 'openLater'
    details: Record<string, unknown>
    actor: Actor
    role: 'administrator' | 'secretariat'
    now: string
  },
): Promise<void> {
  await recordHistory(trx, {
    chain: `pool:${line.round.pool_id}`,
    application_id: null,
    machine: 'round',
    row_id: line.round.id,
    event: line.event,
    from_status: null,
    to_status: null,
    actor_id: line.actor.personId,
    actor_role: line.role,
    details: JSON.stringify(line.details),
    at: line.now,
    request_key: null,
  })
}
