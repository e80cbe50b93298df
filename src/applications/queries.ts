import { permits, statusesWith } from '../../workflows/lifecycle.ts'
import type { Tag } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import type {
  ApplicationRow,
  DeadlineRow,
  InformationRequestRow,
  MessageRow,
  OrganisationRow,
  PoolRow,
  RoundRow,
  TaskRow,
} from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { poolsWithRole, rolesInCase } from '../shared/actor.ts'
import { NotFound } from '../shared/errors.ts'

export type Case = {
  application: ApplicationRow
  pool: PoolRow
  round: RoundRow
  organisation: OrganisationRow
}

/**
 * The case of this reference, if this person may know of it: a member of the organisation, an
 * official of the pool who is not excluded from it, never a stranger; and a draft only by its own.
 * Throws NotFound otherwise, whether or not it exists.
 */
export async function getCase(db: Db, actor: Actor, reference: string): Promise<Case> {
  const found = await findCase(db, reference)
  if (!found || !(await maySee(db, actor, found.application))) throw new NotFound()
  return found
}

/** The case a row of another table hangs on; who may see it was settled at that row. */
export async function getCaseById(db: Db, id: number): Promise<Case> {
  const row = await db<ApplicationRow>('applications').where({ id }).first('reference')
  const found = row && (await findCase(db, row.reference))
  if (!found) throw new NotFound()
  return found
}

export async function findCase(db: Db, reference: string): Promise<Case | undefined> {
  const application = await db<ApplicationRow>('applications').where({ reference }).first()
  if (!application) return undefined
  const pool = await db<PoolRow>('pools').where({ id: application.pool_id }).first()
  const round = await db<RoundRow>('rounds').where({ id: application.round_id }).first()
  const organisation = await db<OrganisationRow>('organisations')
    .where({ id: application.organisation_id })
    .first()
  if (!pool || !round || !organisation) throw new Error(`case ${reference} is not whole`)
  return { application, pool, round, organisation }
}

/** Officials who see whole cases; reviewers and contributors have pages of their own. */
const caseRoles = ['secretariat', 'decisionMaker', 'adviser', 'finance'] as const

async function maySee(db: Db, actor: Actor, application: ApplicationRow): Promise<boolean> {
  const roles = rolesInCase(actor, {
    poolId: application.pool_id,
    organisationId: application.organisation_id,
  })
  if (roles.includes('applicant')) return true
  if (permits('application', application.status, 'editable')) return false
  if (!caseRoles.some((role) => roles.includes(role))) return false
  return !(await isExcluded(db, actor.personId, application.id))
}

/** Excluded from a case for a conflict of interest: it does not exist for this person. */
export async function isExcluded(
  db: Db,
  personId: number,
  applicationId: number,
): Promise<boolean> {
  const row = await db('reviews')
    .where({ application_id: applicationId, reviewer_id: personId })
    .whereIn('status', statusesWith('review', 'barred'))
    .first<{ id: number } | undefined>('id')
  return row !== undefined
}

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

/** The cases of the organisations this person is a member of, newest first. */
export async function listOwnCases(db: Db, actor: Actor): Promise<CaseLine[]> {
  const ids = actor.memberships.map((m) => m.organisationId)
  return lines(db).whereIn('a.organisation_id', ids).orderBy('a.id', 'desc')
}

/** Cases in these statuses within the pools where the person holds the role, oldest first. */
export async function listCasesForRole(
  db: Db,
  actor: Actor,
  role: 'secretariat' | 'decisionMaker' | 'adviser',
  filter: {
    statuses: string[]
    search?: string
    /** Mine are also those of whoever I stand in for on this day, `YYYY-MM-DD`. */
    handler?: 'mine' | 'nobody' | 'any'
    on?: string
    limit?: number
  },
): Promise<CaseLine[]> {
  const pools = poolsWithRole(actor, role)
  const query = lines(db).whereIn('a.status', filter.statuses)
  if (pools !== null) void query.whereIn('a.pool_id', pools)
  if (filter.handler === 'mine') {
    void query.where(
      (q) =>
        void q.where('a.case_handler_id', actor.personId).orWhereIn(
          'a.case_handler_id',
          db('leaves')
            .where({ substitute_id: actor.personId })
            .whereNull('ended_at')
            .andWhere('from_on', '<=', filter.on ?? '')
            .andWhere('to_on', '>=', filter.on ?? '')
            .select('person_id'),
        ),
    )
  }
  if (filter.handler === 'nobody') void query.whereNull('a.case_handler_id')
  if (filter.search) {
    const like = `%${filter.search.replace(/[\\%_]/g, (c) => `\\${c}`)}%`
    void query.andWhereRaw("a.search_text like ? escape '\\'", [like])
  }
  void query.whereNotExists(
    db('reviews as x')
      .whereRaw('x.application_id = a.id')
      .andWhere('x.reviewer_id', actor.personId)
      .whereIn('x.status', statusesWith('review', 'barred')),
  )
  return query
    .orderBy('a.submitted_at')
    .orderBy('a.id')
    .limit(filter.limit ?? 200)
}

export async function listMessages(
  db: Db,
  applicationId: number,
): Promise<(MessageRow & { author_name: string })[]> {
  return db('messages as m')
    .join('people as p', 'p.id', 'm.author_id')
    .where('m.application_id', applicationId)
    .orderBy('m.id')
    .select('m.*', 'p.name as author_name')
}

export async function listInformationRequests(
  db: Db,
  applicationId: number,
): Promise<InformationRequestRow[]> {
  return db<InformationRequestRow>('information_requests')
    .where({ application_id: applicationId })
    .orderBy('id')
}

export async function listOpenTasks(db: Db, applicationId: number): Promise<TaskRow[]> {
  return db<TaskRow>('tasks')
    .where({ application_id: applicationId })
    .whereNull('done_at')
    .orderBy('id')
}

/** Deadlines of a case that have not fired, by date. */
export async function listOpenDeadlines(db: Db, applicationId: number) {
  return db('deadlines')
    .where({ application_id: applicationId })
    .whereNull('handled_at')
    .orderBy('due_at')
    .select<{ kind: string; due_at: string }[]>('kind', 'due_at')
}

export const isTagged = (application: ApplicationRow, tag: Tag): boolean =>
  permits('application', application.status, tag)

/** Deadlines whose time has come, oldest first, a batch at a time. */
export async function listDueDeadlines(
  db: Db,
  now: string,
): Promise<(DeadlineRow & { reference: string; report_number: number | null })[]> {
  return db('deadlines as d')
    .join('applications as a', 'a.id', 'd.application_id')
    .leftJoin('reports as r', 'r.id', 'd.report_id')
    .whereNull('d.handled_at')
    .andWhere('d.due_at', '<=', now)
    .andWhere((q) => void q.whereNull('d.try_at').orWhere('d.try_at', '<=', now))
    .orderBy('d.due_at')
    .orderBy('d.id')
    .limit(200)
    .select('d.*', 'a.reference', 'r.number as report_number')
}
