import { createHash } from 'node:crypto'
import type { Db } from '../db/connection.ts'
import { lockName } from '../db/lock.ts'
import type { HistoryRow } from '../db/case-tables.ts'

export type HistoryLine = Omit<HistoryRow, 'id' | 'seq' | 'prev_hash' | 'hash'>

/**
 * Adds one line to a case's history and returns its id. Each line carries the hash of the one
 * before it, one chain per case, so an edit anywhere is found by the doctor.
 * Must run inside the transaction that makes the line true.
 */
export async function recordHistory(trx: Db, line: HistoryLine): Promise<number> {
  await lockName(trx, `history:${line.chain}`)
  const last = await trx<HistoryRow>('history')
    .where({ chain: line.chain })
    .orderBy('seq', 'desc')
    .first('seq', 'hash')
  const row = { ...line, seq: (last?.seq ?? 0) + 1, prev_hash: last?.hash ?? '' }
  const [stored] = await trx('history')
    .insert({ ...row, hash: historyHash(row) })
    .returning<{ id: number }[]>('id')
  if (!stored) throw new Error('history line was not stored')
  return stored.id
}

/** SHA-256 over every column of the line but its id and its own hash. */
export function historyHash(row: Omit<HistoryRow, 'id' | 'hash'>): string {
  const fields = [
    row.chain,
    row.seq,
    row.application_id,
    row.machine,
    row.row_id,
    row.event,
    row.from_status,
    row.to_status,
    row.actor_id,
    row.actor_role,
    row.details,
    row.at,
    row.request_key,
    row.prev_hash,
  ]
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}
