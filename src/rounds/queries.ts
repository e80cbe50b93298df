import { statusesWith } from '../../workflows/lifecycle.ts'
import type { Db } from '../db/connection.ts'
import type { RoundRow } from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { poolsWithRole } from '../shared/actor.ts'
import { copenhagenInstant } from '../shared/danish.ts'
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

/** A round of a pool that this person administers; throws NotFound. */
export async function getOwnRound(db: Db, actor: Actor, id: number): Promise<RoundRow> {
  const query = db<RoundRow>('rounds').where({ id })
  const pools = poolsWithRole(actor, 'administrator')
  if (pools !== null) void query.whereIn('pool_id', pools)
  const round = await query.first()
  if (!round) throw new NotFound()
  return round
}

export type PlannedRound = RoundRow & { drafts: number; sent: number }

/** Every round of the pools this person administers that is open some day of a year, in order. */
export async function listRoundsOfYear(
  db: Db,
  actor: Actor,
  year: number,
): Promise<PlannedRound[]> {
  const count = (statuses: string[]) =>
    db('applications as a').whereRaw('a.round_id = r.id').whereIn('a.status', statuses).count()
  const query = db('rounds as r')
    .where('r.closes_at', '>=', copenhagenInstant(`${year}-01-01`, '00:00'))
    .andWhere('r.opens_at', '<', copenhagenInstant(`${year + 1}-01-01`, '00:00'))
    .orderBy('r.closes_at')
    .select('r.*')
    .select(count(statusesWith('application', 'editable')).as('drafts'))
    .select(count(statusesWith('application', 'official')).as('sent'))
  const pools = poolsWithRole(actor, 'administrator')
  if (pools !== null) void query.whereIn('r.pool_id', pools)
  return (await query) as PlannedRound[]
}

/** The first and last year in which any round closes, or null when there is none. */
export async function yearsOfRounds(db: Db): Promise<{ first: string; last: string } | null> {
  const row = await db('rounds')
    .min({ first: 'closes_at' })
    .max({ last: 'closes_at' })
    .first<{ first: string | null; last: string | null }>()
  return row.first === null || row.last === null ? null : { first: row.first, last: row.last }
}

export const listRoundsOfPool = (db: Db, poolId: number): Promise<RoundRow[]> =>
  db<RoundRow>('rounds').where({ pool_id: poolId }).orderBy('closes_at')

export async function countApplications(db: Db, roundId: number): Promise<number> {
  const row = await db('applications')
    .where({ round_id: roundId })
    .count({ n: '*' })
    .first<{ n: number }>()
  return Number(row.n)
}
