import { recordContactGone } from '../applications/record-contact.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import { lockName } from '../db/lock.ts'
import type { InvitationRow, MembershipRow, OrganisationRow } from '../db/tables.ts'
import type { Actor, MemberRole } from '../shared/actor.ts'
import { mayBind, rolesToGive } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { Blocked, NotAllowed } from '../shared/errors.ts'
import type { MemberLine } from '../organisations/queries.ts'
import { getMember, getOwnOrganisation, listActiveMembers } from '../organisations/queries.ts'
import { recordMember } from './record-member.ts'

type Change = { actor: Actor; organisationId: number; membershipId: number; now: string }

/**
 * Gives a member another role, from the next request; by those who may bind. Throws NotFound,
 * NotAllowed, or Blocked when nobody would be left who may bind.
 */
export async function changeRole(db: Db, c: Change & { role: MemberRole }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const organisation = await getOwnOrganisation(trx, c.actor, c.organisationId)
    if (!mayBind(c.actor, organisation.id)) throw new NotAllowed()
    await lockName(trx, `members:${organisation.id}`)
    const member = await getMember(trx, organisation.id, c.membershipId)
    if (member.role === c.role) return
    if (c.role !== 'bind') await assertNotLast(trx, member, 'organisations.lastToBind')
    await trx<MembershipRow>('memberships').where({ id: member.id }).update({ role: c.role })
    await endInvitationsBy(trx, member, c.now)
    await recordMember(trx, {
      ...c,
      event: 'changeRole',
      details: { personId: member.person_id, from: member.role, role: c.role },
    })
  })
}

/**
 * Takes a member out, or turns down one who asks: the very next request is out. Everybody may leave;
 * those who may bind remove others. The cases they were contact for get another contact person.
 * Throws NotFound, NotAllowed, or Blocked when nobody would be left who may bind.
 */
export async function removeMember(db: Db, r: Change & { mail: MailSettings }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const organisation = await getOwnOrganisation(trx, r.actor, r.organisationId)
    await lockName(trx, `members:${organisation.id}`)
    const member = await getMember(trx, organisation.id, r.membershipId)
    const isOneself = member.person_id === r.actor.personId
    if (!isOneself && !mayRemove(r.actor, member)) throw new NotAllowed()
    await assertNotLast(trx, member, isOneself ? 'organisations.lastToLeave' : lastToBind)
    await trx<MembershipRow>('memberships').where({ id: member.id }).update({ removed_at: r.now })
    await endInvitationsBy(trx, member, r.now)
    await trx<OrganisationRow>('organisations')
      .where({ id: organisation.id, second_contact_id: member.person_id })
      .update({ second_contact_id: null })
    await recordMember(trx, {
      ...r,
      event: isOneself ? 'leave' : 'remove',
      details: { personId: member.person_id },
    })
    await recordContactGone(trx, {
      personId: member.person_id,
      organisationId: organisation.id,
      by: { personId: r.actor.personId, role: 'applicant' },
      now: r.now,
      mail: r.mail,
    })
  })
}

/** Whoever is out, or may do something else, lets nobody in by what they sent out before. */
async function endInvitationsBy(trx: Db, member: MemberLine, now: string): Promise<void> {
  await trx<InvitationRow>('invitations')
    .where({ organisation_id: member.organisation_id, invited_by: member.person_id })
    .whereNull('ended_at')
    .update({ ended_at: now })
}

const lastToBind = 'organisations.lastToBind'

/** Whoever may let somebody in may also turn them down. */
export const mayRemove = (actor: Actor, member: MemberLine): boolean =>
  member.approved_at === null
    ? rolesToGive(actor, member.organisation_id).length > 0
    : mayBind(actor, member.organisation_id)

async function assertNotLast(trx: Db, member: MemberLine, hint: string): Promise<void> {
  if (member.role !== 'bind' || member.approved_at === null) return
  const others = await listActiveMembers(trx, member.organisation_id)
  if (!others.some((m) => m.role === 'bind' && m.id !== member.id)) throw new Blocked(hint)
}
