import type { Role } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import { isPostgres } from '../db/connection.ts'
import { containing } from '../db/like.ts'
import type { PersonRow, RoleRow } from '../db/tables.ts'
import type { Actor, MemberRole } from '../shared/actor.ts'

/** The person of a session that is alive at `now`, with roles and memberships: two statements. */
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

/** Whose session this was, when it is over; undefined for one that never was, or of a disabled person. */
export async function findPastSession(
  db: Db,
  sessionId: string,
): Promise<{ id: string; personId: number } | undefined> {
  return db('sessions as s')
    .join('people as p', 'p.id', 's.person_id')
    .where('s.id', sessionId)
    .whereNull('p.disabled_at')
    .first<{ id: string; personId: number } | undefined>('s.id', 's.person_id as personId')
}

/** The person as an actor, for seeds, tests and commands that act as somebody. */
export async function getActor(db: Db, personId: number): Promise<Actor> {
  const row = await db<PersonRow>('people').where({ id: personId }).first()
  if (!row) throw new Error(`no person ${personId}`)
  return actorFrom(db, row)
}

type Held = Pick<RoleRow, 'pool_id' | 'contributor_id'> & {
  role: RoleRow['role'] | null
  organisation_id: number | null
  member_role: MemberRole | null
}

async function actorFrom(db: Db, person: PersonRow): Promise<Actor> {
  const nothing = (column: string, type = 'integer') => db.raw(`cast(null as ${type}) as ${column}`)
  const held: Held[] = await db('roles')
    .where({ person_id: person.id })
    .whereNull('ended_at')
    .select(
      'role',
      'pool_id',
      'contributor_id',
      nothing('organisation_id'),
      nothing('member_role', 'text'),
    )
    .unionAll([
      db('memberships')
        .where({ person_id: person.id })
        .whereNotNull('approved_at')
        .whereNull('removed_at')
        .select(
          nothing('role', 'text'),
          nothing('pool_id'),
          nothing('contributor_id'),
          'organisation_id',
          'role as member_role',
        ),
    ])
  return {
    personId: person.id,
    name: person.name,
    email: person.email,
    language: person.language,
    isDemo: person.is_demo === 1,
    grants: held.flatMap((h) =>
      h.role === null ? [] : [{ role: h.role, poolId: h.pool_id, contributorId: h.contributor_id }],
    ),
    memberships: held.flatMap((h) =>
      h.organisation_id === null || h.member_role === null
        ? []
        : [{ organisationId: h.organisation_id, role: h.member_role }],
    ),
  }
}

export async function findPersonByEmail(db: Db, email: string): Promise<PersonRow | undefined> {
  return db<PersonRow>('people').where({ email }).first()
}

/** The demo's people with the roles that a visitor can try, in the order they were made. */
export async function listDemoPeople(db: Db): Promise<(PersonRow & { role_count: number })[]> {
  return db('people as p')
    .where({ is_demo: 1 })
    .whereNull('disabled_at')
    .orderBy('p.id')
    .select(
      'p.*',
      db('roles as r')
        .whereRaw('r.person_id = p.id')
        .whereNull('r.ended_at')
        .count()
        .as('role_count'),
    )
}

/** People who hold a role in a pool (or everywhere), not disabled, by name. */
export async function listPeopleWithRole(db: Db, role: Role, poolId: number): Promise<PersonRow[]> {
  return db<PersonRow>('people as p')
    .whereIn(
      'p.id',
      db('roles')
        .where({ role })
        .whereNull('ended_at')
        .andWhere((q) => void q.whereNull('pool_id').orWhere('pool_id', poolId))
        .select('person_id'),
    )
    .whereNull('p.disabled_at')
    .orderBy('p.id')
    .select('p.*')
}

/** The ids of people with this in their name or mail address, in large letters or small. */
export function peopleNamed(db: Db, text: string) {
  const like = isPostgres(db) ? 'ilike' : 'like'
  const parts = ['name', 'email'].map((column) => `${column} ${like} ? escape '\\'`)
  return db('people')
    .whereRaw(
      `(${parts.join(' or ')})`,
      parts.map(() => containing(text)),
    )
    .select('id')
}
