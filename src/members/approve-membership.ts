import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { MembershipRow } from '../db/tables.ts'
import { enqueueDirect } from '../outbox/enqueue.ts'
import type { Actor, MemberRole } from '../shared/actor.ts'
import { rolesToGive } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { NotAllowed, NotFound } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { getMember, getOwnOrganisation } from '../organisations/queries.ts'
import { recordMember } from './record-member.ts'

/**
 * A member lets another person in, with a role. Throws NotFound for what is not theirs or already
 * settled, NotAllowed for a role that is not theirs to give.
 */
export async function approveMembership(
  db: Db,
  a: {
    actor: Actor
    organisationId: number
    membershipId: number
    role: MemberRole
    now: string
    mail: MailSettings
  },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const organisation = await getOwnOrganisation(trx, a.actor, a.organisationId)
    if (!rolesToGive(a.actor, organisation.id).includes(a.role)) throw new NotAllowed()
    const person = await getMember(trx, organisation.id, a.membershipId)
    const changed = await trx<MembershipRow>('memberships')
      .where({ id: person.id })
      .whereNull('approved_at')
      .whereNull('removed_at')
      .update({
        approved_at: a.now,
        approved_by: a.actor.personId,
        role: a.role,
        mails: 'reminders',
      })
    if (changed === 0) throw new NotFound()
    await recordMember(trx, {
      ...a,
      event: 'approve',
      details: { personId: person.person_id, role: a.role },
    })
    await enqueueDirect(trx, {
      template: 'membership-approved',
      event: 'membershipApproved',
      to: {
        address: person.email,
        name: person.name,
        language: person.language,
        personId: person.person_id,
      },
      data: {
        organisation: organisation.name,
        may: a.role,
        link: `${a.mail.baseUrl}${paths.organisation(organisation.id)}`,
      },
      now: a.now,
      mail: a.mail,
    })
  })
}
