import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { RoundRow } from '../db/tables.ts'
import { changesBetween } from '../settings/record-setting.ts'
import type { Actor } from '../shared/actor.ts'
import { administers } from '../shared/actor.ts'
import { Blocked, NotAllowed, Stale } from '../shared/errors.ts'
import type { YearRule } from './plan-year.ts'
import { roundsOfYear } from './plan-year.ts'
import { countApplications, getOwnRound, listRoundsOfPool } from './queries.ts'
import type { RoundTimes } from './record-round.ts'
import { assertRoundFits, lockRounds, recordRound } from './record-round.ts'

type By = { actor: Actor; now: string }

/** Plans one round of a pool. Throws NotAllowed, InvalidInput. */
export async function planRound(
  db: Db,
  p: By & { poolId: number; times: RoundTimes },
): Promise<void> {
  await ofPool(db, p, async (trx) => {
    await assertRoundFits(trx, p)
    await insertRound(trx, p, p.times)
  })
}

/**
 * Plans what a rule makes of a year, and leaves what is there. All of it or nothing. Returns how
 * many rounds were made. Throws NotAllowed, Blocked.
 */
export async function planYear(
  db: Db,
  p: By & { poolId: number; rule: YearRule },
): Promise<number> {
  return ofPool(db, p, async (trx) => {
    const lines = roundsOfYear(p.rule, await listRoundsOfPool(trx, p.poolId), p.now)
    if (lines.some((line) => line.fate === 'overlaps')) throw new Blocked('rounds.someOverlap')
    const fresh = lines.filter((line) => line.fate === 'new')
    if (fresh.length === 0) throw new Blocked('rounds.nothingNew')
    for (const { opens_at, closes_at, decision_on } of fresh) {
      await insertRound(trx, p, { opens_at, closes_at, decision_on })
    }
    return fresh.length
  })
}

/** Moves a round that nobody can have applied in yet. Throws NotFound, Blocked, InvalidInput, Stale. */
export async function changeRound(
  db: Db,
  c: By & { roundId: number; version: number; times: RoundTimes },
): Promise<void> {
  await ofRound(db, c, async (trx, round) => {
    await assertRoundFits(trx, {
      poolId: round.pool_id,
      times: c.times,
      exceptId: round.id,
      now: c.now,
    })
    const changed = await trx<RoundRow>('rounds')
      .where({ id: round.id, version: c.version })
      .update({ ...c.times, version: c.version + 1 })
    if (changed === 0) throw new Stale()
    const details = changesBetween(round, c.times)
    await recordRound(trx, { ...c, round, event: 'changeRound', details, role: 'administrator' })
  })
}

/** Takes away a round that nobody can have applied in yet; its history stays. Throws as changeRound. */
export async function cancelRound(
  db: Db,
  c: By & { roundId: number; version: number },
): Promise<void> {
  await ofRound(db, c, async (trx, round) => {
    const gone = await trx<RoundRow>('rounds').where({ id: round.id, version: c.version }).delete()
    if (gone === 0) throw new Stale()
    const { opens_at, closes_at, decision_on } = round
    const details = { opens_at, closes_at, decision_on }
    await recordRound(trx, { ...c, round, event: 'cancelRound', details, role: 'administrator' })
  })
}

async function insertRound(trx: Db, p: By & { poolId: number }, times: RoundTimes): Promise<void> {
  const [round] = await trx('rounds')
    .insert({ pool_id: p.poolId, ...times })
    .returning<RoundRow[]>('*')
  if (!round) throw new Error('the round was not stored')
  const details = { ...times }
  await recordRound(trx, { ...p, round, event: 'planRound', details, role: 'administrator' })
}

async function ofPool<T>(
  db: Db,
  { actor, poolId }: By & { poolId: number },
  work: (trx: Db) => Promise<T>,
): Promise<T> {
  if (!administers(actor, poolId)) throw new NotAllowed()
  return inTransaction(db, async (trx) => {
    await lockRounds(trx, poolId)
    return work(trx)
  })
}

/** A round that has not opened and holds nothing; what it is now, read once the pool is ours alone. */
async function ofRound(
  db: Db,
  { actor, roundId, now }: By & { roundId: number },
  work: (trx: Db, round: RoundRow) => Promise<void>,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { pool_id: poolId } = await getOwnRound(trx, actor, roundId)
    await lockRounds(trx, poolId)
    const round = await getOwnRound(trx, actor, roundId)
    if (round.opens_at <= now || (await countApplications(trx, round.id)) > 0) {
      throw new Blocked('rounds.hasOpened')
    }
    await work(trx, round)
  })
}
