import { createHash } from 'node:crypto'
import type {
  LedgerAccount,
  LedgerEntryRow,
  LedgerPostingRow,
  PostingKind,
} from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { Blocked } from '../shared/errors.ts'

/** Money of one contributor that moves between two accounts. `ore` is never 0; below 0 turns it round. */
export type Movement = {
  contributorId: number
  from: LedgerAccount
  to: LedgerAccount
  ore: number
}

export type Posting = {
  poolYearId: number
  kind: PostingKind
  applicationId?: number | null
  grantId?: number | null
  instalmentId?: number | null
  contributionId?: number | null
  actorId: number | null
  now: string
  movements: Movement[]
}

/**
 * Holds the pool-year until the transaction ends, so balances read after this stay true. Every
 * recorder of money calls it before it reads what it will split.
 */
export async function lockPoolYear(trx: Db, poolYearId: number): Promise<void> {
  await trx('pool_years').where({ id: poolYearId }).increment('version', 1)
}

/**
 * Books one posting in double entry: each movement debits the account it goes to and credits the
 * one it comes from. Takes from the pool-year's `available_ore` by a guarded update and throws
 * Blocked when there is not enough; nothing is written then. Returns the posting's id, or null when
 * there was nothing to move.
 */
export async function postEntries(trx: Db, posting: Posting): Promise<number | null> {
  const movements = posting.movements.filter((m) => m.ore !== 0).map(forward)
  if (movements.length === 0) return null
  await moveAvailable(trx, posting.poolYearId, movements)

  const last = await trx<LedgerPostingRow>('ledger_postings')
    .where({ pool_year_id: posting.poolYearId })
    .orderBy('seq', 'desc')
    .first('seq', 'hash')
  const header = {
    pool_year_id: posting.poolYearId,
    seq: (last?.seq ?? 0) + 1,
    kind: posting.kind,
    application_id: posting.applicationId ?? null,
    grant_id: posting.grantId ?? null,
    instalment_id: posting.instalmentId ?? null,
    contribution_id: posting.contributionId ?? null,
    actor_id: posting.actorId,
    posted_at: posting.now,
    prev_hash: last?.hash ?? '',
  }
  const entries = movements.flatMap((m, i) => [
    entryOf(m.contributorId, m.to, 'debit', m.ore, 2 * i + 1),
    entryOf(m.contributorId, m.from, 'credit', m.ore, 2 * i + 2),
  ])
  const [stored] = await trx('ledger_postings')
    .insert({ ...header, hash: postingHash(header, entries) })
    .returning<{ id: number }[]>('id')
  if (!stored) throw new Error('posting was not stored')
  await trx('ledger_entries').insert(entries.map((e) => ({ ...e, posting_id: stored.id })))
  return stored.id
}

type Entry = Omit<LedgerEntryRow, 'id' | 'posting_id'>

/** SHA-256 over the posting and all its entries, chained to the posting before it. */
export function postingHash(
  header: Omit<LedgerPostingRow, 'id' | 'hash'>,
  entries: Entry[],
): string {
  const fields = [
    header.pool_year_id,
    header.seq,
    header.kind,
    header.application_id,
    header.grant_id,
    header.instalment_id,
    header.contribution_id,
    header.actor_id,
    header.posted_at,
    header.prev_hash,
    entries.map((e) => [e.line, e.contributor_id, e.account, e.side, e.amount_ore]),
  ]
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}

function forward(m: Movement): Movement {
  if (!Number.isSafeInteger(m.ore)) throw new RangeError(`not whole øre: ${m.ore}`)
  return m.ore > 0 ? m : { ...m, from: m.to, to: m.from, ore: -m.ore }
}

async function moveAvailable(trx: Db, poolYearId: number, movements: Movement[]): Promise<void> {
  const change = movements.reduce(
    (sum, m) => sum + (m.to === 'available' ? m.ore : 0) - (m.from === 'available' ? m.ore : 0),
    0,
  )
  if (change === 0) return
  const changed = await trx('pool_years')
    .where({ id: poolYearId })
    .andWhere('available_ore', '>=', -change)
    .increment('available_ore', change)
  if (changed === 0) throw new Blocked('lifecycle.application.hint.moneyIsThere')
}

function entryOf(
  contributorId: number,
  account: LedgerAccount,
  side: 'debit' | 'credit',
  amountOre: number,
  line: number,
): Entry {
  return { line, contributor_id: contributorId, account, side, amount_ore: amountOre }
}
