import { permits } from '../../workflows/lifecycle.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import { lockRow } from '../db/lock.ts'
import type { Actor } from '../shared/actor.ts'
import { mayOnlyLook } from '../shared/actor.ts'
import { Blocked, NotAllowed } from '../shared/errors.ts'
import { getCase } from './queries.ts'
import { removeDraft } from './record-removal.ts'

/**
 * Deletes a draft that was never sent: nothing of it is left. One that was sent and taken back is
 * a case, with a history, and stays. Throws NotFound, NotAllowed
 * or Blocked.
 */
export async function deleteDraft(db: Db, d: { actor: Actor; reference: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { application } = await getCase(trx, d.actor, d.reference)
    await lockRow(trx, 'applications', application.id)
    if (mayOnlyLook(d.actor, application.organisation_id)) throw new NotAllowed()
    const sent = await trx('history').where({ application_id: application.id }).first('id')
    if (sent || !permits('application', application.status, 'editable')) {
      throw new Blocked('lifecycle.hint.sentBefore')
    }
    await removeDraft(trx, application.id)
  })
}
