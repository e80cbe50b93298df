import type { Db } from '../db/connection.ts'
import type { InvitationRow, MembershipRow, OrganisationRow, PersonRow } from '../db/tables.ts'
import type { Actor, MemberRole } from '../shared/actor.ts'
import { isMember } from '../shared/actor.ts'
import { NotFound } from '../shared/errors.ts'

/** The organisations this person is a member of, by name; asked-for ones with `approved` 0. */
export async function listOwnOrganisations(
  db: Db,
  personId: number,
): Promise<(OrganisationRow & { approved: number; role: MemberRole })[]> {
  return db('organisations as o')
    .join('memberships as m', 'm.organisation_id', 'o.id')
    .where('m.person_id', personId)
    .whereNull('m.removed_at')
    .orderBy('o.sort_key')
    .select(
      'o.*',
      'm.role',
      db.raw('case when m.approved_at is null then 0 else 1 end as approved'),
    )
}

/** An organisation by one of its members; NotFound for everyone else. */
export async function getOwnOrganisation(
  db: Db,
  actor: Actor,
  id: number,
): Promise<OrganisationRow> {
  const row = isMember(actor, id)
    ? await db<OrganisationRow>('organisations').where({ id }).first()
    : undefined
  if (!row) throw new NotFound()
  return row
}

export type MemberLine = MembershipRow &
  Pick<PersonRow, 'name' | 'email' | 'language' | 'disabled_at'>

/** Everybody who is in or asks to be, the longest there first. */
export async function listMembers(db: Db, organisationId: number): Promise<MemberLine[]> {
  return db('memberships as m')
    .join('people as p', 'p.id', 'm.person_id')
    .where('m.organisation_id', organisationId)
    .whereNull('m.removed_at')
    .orderBy('m.id')
    .select('m.*', 'p.name', 'p.email', 'p.language', 'p.disabled_at')
}

/** Those who are in and not shut out: who can be written to. */
export const listActiveMembers = async (db: Db, organisationId: number): Promise<MemberLine[]> =>
  (await listMembers(db, organisationId)).filter(
    (m) => m.approved_at !== null && m.disabled_at === null,
  )

/** One who is in, or asks to be; NotFound for anybody else. */
export async function getMember(
  db: Db,
  organisationId: number,
  membershipId: number,
): Promise<MemberLine> {
  const found = (await listMembers(db, organisationId)).find((m) => m.id === membershipId)
  if (!found) throw new NotFound()
  return found
}

/** Invitations of an organisation that can still be accepted. */
export async function listInvitations(
  db: Db,
  organisationId: number,
  now: string,
): Promise<InvitationRow[]> {
  return live(db, now).where({ organisation_id: organisationId }).orderBy('id')
}

export type OwnInvitation = InvitationRow & { organisation_name: string; inviter_name: string }

/** What this person is invited to: by their mail address, and nobody else's. */
export async function listOwnInvitations(
  db: Db,
  actor: Actor,
  now: string,
): Promise<OwnInvitation[]> {
  return db('invitations as i')
    .join('organisations as o', 'o.id', 'i.organisation_id')
    .join('people as p', 'p.id', 'i.invited_by')
    .where('i.email', actor.email)
    .whereNull('i.ended_at')
    .andWhere('i.expires_at', '>', now)
    .orderBy('i.id')
    .select<OwnInvitation[]>(
      'i.*',
      'o.name as organisation_name',
      db.raw("case when p.name = '' then p.email else p.name end as inviter_name"),
    )
}

/** One's own invitation; NotFound for another's, and for one that is over. */
export async function getOwnInvitation(
  db: Db,
  actor: Actor,
  id: number,
  now: string,
): Promise<OwnInvitation> {
  const found = (await listOwnInvitations(db, actor, now)).find((i) => i.id === id)
  if (!found) throw new NotFound()
  return found
}

const live = (db: Db, now: string) =>
  db<InvitationRow>('invitations').whereNull('ended_at').andWhere('expires_at', '>', now)
