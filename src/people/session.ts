import type { Db } from '../db/connection.ts'
import type { PersonRow, SessionRow } from '../db/tables.ts'

const longestMs = 12 * 3_600_000

/** Sessions live on the server: two hours without use, twelve in all. `id` is the token's hash. */
export async function startSession(
  db: Db,
  s: { id: string; personId: number; now: string },
): Promise<void> {
  await db<SessionRow>('sessions').insert({
    id: s.id,
    person_id: s.personId,
    created_at: s.now,
    seen_at: s.now,
    expires_at: new Date(Date.parse(s.now) + longestMs).toISOString(),
  })
  await db<PersonRow>('people').where({ id: s.personId }).update({ seen_at: s.now })
}

export async function touchSession(db: Db, id: string, now: string): Promise<void> {
  await db<SessionRow>('sessions').where({ id }).update({ seen_at: now })
}

export async function endSession(db: Db, id: string, now: string): Promise<void> {
  await db<SessionRow>('sessions').where({ id }).whereNull('ended_at').update({ ended_at: now })
}
