import type { Db } from '../db/connection.ts'

const day = 86_400_000

/** How many days each trace of a visit is of use to anybody. */
const keptDays = {
  sign_in_codes: 1,
  request_keys: 7,
  kept_forms: 30,
  sessions: 30,
  bulk_runs: 30,
} as const

/**
 * Deletes what nobody needs any more: used codes, keys of old forms, kept forms, ended sessions, and
 * files that waited a day in a form that was never sent, and the pages of what was done to many
 * cases at once (each case's own history stays).
 */
export async function forgetTraces(db: Db, now: string): Promise<number> {
  let forgotten = 0
  for (const [table, days] of Object.entries(keptDays)) {
    const before = new Date(Date.parse(now) - days * day).toISOString()
    forgotten += await db(table).where('created_at', '<', before).delete()
  }
  forgotten += await db('attachments')
    .whereNull('owner_id')
    .where('created_at', '<', new Date(Date.parse(now) - day).toISOString())
    .delete()
  return forgotten
}
