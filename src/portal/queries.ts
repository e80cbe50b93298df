import { statusesWith } from '../../workflows/lifecycle.ts'
import { exclusionOf } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import type { ApplicationRow } from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { poolsWithRole } from '../shared/actor.ts'

export type CaseLine = ApplicationRow & {
  organisation_name: string
  pool_code: string
  pool_name_da: string
  pool_name_en: string
  handler_name: string | null
}

function lines(db: Db) {
  return db('applications as a')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .join('pools as p', 'p.id', 'a.pool_id')
    .leftJoin('people as h', 'h.id', 'a.case_handler_id')
    .select<CaseLine[]>(
      'a.*',
      'o.name as organisation_name',
      'p.code as pool_code',
      'p.name_da as pool_name_da',
      'p.name_en as pool_name_en',
      'h.name as handler_name',
    )
}

/** What the secretariat is writing in for others, and has not sent, in this person's pools. */
export async function listBeingEntered(db: Db, actor: Actor): Promise<CaseLine[]> {
  const pools = poolsWithRole(actor, 'secretariat')
  const query = lines(db)
    .whereIn('a.status', statusesWith('application', 'editable'))
    .whereNotNull('a.entered_by')
    .whereNull('a.submitted_at')
    .orderBy('a.id', 'desc')
    .limit(50)
  if (pools !== null) void query.whereIn('a.pool_id', pools)
  return query
}

/** The cases of the organisations this person is a member of, newest first. */
export async function listOwnCases(db: Db, actor: Actor): Promise<CaseLine[]> {
  const ids = actor.memberships.map((m) => m.organisationId)
  return lines(db).whereIn('a.organisation_id', ids).orderBy('a.id', 'desc')
}

/** Cases in these statuses within the pools where the person holds the role, the most urgent first. */
export async function listCasesForRole(
  db: Db,
  actor: Actor,
  role: 'decisionMaker' | 'adviser',
  { statuses }: { statuses: string[] },
): Promise<CaseLine[]> {
  const pools = poolsWithRole(actor, role)
  const first = db('applications as f')
    .whereIn('f.status', statuses)
    .whereNotExists(exclusionOf(db, actor, 'f.id'))
    .orderBy('f.decision_expected_on')
    .orderBy('f.id')
    .limit(200)
    .select('f.id')
  if (pools !== null) void first.whereIn('f.pool_id', pools)
  return lines(db).whereIn('a.id', first).orderBy('a.decision_expected_on').orderBy('a.id')
}
