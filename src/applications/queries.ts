import { permits, statusesWith } from '../../workflows/lifecycle.ts'
import type { Db } from '../db/connection.ts'
import type {
  ApplicationRow,
  DeadlineRow,
  InformationRequestRow,
  MessageRow,
  OrganisationRow,
  PoolMoveRow,
  PoolRow,
  RoundRow,
  TaskRow,
} from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { isMember, rolesInCase } from '../shared/actor.ts'
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
  const roles = rolesInCase(actor, application)
  if (isMember(actor, application.organisation_id)) return true
  // A draft is its own people's alone, unless the secretariat is writing it in for them.
  const isDraft = permits('application', application.status, 'editable')
  if (isDraft && !(isBeingEntered(application) && roles.includes('secretariat'))) return false
  if (!caseRoles.some((role) => roles.includes(role))) return false
  return !(await isExcluded(db, actor.personId, application.id))
}

/** Written in by the secretariat for somebody, and never sent: once it was, it is their own. */
export const isBeingEntered = (a: ApplicationRow): boolean =>
  a.entered_by !== null && a.submitted_at === null

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

/**
 * The same in a list of cases, for `whereNotExists`: what excludes this person from the case that
 * the column names.
 */
export const exclusionOf = (db: Db, { personId }: Actor, caseColumn: string) =>
  db('reviews as x')
    .whereRaw('x.application_id = ??', [caseColumn])
    .andWhere('x.reviewer_id', personId)
    .whereIn('x.status', statusesWith('review', 'barred'))

/** The round of a pool that an application can stand in now: the open one, or the next. */
export async function findRoundFor(
  db: Db,
  poolId: number,
  now: string,
): Promise<RoundRow | undefined> {
  return db<RoundRow>('rounds')
    .where({ pool_id: poolId })
    .andWhere('closes_at', '>=', now)
    .orderBy('opens_at')
    .orderBy('closes_at')
    .first()
}

export type OpenMove = PoolMoveRow & { name_da: string; name_en: string }

/** The move to another pool that waits for the applicants' answer, if any. */
export async function findOpenMove(db: Db, applicationId: number): Promise<OpenMove | undefined> {
  return db('pool_moves as m')
    .join('pools as p', 'p.id', 'm.to_pool_id')
    .where('m.application_id', applicationId)
    .whereNull('m.answered_at')
    .first<OpenMove | undefined>('m.*', 'p.name_da', 'p.name_en')
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
