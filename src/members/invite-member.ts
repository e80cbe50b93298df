import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import { lockName } from '../db/lock.ts'
import type { InvitationRow, PersonRow } from '../db/tables.ts'
import { enqueueDirect } from '../outbox/enqueue.ts'
import type { Actor, Lang, MemberRole } from '../shared/actor.ts'
import { rolesToGive } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { Blocked, InvalidInput, NotAllowed, NotFound } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { getOwnOrganisation, listMembers } from '../organisations/queries.ts'
import { recordMember } from './record-member.ts'

const days = 30
/** Letters in the city's name to strangers' addresses: how many one person may have sent in a day. */
const invitationsADay = 20

/**
 * Invites a mail address to an organisation, with a role. A newer invitation to the same address
 * replaces the older; whether the address is known to the program makes no difference to anybody.
 * Throws NotFound, NotAllowed for a role that is not theirs to give, InvalidInput for a member,
 * Blocked after very many in a day.
 */
export async function inviteMember(
  db: Db,
  i: {
    actor: Actor
    organisationId: number
    email: string
    role: MemberRole
    language: Lang
    now: string
    mail: MailSettings
  },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const organisation = await getOwnOrganisation(trx, i.actor, i.organisationId)
    if (!rolesToGive(i.actor, organisation.id).includes(i.role)) throw new NotAllowed()
    await assertFewEnough(trx, i.actor, i.now)
    await lockName(trx, `members:${organisation.id}`)
    const members = await listMembers(trx, organisation.id)
    if (members.some((m) => m.email === i.email)) {
      throw new InvalidInput([{ field: 'email', message: 'organisations.isMember' }])
    }
    const address = { organisation_id: organisation.id, email: i.email }
    await trx<InvitationRow>('invitations')
      .where(address)
      .whereNull('ended_at')
      .update({ ended_at: i.now })
    const [made] = await trx('invitations')
      .insert({
        ...address,
        role: i.role,
        invited_by: i.actor.personId,
        invited_at: i.now,
        expires_at: new Date(Date.parse(i.now) + days * 86_400_000).toISOString(),
      } satisfies Partial<InvitationRow>)
      .returning<{ id: number }[]>('id')
    if (!made) throw new Error('nobody was invited')
    await recordMember(trx, {
      ...i,
      event: 'invite',
      details: { invitationId: made.id, role: i.role },
    })
    const person = await trx<PersonRow>('people').where({ email: i.email }).first()
    await enqueueDirect(trx, {
      template: 'member-invited',
      event: 'memberInvited',
      to: {
        address: i.email,
        name: person?.name ?? '',
        language: person?.language ?? i.language,
        personId: person?.id ?? null,
      },
      data: {
        organisation: organisation.name,
        person: i.actor.name || i.actor.email,
        may: i.role,
        days: String(days),
        link: i.mail.baseUrl + paths.invitation(made.id),
      },
      now: i.now,
      mail: i.mail,
    })
  })
}

async function assertFewEnough(trx: Db, actor: Actor, now: string): Promise<void> {
  await lockName(trx, `invitations:${actor.personId}`)
  const since = new Date(Date.parse(now) - 86_400_000).toISOString()
  const { n } = await trx('invitations')
    .where({ invited_by: actor.personId })
    .andWhere('invited_at', '>', since)
    .count({ n: '*' })
    .first<{ n: number }>()
  if (Number(n) >= invitationsADay) throw new Blocked('organisations.tooManyInvitations')
}

/** Takes an invitation back: its link is dead from now. Throws NotFound or NotAllowed. */
export async function withdrawInvitation(
  db: Db,
  w: { actor: Actor; organisationId: number; invitationId: number; now: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const organisation = await getOwnOrganisation(trx, w.actor, w.organisationId)
    const invitation = { id: w.invitationId, organisation_id: organisation.id }
    const found = await trx<InvitationRow>('invitations').where(invitation).first()
    if (!found) throw new NotFound()
    if (!rolesToGive(w.actor, organisation.id).includes(found.role)) throw new NotAllowed()
    const changed = await trx<InvitationRow>('invitations')
      .where(invitation)
      .whereNull('ended_at')
      .update({ ended_at: w.now })
    if (changed === 0) throw new NotFound()
    await recordMember(trx, {
      ...w,
      event: 'withdrawInvitation',
      details: { invitationId: found.id },
    })
  })
}
