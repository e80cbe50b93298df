import type { HistoryRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { ContributorRow, PersonRow, PoolRow, RoleRow } from '../db/tables.ts'
import { peopleNamed } from '../people/queries.ts'
import type { Actor } from '../shared/actor.ts'
import { poolsWithRole } from '../shared/actor.ts'
import { NotFound } from '../shared/errors.ts'

export type HeldRole = RoleRow & {
  pool_name_da: string | null
  pool_name_en: string | null
  contributor_name_da: string | null
  contributor_name_en: string | null
  contributor_pool_id: number | null
}

export const peoplePerPage = 50

/** People by mail address whom this administrator may know of, a page at a time, those with a role only when asked. */
export async function listPeople(
  db: Db,
  actor: Actor,
  filter: { search: string; withRole: string; after: string },
): Promise<PersonRow[]> {
  const query = peopleOf(db, actor)
  if (filter.search !== '') {
    void query.whereIn('p.id', peopleNamed(db, filter.search))
  }
  if (filter.withRole !== '') {
    const holders = db('roles').whereNull('ended_at').select('person_id')
    if (filter.withRole !== 'any') void holders.where({ role: filter.withRole })
    void query.whereIn('p.id', holders)
  }
  if (filter.after !== '') void query.where('p.email', '>', filter.after)
  return query.orderBy('p.email').limit(peoplePerPage + 1)
}

/** The roles that these people hold now, with the pool or contributor each is for. */
export async function listHeldRoles(db: Db, personIds: number[]): Promise<HeldRole[]> {
  return db('roles as r')
    .leftJoin('pools as p', 'p.id', 'r.pool_id')
    .leftJoin('contributors as c', 'c.id', 'r.contributor_id')
    .whereIn('r.person_id', personIds)
    .whereNull('r.ended_at')
    .orderBy('r.id')
    .select<HeldRole[]>(
      'r.*',
      'p.name_da as pool_name_da',
      'p.name_en as pool_name_en',
      'c.name_da as contributor_name_da',
      'c.name_en as contributor_name_en',
      'c.pool_id as contributor_pool_id',
    )
}

/** Somebody this administrator may know of; NotFound otherwise. */
export async function getPerson(db: Db, actor: Actor, id: number): Promise<PersonRow> {
  const row = await peopleOf(db, actor).where('p.id', id).first()
  if (!row) throw new NotFound()
  return row
}

/**
 * Everybody, for who administers everywhere. In one pool: those with a role in it or everywhere, and
 * whom they invited themselves.
 */
function peopleOf(db: Db, actor: Actor) {
  const query = db<PersonRow>('people as p').select('p.*')
  const pools = poolsWithRole(actor, 'administrator')
  if (pools === null) return query
  return query.where(
    (q) =>
      void q
        .whereIn('p.id', rolesWithin(db, pools).whereNull('r.ended_at').select('r.person_id'))
        .orWhereIn(
          'p.id',
          db('history')
            .where({ machine: 'person', event: 'invitePerson', actor_id: actor.personId })
            .select('row_id'),
        ),
  )
}

/** Roles held everywhere, in these pools, or for a contributor of theirs. */
const rolesWithin = (db: Db, pools: number[]) =>
  db('roles as r')
    .leftJoin('contributors as c', 'c.id', 'r.contributor_id')
    .where(
      (q) =>
        void q
          .whereIn('r.pool_id', pools)
          .orWhereIn('c.pool_id', pools)
          .orWhere((all) => void all.whereNull('r.pool_id').whereNull('r.contributor_id')),
    )

/** The pool that a role belongs to, its contributor's included; null for one held everywhere. */
export async function findPoolOf(
  db: Db,
  role: { pool_id: number | null; contributor_id: number | null },
): Promise<number | null> {
  if (role.contributor_id === null) return role.pool_id
  const row = await db<ContributorRow>('contributors').where({ id: role.contributor_id }).first()
  return row?.pool_id ?? null
}

/** What was done to a person's access, newest first, with who did it. */
export async function listAccessHistory(
  db: Db,
  personId: number,
): Promise<(HistoryRow & { actor_name: string | null })[]> {
  return db('history as h')
    .leftJoin('people as p', 'p.id', 'h.actor_id')
    .where('h.chain', `person:${personId}`)
    .orderBy('h.seq', 'desc')
    .select('h.*', 'p.name as actor_name')
}

/** How many others could still administer, were this person not there. */
export async function countOtherAdministrators(db: Db, personId: number): Promise<number> {
  const row = await db('roles as r')
    .join('people as p', 'p.id', 'r.person_id')
    .where({ 'r.role': 'administrator' })
    .whereNull('r.pool_id') // who administers one pool cannot let anybody in again
    .whereNull('r.ended_at')
    .whereNull('p.disabled_at')
    .whereNot('r.person_id', personId)
    .countDistinct({ n: 'r.person_id' })
    .first<{ n: number }>()
  return Number(row.n)
}

export const listAllPools = (db: Db): Promise<PoolRow[]> => db<PoolRow>('pools').orderBy('id')
export const listAllContributors = (db: Db): Promise<ContributorRow[]> =>
  db<ContributorRow>('contributors').orderBy('sort_key')
