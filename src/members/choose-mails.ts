import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { MembershipRow, OrganisationRow } from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { mayEdit } from '../shared/actor.ts'
import { InvalidInput, NotAllowed } from '../shared/errors.ts'
import { getOwnOrganisation, listActiveMembers } from '../organisations/queries.ts'

/** Which mails a member wants beside those of the cases they are contact for. Throws NotFound. */
export async function chooseMails(
  db: Db,
  c: { actor: Actor; organisationId: number; mails: MembershipRow['mails'] },
): Promise<void> {
  const organisation = await getOwnOrganisation(db, c.actor, c.organisationId)
  await db<MembershipRow>('memberships')
    .where({ organisation_id: organisation.id, person_id: c.actor.personId })
    .update({ mails: c.mails })
}

/**
 * Who is reminded beside the contact person of each case; by those who may write. Throws NotFound,
 * NotAllowed, or InvalidInput for somebody who is no member.
 */
export async function chooseSecondContact(
  db: Db,
  c: { actor: Actor; organisationId: number; personId: number },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const organisation = await getOwnOrganisation(trx, c.actor, c.organisationId)
    if (!mayEdit(c.actor, organisation.id)) throw new NotAllowed()
    const members = await listActiveMembers(trx, organisation.id)
    if (!members.some((m) => m.person_id === c.personId)) {
      throw new InvalidInput([{ field: 'person', message: 'fields.choose' }])
    }
    await trx<OrganisationRow>('organisations')
      .where({ id: organisation.id })
      .update({ second_contact_id: c.personId })
  })
}
