import type { Db } from '../db/connection.ts'
import type {
  ContributionRow,
  ContributorRow,
  CriterionRow,
  DelegationRow,
  PoolRow,
  RoundRow,
} from '../db/tables.ts'
import { NotFound } from '../shared/errors.ts'

export async function listPools(db: Db): Promise<PoolRow[]> {
  return db<PoolRow>('pools').orderBy('code', 'desc')
}

/** The pool of this code, in any case; NotFound otherwise. */
export async function getPool(db: Db, code: string): Promise<PoolRow> {
  const pool = await db<PoolRow>('pools').where({ code: code.toUpperCase() }).first()
  if (!pool) throw new NotFound()
  return pool
}

/** For each pool the round that is open now, if there is one. One statement. */
export async function openRounds(db: Db, now: string): Promise<Map<number, RoundRow>> {
  const rows = await db<RoundRow>('rounds')
    .where('opens_at', '<=', now)
    .andWhere('closes_at', '>=', now)
    .orderBy('closes_at', 'desc')
  return new Map(rows.map((r) => [r.pool_id, r]))
}

/** The next deadlines of a pool, soonest first. */
export async function listDeadlines(db: Db, poolId: number, now: string): Promise<RoundRow[]> {
  return db<RoundRow>('rounds')
    .where({ pool_id: poolId })
    .andWhere('closes_at', '>=', now)
    .orderBy('closes_at')
    .limit(4)
}

/**
 * The criteria in force at this moment, in order. A round keeps those it opened with, so a case is
 * asked for at `round.opens_at`.
 */
export async function listCriteriaAt(db: Db, poolId: number, at: string): Promise<CriterionRow[]> {
  return db<CriterionRow>('criteria')
    .where({ pool_id: poolId })
    .andWhere('valid_from', '<=', at)
    .andWhere((q) => void q.whereNull('ended_at').orWhere('ended_at', '>', at))
    .orderBy('position')
    .orderBy('id')
}

/** The next round of a pool to open, if one is planned. */
export async function findNextRound(
  db: Db,
  poolId: number,
  now: string,
): Promise<RoundRow | undefined> {
  return db<RoundRow>('rounds')
    .where({ pool_id: poolId })
    .andWhere('opens_at', '>', now)
    .orderBy('opens_at')
    .first()
}

/** Who may decide on this date, the highest limit first. */
export async function listDelegations(
  db: Db,
  poolId: number,
  today: string,
): Promise<DelegationRow[]> {
  return db<DelegationRow>('delegations')
    .where({ pool_id: poolId })
    .whereNull('ended_at')
    .andWhere('valid_to', '>=', today)
    .orderBy('limit_ore', 'desc')
    .orderBy('id', 'desc')
}

export type ContributionLine = ContributionRow &
  Pick<ContributorRow, 'code' | 'name_da' | 'name_en' | 'sort_key'> & { year: number }

/** What each contributor puts into a pool in a year, by name. */
export async function listContributions(
  db: Db,
  poolId: number,
  year: number,
): Promise<ContributionLine[]> {
  return db('contributions as k')
    .join('contributors as c', 'c.id', 'k.contributor_id')
    .join('pool_years as y', 'y.id', 'k.pool_year_id')
    .where({ 'y.pool_id': poolId, 'y.year': year })
    .orderBy('c.sort_key')
    .select('k.*', 'c.code', 'c.name_da', 'c.name_en', 'c.sort_key', 'y.year')
}

/** The pool's accounts of a year as sums over its contributors (øre), by pool. One statement. */
export async function poolMoney(db: Db, year: number): Promise<Map<number, PoolMoney>> {
  const rows = await db('ledger_entries as e')
    .join('ledger_postings as p', 'p.id', 'e.posting_id')
    .join('pool_years as y', 'y.id', 'p.pool_year_id')
    .where('y.year', year)
    .groupBy('y.pool_id', 'e.account')
    .select<{ pool_id: number; account: keyof PoolMoney; ore: number }[]>(
      'y.pool_id',
      'e.account',
      db.raw("sum(case when e.side = 'debit' then e.amount_ore else -e.amount_ore end) as ore"),
    )
  const money = new Map<number, PoolMoney>()
  for (const row of rows) {
    const sums = money.get(row.pool_id) ?? { ...noMoney }
    sums[row.account] = Math.abs(row.ore)
    money.set(row.pool_id, sums)
  }
  return money
}

export type PoolMoney = {
  contributed: number
  available: number
  committed: number
  ordered: number
  paid: number
  returned: number
}

export const noMoney: PoolMoney = {
  contributed: 0,
  available: 0,
  committed: 0,
  ordered: 0,
  paid: 0,
  returned: 0,
}
