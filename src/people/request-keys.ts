import type { Db } from '../db/connection.ts'
import type { RequestKeyRow } from '../db/tables.ts'

type Key = { key: string; who: string }

/** Whether this request is the first with its key; a later one finds the row and waits. */
export async function claimRequest(
  db: Db,
  r: Key & { bodyHash: string; now: string },
): Promise<boolean> {
  const made = await db('request_keys')
    .insert({ key: r.key, who: r.who, body_hash: r.bodyHash, location: null, created_at: r.now })
    .onConflict(['key', 'who'])
    .ignore()
    .returning<{ key: string }[]>('key')
  return made.length === 1
}

export async function findRequest(db: Db, { key, who }: Key): Promise<RequestKeyRow | undefined> {
  return db<RequestKeyRow>('request_keys').where({ key, who }).first()
}

export async function finishRequest(db: Db, r: Key & { location: string }): Promise<void> {
  await db<RequestKeyRow>('request_keys')
    .where({ key: r.key, who: r.who })
    .update({ location: r.location })
}

/** The request was refused: the same form may be sent again. */
export async function forgetRequest(db: Db, { key, who }: Key): Promise<void> {
  await db<RequestKeyRow>('request_keys').where({ key, who }).whereNull('location').del()
}
