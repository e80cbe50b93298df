import type { Db } from '../db/connection.ts'
import type { KeptFormRow, SessionRow } from '../db/tables.ts'
import { randomToken } from '../shared/secrets.ts'

/** Keeps a typed form for the person of an ended session; null when there was no such session. */
export async function keepForm(
  db: Db,
  f: { sessionId: string; path: string; typed: Record<string, unknown>; now: string },
): Promise<string | null> {
  const session = await db<SessionRow>('sessions').where({ id: f.sessionId }).first('person_id')
  if (!session) return null
  const id = randomToken()
  await db<KeptFormRow>('kept_forms').insert({
    id,
    person_id: session.person_id,
    path: f.path,
    body: JSON.stringify(f.typed),
    created_at: f.now,
  })
  return id
}

export async function findKeptForm(
  db: Db,
  f: { id: string; personId: number },
): Promise<KeptFormRow | undefined> {
  return db<KeptFormRow>('kept_forms').where({ id: f.id, person_id: f.personId }).first()
}
