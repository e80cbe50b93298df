import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { MembershipRow, PersonRow } from '../db/tables.ts'
import { enqueueDirect } from '../outbox/enqueue.ts'
import type { Actor } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { NotFound } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { getOwnOrganisation } from './queries.ts'

/** A member lets another person in. Throws NotFound for what is not theirs or already settled. */
export async function approveMembership(
  db: Db,
  a: {
    actor: Actor
    organisationId: number
    membershipId: number
    now: string
    mail: MailSettings
  },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const organisation = await getOwnOrganisation(trx, a.actor, a.organisationId)
    const membership = { id: a.membershipId, organisation_id: organisation.id }
    const changed = await trx<MembershipRow>('memberships')
      .where(membership)
      .whereNull('approved_at')
      .whereNull('removed_at')
      .update({ approved_at: a.now, approved_by: a.actor.personId })
    if (changed === 0) throw new NotFound()
    const person = await trx<PersonRow>('people')
      .whereIn('id', trx('memberships').where(membership).select('person_id'))
      .first()
    if (!person) throw new NotFound()
    await enqueueDirect(trx, {
      template: 'membership-approved',
      event: 'membershipApproved',
      to: {
        address: person.email,
        name: person.name,
        language: person.language,
        personId: person.id,
      },
      data: {
        organisation: organisation.name,
        person: a.actor.name || a.actor.email,
        link: `${a.mail.baseUrl}${paths.organisation(organisation.id)}`,
      },
      now: a.now,
      mail: a.mail,
    })
  })
}
