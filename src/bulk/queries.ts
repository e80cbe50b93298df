import { statusesWith } from '../../workflows/lifecycle.ts'
import { exclusionOf } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import type { BulkItemRow, BulkRunRow, PersonRow } from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { poolsWithRole } from '../shared/actor.ts'
import { NotFound } from '../shared/errors.ts'

export const bulkActions = [
  'assignHandler',
  'inviteReviewer',
  'startReview',
  'completeReview',
  'extendDeadline',
  'postpone',
  'sendMessage',
] as const satisfies readonly BulkRunRow['action'][]
export type BulkAction = BulkRunRow['action']

/** The most cases that one run takes. */
export const casesPerRun = 200

/** A case as it was chosen, with what tells whether something is done already. */
export type Chosen = {
  id: number
  reference: string
  title: string
  organisation_name: string
  pool_id: number
  version: number
  case_handler_id: number | null
  decision_expected_on: string | null
}

const chosenColumns = [
  'a.id',
  'a.reference',
  'a.title',
  'o.name as organisation_name',
  'a.pool_id',
  'a.version',
  'a.case_handler_id',
  'a.decision_expected_on',
] as const

/** The cases of these numbers that the secretariat has this person may act on; others are left out. */
export async function listChosen(db: Db, actor: Actor, references: string[]): Promise<Chosen[]> {
  const pools = poolsWithRole(actor, 'secretariat')
  const query = db('applications as a')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .whereIn('a.reference', references)
    .whereIn('a.status', statusesWith('application', 'official'))
    .whereNotExists(exclusionOf(db, actor, 'a.id'))
    .orderBy('a.id')
    .select<Chosen[]>(...chosenColumns)
  if (pools !== null) void query.whereIn('a.pool_id', pools)
  return query
}

/** One's own run; throws NotFound for anybody else's. */
export async function getRun(db: Db, actor: Actor, id: number): Promise<BulkRunRow> {
  const run = await db<BulkRunRow>('bulk_runs').where({ id, person_id: actor.personId }).first()
  if (!run) throw new NotFound()
  return run
}

export type ItemLine = BulkItemRow & Omit<Chosen, 'id' | 'version'>

/** The cases of a run that this person may still know of, in the order chosen, each with how it went. */
export async function listItems(db: Db, actor: Actor, runId: number): Promise<ItemLine[]> {
  const pools = poolsWithRole(actor, 'secretariat')
  const query = db('bulk_items as i')
    .join('applications as a', 'a.id', 'i.application_id')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .where('i.run_id', runId)
    .whereNotExists(exclusionOf(db, actor, 'a.id'))
    .orderBy('i.id')
    .select<ItemLine[]>(
      'i.*',
      ...chosenColumns.filter((column) => column !== 'a.id' && column !== 'a.version'),
    )
  if (pools !== null) void query.whereIn('a.pool_id', pools)
  return query
}

/** People who hold the role in one of these pools, by name. */
export async function listPeopleIn(
  db: Db,
  role: 'secretariat' | 'reviewer',
  poolIds: number[],
): Promise<PersonRow[]> {
  return db<PersonRow>('people as p')
    .whereNull('p.disabled_at')
    .whereIn(
      'p.id',
      db('roles')
        .where({ role })
        .whereNull('ended_at')
        .andWhere((q) => void q.whereNull('pool_id').orWhereIn('pool_id', poolIds))
        .select('person_id'),
    )
    .orderBy('p.name')
    .select('p.*')
}

/** What somebody is called. */
export async function nameOf(db: Db, personId: number): Promise<string> {
  const person = await db<PersonRow>('people').where({ id: personId }).first('name', 'email')
  return person === undefined ? '' : person.name || person.email
}
