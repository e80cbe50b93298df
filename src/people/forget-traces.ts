import type { Db } from '../db/connection.ts'

const day = 86_400_000

/** How many days each trace is of use to anybody, and from when. */
const kept = {
  sign_in_codes: { from: 'created_at', days: 1 },
  request_keys: { from: 'created_at', days: 7 },
  kept_forms: { from: 'created_at', days: 30 },
  sessions: { from: 'created_at', days: 30 },
  bulk_runs: { from: 'created_at', days: 30 },
  invitations: { from: 'expires_at', days: 180 },
} as const

/**
 * Deletes what nobody needs any more: used codes, keys of old forms, kept forms, ended sessions,
 * invitations that ran out, files that waited a day in a form that was never sent, and the pages of
 * what was done to many cases at once (each case's own history stays).
 */
export async function forgetTraces(db: Db, now: string): Promise<number> {
  let forgotten = 0
  for (const [table, { from, days }] of Object.entries(kept)) {
    const before = new Date(Date.parse(now) - days * day).toISOString()
    forgotten += await db(table).where(from, '<', before).delete()
  }
  forgotten += await db('attachments')
    .whereNull('owner_id')
    .where('created_at', '<', new Date(Date.parse(now) - day).toISOString())
    .delete()
  return forgotten
}
