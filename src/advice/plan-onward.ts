import { getCase } from '../applications/queries.ts'
import { permits } from '../../workflows/lifecycle.ts'
import type { OnwardItemRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { Actor } from '../shared/actor.ts'
import { isMember, rolesInCase } from '../shared/actor.ts'
import { Blocked, NotAllowed } from '../shared/errors.ts'

export type OnwardItem = {
  kind: OnwardItemRow['kind']
  text: string
  contact: string
  dueOn: string | null
}

/**
 * Adds a place to go, somebody to bring, or a task that the municipality takes on. Throws NotFound,
 * NotAllowed, or Blocked when the case is neither running nor in advice.
 */
export async function planOnward(
  db: Db,
  p: { actor: Actor; reference: string; item: OnwardItem; now: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { application } = await getCase(trx, p.actor, p.reference)
    assertAdviser(p.actor, application)
    const isOpen =
      permits('application', application.status, 'advising') ||
      permits('application', application.status, 'running')
    if (!isOpen) throw new Blocked('lifecycle.hint.notInThisStatus')
    await trx<OnwardItemRow>('onward_items').insert({
      application_id: application.id,
      kind: p.item.kind,
      text: p.item.text,
      contact: p.item.contact,
      owner_id: p.item.kind === 'task' ? p.actor.personId : null,
      due_on: p.item.dueOn,
      created_by: p.actor.personId,
      created_at: p.now,
    })
  })
}

/** Only the pool's advisers, and never in a case of their own, make the plan. */
export function assertAdviser(
  actor: Actor,
  application: { pool_id: number; organisation_id: number },
): void {
  const roles = rolesInCase(actor, application)
  if (!roles.includes('adviser')) throw new NotAllowed()
  if (isMember(actor, application.organisation_id)) {
    throw new Blocked('lifecycle.application.hint.notConflicted')
  }
}
