import { getCase } from '../applications/queries.ts'
import type { OnwardItemRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { Actor } from '../shared/actor.ts'
import { rolesInCase } from '../shared/actor.ts'
import { Blocked, InvalidInput, NotAllowed, NotFound } from '../shared/errors.ts'

/**
 * A task of the municipality is done, or waived with a reason; a waiver counts when the applicant
 * has seen it (`seen`). Throws NotFound, NotAllowed, Blocked or InvalidInput.
 */
export async function settleTask(
  db: Db,
  s: {
    actor: Actor
    reference: string
    itemId: number
    how: 'done' | 'waived' | 'seen'
    reason: string
    now: string
  },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { application } = await getCase(trx, s.actor, s.reference)
    const item = await trx<OnwardItemRow>('onward_items')
      .where({ id: s.itemId, application_id: application.id, kind: 'task' })
      .first()
    if (!item) throw new NotFound()
    const roles = rolesInCase(s.actor, application)
    if (!roles.includes(s.how === 'seen' ? 'applicant' : 'adviser')) throw new NotAllowed()
    if (s.how === 'waived' && s.reason === '') {
      throw new InvalidInput([{ field: 'reason', message: 'fields.missing' }])
    }
    const changed = await trx<OnwardItemRow>('onward_items')
      .where({ id: item.id })
      .whereNull('done_at')
      .modify((q) => {
        if (s.how === 'seen') void q.whereNotNull('waived_at').whereNull('waiver_seen_at')
        else void q.whereNull('waived_at')
      })
      .update(changesOf(s))
    if (changed === 0) throw new Blocked('advice.alreadySettled')
  })
}

function changesOf(s: { how: 'done' | 'waived' | 'seen'; reason: string; now: string }) {
  if (s.how === 'done') return { done_at: s.now }
  if (s.how === 'waived') return { waived_at: s.now, waived_reason: s.reason }
  return { waiver_seen_at: s.now }
}
