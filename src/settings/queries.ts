import type { HistoryRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { DelegationRow, PoolRow } from '../db/tables.ts'
import { getPool } from '../pools/queries.ts'
import type { Actor } from '../shared/actor.ts'
import { administers, poolsWithRole } from '../shared/actor.ts'
import { NotAllowed } from '../shared/errors.ts'

/** The pools that this person sets up: all of them, or those the role is held in. */
export async function listAdministeredPools(db: Db, actor: Actor): Promise<PoolRow[]> {
  const mine = poolsWithRole(actor, 'administrator')
  return db<PoolRow>('pools')
    .modify((q) => void (mine !== null && q.whereIn('id', mine)))
    .orderBy('code', 'desc')
}

/** The pool of this code, for its administrator; NotFound when there is none, NotAllowed for others. */
export async function getAdministeredPool(db: Db, actor: Actor, code: string): Promise<PoolRow> {
  const pool = await getPool(db, code)
  if (!administers(actor, pool.id)) throw new NotAllowed()
  return pool
}

/** Every delegation of these pools, also those that are over; the newest first. */
export async function listAllDelegations(db: Db, poolIds: number[]): Promise<DelegationRow[]> {
  return db<DelegationRow>('delegations').whereIn('pool_id', poolIds).orderBy('id', 'desc')
}

export type SettingLine = HistoryRow & { actor_name: string | null }

/** What was changed in a pool's settings, newest first, by whom. */
export async function listSettingHistory(db: Db, poolId: number): Promise<SettingLine[]> {
  return db('history as h')
    .leftJoin('people as p', 'p.id', 'h.actor_id')
    .where({ 'h.chain': `pool:${poolId}`, 'h.machine': 'pool' })
    .orderBy('h.seq', 'desc')
    .limit(50)
    .select('h.*', 'p.name as actor_name')
}

/**
 * A pool as its settings were at this moment: what was changed since is taken back, the newest
 * change first. A letter of that day says what it said then.
 */
export async function poolAsOf(db: Db, pool: PoolRow, at: string): Promise<PoolRow> {
  const since = await db<HistoryRow>('history')
    .where({ chain: `pool:${pool.id}`, event: 'changePool' })
    .andWhere('at', '>', at)
    .orderBy('seq', 'desc')
  const before = since.flatMap(({ details }) =>
    Object.entries(JSON.parse(details) as Record<string, [unknown, unknown]>).map(
      ([column, [was]]) => [column, was],
    ),
  )
  return { ...pool, ...(Object.fromEntries(before) as Partial<PoolRow>) }
}
