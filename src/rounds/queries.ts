import { statusesWith } from '../../workflows/lifecycle.ts'
import type { Db } from '../db/connection.ts'
import type { RoundRow } from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { poolsWithRole } from '../shared/actor.ts'
import { NotFound } from '../shared/errors.ts'

export type RoundLine = RoundRow & {
  pool_code: string
  pool_name_da: string
  pool_name_en: string
  drafts: number
}

/** The rounds that can be applied in now, of the pools where this person is the secretariat. */
export async function listRounds(db: Db, actor: Actor, now: string): Promise<RoundLine[]> {
  const pools = poolsWithRole(actor, 'secretariat')
  const query = db('rounds as r')
    .join('pools as p', 'p.id', 'r.pool_id')
    .where('r.opens_at', '<=', now)
    .andWhere('r.closes_at', '>', now)
    .orderBy('r.closes_at')
    .select('r.*', 'p.code as pool_code', 'p.name_da as pool_name_da', 'p.name_en as pool_name_en')
    .select(
      db('applications as a')
        .whereRaw('a.round_id = r.id')
        .whereIn('a.status', statusesWith('application', 'editable'))
        .count()
        .as('drafts'),
    )
  if (pools !== null) void query.whereIn('r.pool_id', pools)
  return (await query) as RoundLine[]
}

export async function getRound(db: Db, actor: Actor, id: number, now: string): Promise<RoundLine> {
  const round = (await listRounds(db, actor, now)).find((r) => r.id === id)
  if (!round) throw new NotFound()
  return round
}
