import type { Db } from '../db/connection.ts'
import { recordHistory } from '../history/record-history.ts'
import type { Actor } from '../shared/actor.ts'

export type SettingOf = 'pool' | 'round' | 'contributor'

/** One line in the history of what is set up, with what it was and what it became. */
export async function recordSetting(
  trx: Db,
  line: {
    of: SettingOf
    id: number
    event: string
    details: Record<string, unknown>
    actor: Actor
    now: string
  },
): Promise<void> {
  await recordHistory(trx, {
    chain: `${line.of}:${line.id}`,
    application_id: null,
    machine: line.of,
    row_id: line.id,
    event: line.event,
    from_status: null,
    to_status: null,
    actor_id: line.actor.personId,
    actor_role: 'administrator',
    details: JSON.stringify(line.details),
    at: line.now,
    request_key: null,
  })
}

/** What differs between two rows: `{ column: [before, after] }`. */
export function changesBetween(before: object, after: object): Record<string, [unknown, unknown]> {
  const old = new Map<string, unknown>(Object.entries(before))
  return Object.fromEntries(
    Object.entries(after)
      .filter(([column, value]) => old.get(column) !== value)
      .map(([column, value]) => [column, [old.get(column), value]]),
  )
}
