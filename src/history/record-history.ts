import { randomBytes } from 'node:crypto'
import type { Db } from '../db/connection.ts'
import { lockName } from '../db/lock.ts'
import type { HistoryRow } from '../db/case-tables.ts'
import { Blocked } from '../shared/errors.ts'
import { sha256 } from '../shared/secrets.ts'

type Hashes = 'prev_hash' | 'hash' | 'salt' | 'details_hash'
export type HistoryLine = Omit<HistoryRow, 'id' | 'seq' | Hashes>

/**
 * Adds one line to a case's history and returns its id. Each line carries the hash of the one
 * before it, one chain per case, so an edit anywhere is found by the doctor.
 * Must run inside the transaction that makes the line true. Throws Blocked when the personal data
 * of the case is gone: that is the last that happens to it.
 */
export async function recordHistory(trx: Db, line: HistoryLine): Promise<number> {
  await lockName(trx, `history:${line.chain}`)
  const last = await trx<HistoryRow>('history')
    .where({ chain: line.chain })
    .orderBy('seq', 'desc')
    .first('seq', 'hash', 'machine')
  if (last?.machine === erasing) throw new Blocked('retention.isErased')
  const salt = randomBytes(16).toString('hex')
  const row = {
    ...line,
    seq: (last?.seq ?? 0) + 1,
    prev_hash: last?.hash ?? '',
    salt,
    details_hash: detailsHash(salt, line.details),
  }
  const [stored] = await trx('history')
    .insert({ ...row, hash: historyHash(row) })
    .returning<{ id: number }[]>('id')
  if (!stored) throw new Error('history line was not stored')
  return stored.id
}

/** The lines of the machine that takes personal data away; the last of their chain. */
export const erasing = 'retention'

/** SHA-256 of the words of a line, with its salt: what the chain knows of them. */
export const detailsHash = (salt: string, details: string): string => sha256(salt + details)

/** SHA-256 over the line: its own hash and id aside, and of its words only their hash. */
export function historyHash(row: Omit<HistoryRow, 'id' | 'hash' | 'details' | 'salt'>): string {
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
    row.details_hash,
    row.at,
    row.request_key,
    row.prev_hash,
  ]
  return sha256(JSON.stringify(fields))
}
