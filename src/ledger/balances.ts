import type { LedgerAccount } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'

/** What one contributor has on each account, in øre; sources (contributed, returned) count up. */
export type Balances = { contributorId: number; code: string } & Record<LedgerAccount, number>

const sources: readonly LedgerAccount[] = ['contributed', 'returned']

/** Each contributor's accounts in one pool-year, by code. One statement. */
export async function balancesOf(db: Db, poolYearId: number): Promise<Balances[]> {
  return foldBalances(await sums(db, (q) => q.where('p.pool_year_id', poolYearId)))
}

/** Each contributor's accounts as one grant moved them, over all pool-years, by code. One statement. */
export async function balancesOfGrant(db: Db, grantId: number): Promise<Balances[]> {
  return foldBalances(await sums(db, (q) => q.where('p.grant_id', grantId)))
}

/** One contributor's accounts in every grant it has a share in: one statement. */
export async function balancesByGrant(
  db: Db,
  contributorId: number,
): Promise<Map<number, Balances>> {
  const rows = await base(db)
    .where('e.contributor_id', contributorId)
    .whereNotNull('p.grant_id')
    .groupBy('p.grant_id')
    .select<(Sum & { grant_id: number })[]>('p.grant_id')
  const grants = new Map<number, Sum[]>()
  for (const row of rows) grants.set(row.grant_id, [...(grants.get(row.grant_id) ?? []), row])
  return new Map(
    [...grants].flatMap(([grantId, own]) => {
      const [balances] = foldBalances(own)
      return balances ? [[grantId, balances] as const] : []
    }),
  )
}

/** One contributor's accounts over all its pool-years; all 0 before its first entry. */
export async function accountsOf(
  db: Db,
  contributorId: number,
): Promise<Record<LedgerAccount, number>> {
  const [own] = foldBalances(await sums(db, (q) => q.where('e.contributor_id', contributorId)))
  return own ?? { contributed: 0, available: 0, committed: 0, ordered: 0, paid: 0, returned: 0 }
}

/** The sum of one account over some contributors, in øre. */
export const sumOf = (balances: Balances[], account: LedgerAccount): number =>
  balances.reduce((sum, b) => sum + b[account], 0)

type Sum = {
  contributor_id: number
  code: string
  account: LedgerAccount
  side: 'debit' | 'credit'
  ore: number
}

type Query = ReturnType<typeof base>

function base(db: Db) {
  return db('ledger_entries as e')
    .join('ledger_postings as p', 'p.id', 'e.posting_id')
    .join('contributors as c', 'c.id', 'e.contributor_id')
    .groupBy('e.contributor_id', 'c.code', 'e.account', 'e.side')
    .select('e.contributor_id', 'c.code', 'e.account', 'e.side')
    .sum({ ore: 'e.amount_ore' })
}

async function sums(db: Db, narrow: (query: Query) => Query): Promise<Sum[]> {
  return (await narrow(base(db))) as unknown as Sum[]
}

function foldBalances(rows: Sum[]): Balances[] {
  const byContributor = new Map<number, Balances>()
  for (const row of rows) {
    const balances = byContributor.get(row.contributor_id) ?? {
      contributorId: row.contributor_id,
      code: row.code,
      contributed: 0,
      available: 0,
      committed: 0,
      ordered: 0,
      paid: 0,
      returned: 0,
    }
    const isUp = (row.side === 'credit') === sources.includes(row.account)
    balances[row.account] += isUp ? row.ore : -row.ore
    byContributor.set(row.contributor_id, balances)
  }
  return [...byContributor.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
}
