import type { Db } from '../db/connection.ts'
import { recordHistory } from '../history/record-history.ts'
import type { Actor } from '../shared/actor.ts'

/** Who let whom in, out, or do what: one line in the organisation's own history. */
export async function recordMember(
  trx: Db,
  r: {
    actor: Actor
    organisationId: number
    event: 'invite' | 'withdrawInvitation' | 'approve' | 'join' | 'changeRole' | 'remove' | 'leave'
    details: Record<string, unknown>
    now: string
  },
): Promise<void> {
  await recordHistory(trx, {
    chain: `organisation:${r.organisationId}`,
    application_id: null,
    machine: 'member',
    row_id: r.organisationId,
    event: r.event,
    from_status: null,
    to_status: null,
    actor_id: r.actor.personId,
    actor_role: 'applicant',
    details: JSON.stringify(r.details),
    at: r.now,
    request_key: null,
  })
}
