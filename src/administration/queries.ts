import type { HistoryRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { ContributorRow, PersonRow, PoolRow, RoleRow } from '../db/tables.ts'
import { NotFound } from '../shared/errors.ts'

export type HeldRole = RoleRow & {
  pool_name_da: string | null
  pool_name_en: string | null
  contributor_name_da: string | null
  contributor_name_en: string | null
}

export const peoplePerPage = 50

/** People by mail address, a page at a time, those with a role only when asked; for administrators. */
export async function listPeople(
  db: Db,
  filter: { search: string; withRole: string; after: string },
): Promise<PersonRow[]> {
  const query = db<PersonRow>('people as p').select('p.*')
  if (filter.search !== '') {
    const like = `%${filter.search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    void query.whereRaw("(p.email like ? escape '\\' or p.name like ? escape '\\')", [like, like])
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
    )
}

export async function getPerson(db: Db, id: number): Promise<PersonRow> {
  const row = await db<PersonRow>('people').where({ id }).first()
  if (!row) throw new NotFound()
  return row
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
