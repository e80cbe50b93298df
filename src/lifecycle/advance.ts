import type { BaseFacts } from '../../workflows/arrow.ts'
import type { Lifecycle } from '../../workflows/define.ts'
import { decide, mayEver } from '../../workflows/lifecycle.ts'
import type { Effect, Role } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import { recordHistory } from '../history/record-history.ts'
import { NotAllowed, Stale } from '../shared/errors.ts'

export type Step<F extends BaseFacts> = {
  lifecycle: Lifecycle<F>
  table: 'applications' | 'reviews' | 'contributions' | 'instalments' | 'reports' | 'outbox'
  row: { id: number; status: string; version: number }
  /** The version that the person looked at; the clock takes the one that is there. */
  seen: number | null
  event: string
  facts: F
  roles: readonly Role[]
  actorId: number | null
  /** The history chain (`application:7`, `contribution:3`); null where none is kept (a mail on its way). */
  chain: string | null
  applicationId?: number | null
  /** What was asked for and answered, kept with the history line. */
  details?: Record<string, unknown>
  /** Other columns of the same row that change with the status. */
  changes?: Record<string, unknown>
  requestKey?: string | null
  now: string
}

export type Advanced = {
  from: string
  status: string
  version: number
  role: Role
  effects: Effect[]
  historyId: number | null
}

/**
 * The one door: the only code that writes a status. Asks the machine, changes the row if it is
 * still the one that was asked about, and records who did what. The effects come back as data, to
 * be carried out in the same transaction by the verb that called.
 * Throws NotAllowed, Blocked (the machine says no) or Stale (somebody was first).
 */
export async function advance<F extends BaseFacts>(trx: Db, step: Step<F>): Promise<Advanced> {
  const { row, table, lifecycle } = step
  if (!mayEver(lifecycle, step.event, step.roles)) throw new NotAllowed()
  if (step.seen !== null && step.seen !== row.version) throw new Stale(row)
  const decision = decide(lifecycle, row.status, step.facts, step.event, step.roles)

  const changed = await trx(table)
    .where({ id: row.id, status: row.status, version: row.version })
    .update({ ...step.changes, status: decision.status, version: row.version + 1 })
  if (changed === 0) throw new Stale(await currentOf(trx, table, row.id))

  const historyId =
    step.chain === null
      ? null
      : await recordHistory(trx, {
          chain: step.chain,
          application_id: step.applicationId ?? null,
          machine: lifecycle.name,
          row_id: row.id,
          event: step.event,
          from_status: row.status,
          to_status: decision.status,
          actor_id: step.actorId,
          actor_role: decision.role,
          details: JSON.stringify(step.details ?? {}),
          at: step.now,
          request_key: step.requestKey ?? null,
        })
  return {
    from: row.status,
    status: decision.status,
    version: row.version + 1,
    role: decision.role,
    effects: decision.effects,
    historyId,
  }
}

async function currentOf(trx: Db, table: string, id: number) {
  const current = await trx(table)
    .where({ id })
    .first<{ status: string; version: number } | undefined>('status', 'version')
  return current ?? null
}
