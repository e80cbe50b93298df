import type { Role } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import type { MembershipRow, PersonRow, RoleRow } from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'

/** The person of a session that is alive at `now`, with roles and memberships: three statements. */
export async function findActorBySession(
  db: Db,
  sessionId: string,
  limits: { now: string; idleSince: string },
): Promise<{ actor: Actor; seenAt: string } | undefined> {
  const row = await db('sessions as s')
    .join('people as p', 'p.id', 's.person_id')
    .where('s.id', sessionId)
    .whereNull('s.ended_at')
    .andWhere('s.expires_at', '>', limits.now)
    .andWhere('s.seen_at', '>', limits.idleSince)
    .whereNull('p.disabled_at')
    .first<(PersonRow & { seen_at: string }) | undefined>('p.*', 's.seen_at')
  return row ? { actor: await actorFrom(db, row), seenAt: row.seen_at } : undefined
}

/** The person as an actor, for seeds, tests and commands that act as somebody. */
export async function getActor(db: Db, personId: number): Promise<Actor> {
  const row = await db<PersonRow>('people').where({ id: personId }).first()
  if (!row) throw new Error(`no person ${personId}`)
  return actorFrom(db, row)
}

async function actorFrom(db: Db, person: PersonRow): Promise<Actor> {
  const roles = await db<RoleRow>('roles').where({ person_id: person.id }).whereNull('ended_at')
  const memberships = await db<MembershipRow>('memberships')
    .where({ person_id: person.id })
    .whereNotNull('approved_at')
    .whereNull('removed_at')
  return {
    personId: person.id,
    name: person.name,
    email: person.email,
    language: person.language,
    isDemo: person.is_demo === 1,
    grants: roles.map((r) => ({
      role: r.role,
      poolId: r.pool_id,
      contributorId: r.contributor_id,
    })),
    memberships: memberships.map((m) => ({
      organisationId: m.organisation_id,
      mayBind: m.may_bind === 1,
    })),
  }
}

export async function findPersonByEmail(db: Db, email: string): Promise<PersonRow | undefined> {
  return db<PersonRow>('people').where({ email }).first()
}

/** The demo's people with the roles that a visitor can try, in the order they were made. */
export async function listDemoPeople(db: Db): Promise<PersonRow[]> {
  return db<PersonRow>('people').where({ is_demo: 1 }).whereNull('disabled_at').orderBy('id')
}

/** People who hold a role in a pool (or everywhere), not disabled, by name. */
export async function listPeopleWithRole(db: Db, role: Role, poolId: number): Promise<PersonRow[]> {
  return db<PersonRow>('people as p')
    .whereIn(
      'p.id',
      db('roles')
        .where({ role })
        .whereNull('ended_at')
        .andWhere((q) => q.whereNull('pool_id').orWhere('pool_id', poolId))
        .select('person_id'),
    )
    .whereNull('p.disabled_at')
    .orderBy('p.id')
    .select('p.*')
}
