import { getCase } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import { recordHistory } from '../history/record-history.ts'
import type { Actor } from '../shared/actor.ts'
import { isMember, rolesInCase } from '../shared/actor.ts'
import { assertNoOpenReview } from '../reviews/queries.ts'
import { NotAllowed, NotFound } from '../shared/errors.ts'

/**
 * Takes a whole case out, for the record system: it is written in its history who did. Throws
 * NotFound for a case that was never sent, NotAllowed for others than the secretariat, Blocked for who
 * has a review of it to give. Returns the history line, by which the same person fetches the file.
 */
export async function exportCase(
  db: Db,
  e: { actor: Actor; reference: string; now: string },
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const { application } = await getCase(trx, e.actor, e.reference)
    if (application.submitted_at === null) throw new NotFound()
    const roles = rolesInCase(e.actor, application)
    const isParty = isMember(e.actor, application.organisation_id)
    if (isParty || !roles.includes('secretariat')) throw new NotAllowed()
    await assertNoOpenReview(trx, e.actor, application.id)
    return recordHistory(trx, {
      chain: `application:${application.id}`,
      application_id: application.id,
      machine: 'export',
      row_id: application.id,
      event: 'exportCase',
      from_status: null,
      to_status: null,
      actor_id: e.actor.personId,
      actor_role: 'secretariat',
      details: '{}',
      at: e.now,
      request_key: null,
    })
  })
}
