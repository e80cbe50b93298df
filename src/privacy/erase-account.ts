import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { InvitationRow } from '../db/tables.ts'
import { recordPersonErasure } from '../retention/record-erasure.ts'
import type { Actor } from '../shared/actor.ts'
import { copenhagenDate } from '../shared/danish.ts'
import { Blocked } from '../shared/errors.ts'
import { reasonsToStay } from './queries.ts'

/**
 * Deletes a person's own account, as the end of its time would, and the mails to it and what they
 * founded alone with it. The mail address is free again: whoever signs in with it later is somebody
 * new. Throws Blocked for those with roles or cases.
 */
export async function eraseAccount(db: Db, e: { actor: Actor; now: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const [reason] = await reasonsToStay(trx, e.actor)
    if (reason !== undefined) throw new Blocked(`privacy.stay.${reason}`)
    const { personId, email } = e.actor
    await leaveOrganisations(trx, personId, e.now)
    await trx('outbox').where({ person_id: personId }).orWhere({ to_address: email }).del()
    await trx('leaves').where({ person_id: personId }).del()
    await recordPersonErasure(trx, { id: personId, dueOn: copenhagenDate(e.now) }, e.now)
  })
}

/** Out of every organisation; one that is empty then, and never applied, goes too. */
async function leaveOrganisations(trx: Db, personId: number, now: string): Promise<void> {
  const own = await trx('memberships')
    .where({ person_id: personId })
    .pluck<number[]>('organisation_id')
  await trx('organisations')
    .where({ second_contact_id: personId })
    .update({ second_contact_id: null })
  await trx('memberships').where({ person_id: personId }).del()
  await trx<InvitationRow>('invitations')
    .where({ invited_by: personId })
    .whereNull('ended_at')
    .update({ ended_at: now })
  const empty = await trx('organisations as o')
    .whereIn('o.id', own)
    .whereNotExists(trx('memberships as m').whereRaw('m.organisation_id = o.id'))
    .whereNotExists(trx('applications as a').whereRaw('a.organisation_id = o.id'))
    .pluck<number[]>('o.id')
  await trx('invitations').whereIn('organisation_id', empty).del()
  await trx('organisations').whereIn('id', empty).del()
}
