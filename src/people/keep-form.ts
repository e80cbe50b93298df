import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { KeptFormRow } from '../db/tables.ts'
import { randomToken } from '../shared/secrets.ts'

const keptPerPerson = 10

/** Keeps what a person typed after the session ran out, the newest few; returns where it is. */
export async function keepForm(
  db: Db,
  f: { personId: number; path: string; typed: Record<string, unknown>; now: string },
): Promise<string> {
  const id = randomToken()
  await inTransaction(db, async (trx) => {
    const kept = await trx<KeptFormRow>('kept_forms')
      .where({ person_id: f.personId })
      .orderBy('created_at', 'desc')
      .select('id')
    const tooMany = kept.slice(keptPerPerson - 1).map((row) => row.id)
    await trx<KeptFormRow>('kept_forms').whereIn('id', tooMany).del()
    await trx<KeptFormRow>('kept_forms').insert({
      id,
      person_id: f.personId,
      path: f.path,
      body: JSON.stringify(f.typed),
      created_at: f.now,
    })
  })
  return id
}

export async function findKeptForm(
  db: Db,
  f: { id: string; personId: number },
): Promise<KeptFormRow | undefined> {
  return db<KeptFormRow>('kept_forms').where({ id: f.id, person_id: f.personId }).first()
}
