import type { HistoryRow } from '../db/case-tables.ts'
import { exclusionOf } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import { peopleNamed } from '../people/queries.ts'
import type { Actor } from '../shared/actor.ts'
import { poolsWithRole } from '../shared/actor.ts'

/** Everything that happened in a case, oldest first. */
export async function listHistory(db: Db, applicationId: number): Promise<HistoryRow[]> {
  return db<HistoryRow>('history').where({ application_id: applicationId }).orderBy('id')
}

/** What is asked of the history of everything; an empty text asks nothing. */
export type AuditFilter = {
  machine: string
  event: string
  /** A part of a name or mail address. */
  who: string
  /** A whole case number. */
  reference: string
  /** From and to before these instants (UTC). */
  from: string
  before: string
}

/** Where a page begins or ends. */
export type AuditCursor = { at: string; id: number; way: 'after' | 'before' }

type Named<P extends string> = Record<`${P}_da` | `${P}_en`, string | null>
export type AuditLine = HistoryRow &
  Named<'pool'> &
  Named<'contributor'> & {
    actor_name: string | null
    actor_email: string | null
    reference: string | null
    round_closes_at: string | null
    contribution_year: number | null
    organisation_name: string | null
    subject_name: string | null
    subject_email: string | null
  }

/**
 * The lines that this administrator may read and the filter lets through, in no order. Who
 * administers one pool reads what happened to it and in it; who got access to what is for those
 * who administer everything. Nobody reads of a case that they are barred from.
 */
function found(db: Db, actor: Actor, filter: AuditFilter) {
  const query = db('history as h').whereNotExists(exclusionOf(db, actor, 'h.application_id'))
  const pools = poolsWithRole(actor, 'administrator')
  if (pools !== null) void query.where((q) => void inPools(db, q, pools))
  if (filter.machine !== '') void query.where('h.machine', filter.machine)
  if (filter.event !== '') void query.where('h.event', filter.event)
  if (filter.from !== '') void query.where('h.at', '>=', filter.from)
  if (filter.before !== '') void query.where('h.at', '<', filter.before)
  if (filter.reference !== '') {
    const cases = db('applications').where({ reference: filter.reference }).select('id')
    void query.whereIn('h.application_id', cases)
  }
  if (filter.who !== '') {
    void query.whereIn('h.actor_id', peopleNamed(db, filter.who))
  }
  return query
}

type Query = ReturnType<Db['select']>

/** What belongs to these pools: their cases, themselves, their rounds, contributors and money. */
function inPools(db: Db, query: Query, pools: number[]): void {
  const of = (table: string) => db(table).whereIn('pool_id', pools).select('id')
  void query
    .whereIn('h.application_id', of('applications'))
    .orWhereIn(
      'h.chain',
      pools.map((id) => `pool:${id}`),
    )
    .orWhere((q) => void q.where('h.machine', 'round').whereIn('h.row_id', of('rounds')))
    .orWhere(
      (q) => void q.where('h.machine', 'contributor').whereIn('h.row_id', of('contributors')),
    )
    .orWhere(
      (q) =>
        void q
          .where('h.machine', 'contribution')
          .whereIn(
            'h.row_id',
            db('contributions').whereIn('contributor_id', of('contributors')).select('id'),
          ),
    )
}

export const auditPerPage = 50

/** One page of the history, newest first, with one line more than a page when there are more. */
export async function listAudit(
  db: Db,
  actor: Actor,
  filter: AuditFilter,
  cursor: AuditCursor | null,
  limit: number = auditPerPage + 1,
): Promise<AuditLine[]> {
  const isBack = cursor?.way === 'before'
  const runs = isBack ? 'asc' : 'desc'
  const page = found(db, actor, filter)
    .modify((q) => {
      if (cursor)
        void q.whereRaw(`(h.at, h.id) ${isBack ? '>' : '<'} (?, ?)`, [cursor.at, cursor.id])
    })
    .orderBy('h.at', runs)
    .orderBy('h.id', runs)
    .limit(limit)
    .select('h.*')
  const rows = await db
    .from(page.as('h'))
    .leftJoin('people as p', 'p.id', 'h.actor_id')
    .leftJoin('applications as a', 'a.id', 'h.application_id')
    .leftJoin('pools as o', (join) => void join.on('h.chain', db.raw("'pool:' || o.id")))
    .joinRaw("left join rounds as r on h.machine = 'round' and r.id = h.row_id")
    .joinRaw("left join contributions as k on h.machine = 'contribution' and k.id = h.row_id")
    .leftJoin('pool_years as y', 'y.id', 'k.pool_year_id')
    .joinRaw(
      `left join contributors as c on c.id =
        case h.machine when 'contributor' then h.row_id else k.contributor_id end`,
    )
    .joinRaw("left join people as s on h.machine = 'person' and s.id = h.row_id")
    .joinRaw("left join organisations as g on h.machine = 'member' and g.id = h.row_id")
    .orderBy('h.at', runs)
    .orderBy('h.id', runs)
    .select<AuditLine[]>(
      'h.*',
      'p.name as actor_name',
      'p.email as actor_email',
      'a.reference',
      'o.name_da as pool_da',
      'o.name_en as pool_en',
      'c.name_da as contributor_da',
      'c.name_en as contributor_en',
      'r.closes_at as round_closes_at',
      'y.year as contribution_year',
      'g.name as organisation_name',
      's.name as subject_name',
      's.email as subject_email',
    )
  return isBack ? rows.reverse() : rows
}

/** The names of these people, by id. One statement. */
export async function namesOfPeople(db: Db, ids: number[]): Promise<Map<number, string>> {
  const rows = await db('people')
    .whereIn('id', ids)
    .select<{ id: number; name: string; email: string }[]>('id', 'name', 'email')
  return new Map(rows.map((p) => [p.id, p.name || p.email]))
}
