import type { Db } from '../db/connection.ts'
import type { MembershipRow, OrganisationRow, PersonRow } from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { NotFound } from '../shared/errors.ts'

/** The organisations this person is a member of, by name; asked-for ones with `approved` 0. */
export async function listOwnOrganisations(
  db: Db,
  personId: number,
): Promise<(OrganisationRow & { approved: number })[]> {
  return db('organisations as o')
    .join('memberships as m', 'm.organisation_id', 'o.id')
    .where('m.person_id', personId)
    .whereNull('m.removed_at')
    .orderBy('o.sort_key')
    .select('o.*', db.raw('case when m.approved_at is null then 0 else 1 end as approved'))
}

/** An organisation by one of its members; NotFound for everyone else. */
export async function getOwnOrganisation(
  db: Db,
  actor: Actor,
  id: number,
): Promise<OrganisationRow> {
  const isMember = actor.memberships.some((m) => m.organisationId === id)
  const row = isMember
    ? await db<OrganisationRow>('organisations').where({ id }).first()
    : undefined
  if (!row) throw new NotFound()
  return row
}

export type MemberLine = MembershipRow & Pick<PersonRow, 'name' | 'email' | 'language'>

export async function listMembers(db: Db, organisationId: number): Promise<MemberLine[]> {
  return db('memberships as m')
    .join('people as p', 'p.id', 'm.person_id')
    .where('m.organisation_id', organisationId)
    .whereNull('m.removed_at')
    .orderBy('m.id')
    .select('m.*', 'p.name', 'p.email', 'p.language')
}
