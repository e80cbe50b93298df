import type { LedgerEntryRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { splitByLargestRemainder } from '../shared/shares.ts'
import type { Check } from './walk.ts'

/** L6: every share adds up, is what was booked, and is what the rule gives for the balances then. */
export const shareChecks: Check[] = [
  { name: 'the shares of every grant add up to it', find: findUnsummedGrants },
  { name: 'the shares of every grant are those booked, by the rule', find: findWrongGrantShares },
  { name: 'the shares of every instalment are those booked', find: findWrongInstalmentShares },
]

async function findUnsummedGrants(db: Db): Promise<string[]> {
  const rows = await db('grants as g')
    .leftJoin('grant_shares as s', 's.grant_id', 'g.id')
    .groupBy('g.id', 'g.amount_ore')
    .havingRaw('coalesce(sum(s.amount_ore), 0) <> g.amount_ore')
    .orderBy('g.id')
    .select<{ id: number; amount_ore: number; ore: number | null }[]>(
      'g.id',
      'g.amount_ore',
      db.raw('sum(s.amount_ore) as ore'),
    )
  return rows.map((g) => `grant ${g.id}: ${g.amount_ore} granted, shares ${g.ore ?? 0}`)
}

type Commitment = { id: number; pool_year_id: number; seq: number; grant_id: number }

async function findWrongGrantShares(db: Db): Promise<string[]> {
  const faults: string[] = []
  const commitments = await db('ledger_postings')
    .where({ kind: 'commitment' })
    .orderBy('id')
    .select<Commitment[]>('id', 'pool_year_id', 'seq', 'grant_id')
  const committed = new Set(commitments.map((c) => c.grant_id))
  for (const { id } of await db('grants').orderBy('id').select<{ id: number }[]>('id')) {
    if (!committed.has(id)) faults.push(`grant ${id}: never booked`)
  }
  for (const commitment of commitments) {
    const booked = await bookedBy(db, [commitment.id], 'committed', 'debit')
    const kept = await sharesOf(db, 'grant_shares', 'grant_id', commitment.grant_id)
    const grantOre = [...booked.values()].reduce((sum, ore) => sum + ore, 0)
    const ruled = await shareByRule(db, commitment, grantOre)
    if (!isSame(booked, kept)) faults.push(`grant ${commitment.grant_id}: a share was changed`)
    if (!isSame(booked, ruled)) {
      faults.push(`grant ${commitment.grant_id}: its shares are not those of the rule`)
    }
  }
  return faults
}

/** The split by what each contributor had available just before this commitment. */
async function shareByRule(
  db: Db,
  { pool_year_id, seq }: Commitment,
  grantOre: number,
): Promise<Map<string, number>> {
  const rows = await db('ledger_entries as e')
    .join('ledger_postings as p', 'p.id', 'e.posting_id')
    .join('contributors as c', 'c.id', 'e.contributor_id')
    .where({ 'p.pool_year_id': pool_year_id, 'e.account': 'available' })
    .andWhere('p.seq', '<', seq)
    .groupBy('c.code')
    .select<{ code: string; ore: number }[]>(
      'c.code',
      db.raw("sum(case when e.side = 'debit' then e.amount_ore else -e.amount_ore end) as ore"),
    )
  const weights = rows.map(({ code, ore }) => ({ code, weight: Math.max(0, ore) }))
  if (weights.every(({ weight }) => weight === 0)) return new Map()
  return new Map(
    splitByLargestRemainder(grantOre, weights)
      .filter(({ ore }) => ore !== 0)
      .map(({ code, ore }) => [code, ore]),
  )
}

async function findWrongInstalmentShares(db: Db): Promise<string[]> {
  const faults: string[] = []
  const orders = await db('ledger_postings')
    .where({ kind: 'order' })
    .groupBy('instalment_id')
    .orderBy('instalment_id')
    .select<{ id: number; posting: number }[]>('instalment_id as id', db.raw('max(id) as posting'))
  const ordered = new Set(orders.map((o) => o.id))
  for (const { id, posting } of orders) {
    const booked = await bookedBy(db, [posting], 'ordered', 'debit')
    const kept = await sharesOf(db, 'instalment_shares', 'instalment_id', id)
    if (!isSame(booked, kept)) faults.push(`instalment ${id}: a share was changed`)
  }
  const shared = await db('instalment_shares').distinct<{ id: number }[]>('instalment_id as id')
  for (const { id } of shared) {
    if (!ordered.has(id)) faults.push(`instalment ${id}: has shares and was never ordered`)
  }
  return faults
}

async function bookedBy(
  db: Db,
  postings: number[],
  account: LedgerEntryRow['account'],
  side: LedgerEntryRow['side'],
): Promise<Map<string, number>> {
  const rows = await db('ledger_entries as e')
    .join('contributors as c', 'c.id', 'e.contributor_id')
    .whereIn('e.posting_id', postings)
    .where({ 'e.account': account, 'e.side': side })
    .select<{ code: string; ore: number }[]>('c.code', 'e.amount_ore as ore')
  return new Map(rows.map(({ code, ore }) => [code, ore]))
}

async function sharesOf(db: Db, table: string, column: string, id: number) {
  const rows = await db(`${table} as s`)
    .join('contributors as c', 'c.id', 's.contributor_id')
    .where(`s.${column}`, id)
    .select<{ code: string; ore: number }[]>('c.code', 's.amount_ore as ore')
  return new Map(rows.map(({ code, ore }) => [code, ore]))
}

const isSame = (a: Map<string, number>, b: Map<string, number>) =>
  a.size === b.size && [...a].every(([code, ore]) => b.get(code) === ore)
