import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import { lockName } from '../db/lock.ts'
import type { InvitationRow, MembershipRow } from '../db/tables.ts'
import type { Actor, MemberRole } from '../shared/actor.ts'
import { memberRoles } from '../shared/actor.ts'
import { NotFound } from '../shared/errors.ts'
import { getOwnInvitation, listActiveMembers } from '../organisations/queries.ts'
import { recordMember } from './record-member.ts'

type Answer = { actor: Actor; invitationId: number; now: string }

/**
 * Says yes to an invitation to one's own mail address: a member from the next request. Throws
 * NotFound for another's invitation, and for one that is over. Returns the organisation.
 */
export async function acceptInvitation(db: Db, a: Answer): Promise<number> {
  return inTransaction(db, async (trx) => {
    const invitation = await end(trx, a)
    const role = await greaterRole(trx, a, invitation)
    const membership = {
      role,
      mails: 'reminders' as const,
      asked_at: invitation.invited_at,
      approved_at: a.now,
      approved_by: invitation.invited_by,
      removed_at: null,
    }
    // Somebody who left, or who asks already, has a row that begins anew.
    await trx<MembershipRow>('memberships')
      .insert({
        organisation_id: invitation.organisation_id,
        person_id: a.actor.personId,
        ...membership,
      })
      .onConflict(['organisation_id', 'person_id'])
      .merge(membership)
    await recordMember(trx, {
      actor: a.actor,
      organisationId: invitation.organisation_id,
      event: 'join',
      details: { invitationId: invitation.id, role },
      now: a.now,
    })
    return invitation.organisation_id
  })
}

/** Says no: the invitation is over. Throws NotFound as above. */
export async function declineInvitation(db: Db, d: Answer): Promise<void> {
  await inTransaction(db, async (trx) => {
    await end(trx, d)
  })
}

/** An old invitation takes nothing from somebody who was let in with more meanwhile. */
async function greaterRole(trx: Db, a: Answer, invitation: InvitationRow): Promise<MemberRole> {
  await lockName(trx, `members:${invitation.organisation_id}`)
  const members = await listActiveMembers(trx, invitation.organisation_id)
  const own = members.find((m) => m.person_id === a.actor.personId)?.role ?? invitation.role
  return memberRoles.indexOf(own) > memberRoles.indexOf(invitation.role) ? own : invitation.role
}

async function end(trx: Db, a: Answer) {
  const invitation = await getOwnInvitation(trx, a.actor, a.invitationId, a.now)
  const changed = await trx<InvitationRow>('invitations')
    .where({ id: invitation.id })
    .whereNull('ended_at')
    .update({ ended_at: a.now })
  if (changed === 0) throw new NotFound()
  return invitation
}
