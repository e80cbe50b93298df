import type { LedgerEntryRow, LedgerPostingRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { ContributionRow, PoolYearRow } from '../db/tables.ts'
import { balancesOf, balancesOfGrant, sumOf } from '../ledger/balances.ts'
import { postingHash } from '../ledger/post-entries.ts'
import type { Check } from './walk.ts'
import { walk } from './walk.ts'

/** L1–L3 and L7 of the invariants: the ledger balances, is whole, and everything kept beside it agrees. */
export const ledgerChecks: Check[] = [
  { name: 'every posting balances, in whole øre above 0', find: findUnbalanced },
  { name: 'the ledger chain of every pool-year is unbroken', find: findBrokenLedgerChains },
  {
    name: 'available money is what the entries say, and no account is below 0',
    find: findWrongSums,
  },
  { name: 'decided contributions are booked to the øre', find: findUnbookedContributions },
  {
    name: 'paid and returned money of each grant agrees with its instalments',
    find: findWrongGrants,
  },
]

async function findUnbalanced(db: Db): Promise<string[]> {
  const rows = await db('ledger_postings as p')
    .leftJoin('ledger_entries as e', 'e.posting_id', 'p.id')
    .groupBy('p.id', 'p.kind')
    .havingRaw(
      "coalesce(sum(case when e.side = 'debit' then e.amount_ore else -e.amount_ore end), 1) <> 0 or min(e.amount_ore) <= 0",
    )
    .orderBy('p.id')
    .select<{ id: number; kind: string }[]>('p.id', 'p.kind')
  return rows.map(({ id, kind }) => `ledger posting ${id} (${kind})`)
}

async function findBrokenLedgerChains(db: Db): Promise<string[]> {
  const faults: string[] = []
  let before: LedgerPostingRow | undefined
  for await (const page of walk<LedgerPostingRow>(db, 'ledger_postings', ['pool_year_id', 'seq'])) {
    const entries = await db<LedgerEntryRow>('ledger_entries')
      .whereIn(
        'posting_id',
        page.map((p) => p.id),
      )
      .orderBy(['posting_id', 'line'])
    const byPosting = Map.groupBy(entries, (e) => e.posting_id)
    for (const posting of page) {
      const isFirst = before?.pool_year_id !== posting.pool_year_id
      const seq = isFirst || !before ? 1 : before.seq + 1
      const previous = isFirst || !before ? '' : before.hash
      const { id, hash, ...header } = posting
      if (posting.seq !== seq) faults.push(`ledger posting ${id}: ${seq} is missing before it`)
      else if (posting.prev_hash !== previous) faults.push(`ledger posting ${id}: chain broken`)
      else if (postingHash(header, byPosting.get(id) ?? []) !== hash) {
        faults.push(`ledger posting ${id}: it or an entry of it was changed`)
      }
      before = posting
    }
  }
  return faults
}

async function findWrongSums(db: Db): Promise<string[]> {
  const faults: string[] = []
  for (const year of await db<PoolYearRow>('pool_years').orderBy('id')) {
    const balances = await balancesOf(db, year.id)
    const available = sumOf(balances, 'available')
    if (available !== year.available_ore) {
      faults.push(`pool-year ${year.id}: available_ore ${year.available_ore}, entries ${available}`)
    }
    for (const b of balances) {
      // What is returned in a later year was paid in an earlier one: it counts up there alone.
      for (const account of ['contributed', 'available', 'committed', 'ordered', 'paid'] as const) {
        if (b[account] < 0)
          faults.push(`pool-year ${year.id}: ${b.code} has ${b[account]} ${account}`)
      }
    }
  }
  return faults
}

async function findUnbookedContributions(db: Db): Promise<string[]> {
  const booked = await db('ledger_postings as p')
    .join('ledger_entries as e', 'e.posting_id', 'p.id')
    .where({ 'p.kind': 'contribution', 'e.account': 'contributed' })
    .groupBy('p.contribution_id')
    .select<{ id: number; ore: number }[]>(
      'p.contribution_id as id',
      db.raw("sum(case when e.side = 'credit' then e.amount_ore else -e.amount_ore end) as ore"),
    )
  const oreOf = new Map(booked.map((b) => [b.id, b.ore]))
  const rows = await db<ContributionRow>('contributions').orderBy('id')
  return rows
    .filter((c) => c.decided_ore !== (oreOf.get(c.id) ?? 0))
    .map((c) => `contribution ${c.id}: decided ${c.decided_ore}, booked ${oreOf.get(c.id) ?? 0}`)
}

async function findWrongGrants(db: Db): Promise<string[]> {
  const faults: string[] = []
  const grants = await db('grants as g')
    .leftJoin(
      'instalments as i',
      (join) => void join.on('i.grant_id', 'g.id').onNotNull('i.paid_at'),
    )
    .groupBy('g.id', 'g.amount_ore')
    .orderBy('g.id')
    .select<{ id: number; amount_ore: number; paid_ore: number | null }[]>(
      'g.id',
      'g.amount_ore',
      db.raw('sum(i.amount_ore) as paid_ore'),
    )
  for (const grant of grants) {
    const balances = await balancesOfGrant(db, grant.id)
    const sum = (account: 'committed' | 'ordered' | 'paid' | 'returned') => sumOf(balances, account)
    if (sum('paid') !== (grant.paid_ore ?? 0)) {
      faults.push(
        `grant ${grant.id}: instalments ${grant.paid_ore ?? 0}, ledger ${sum('paid')} paid`,
      )
    }
    if (sum('committed') + sum('ordered') + sum('paid') > grant.amount_ore) {
      faults.push(`grant ${grant.id}: more is held and paid than was granted`)
    }
    if (sum('returned') > sum('paid')) faults.push(`grant ${grant.id}: more returned than paid`)
  }
  return faults
}
