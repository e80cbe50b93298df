import { instalment } from '../../workflows/instalment.machine.ts'
import { arrowsOf, metaOf, permits, statusesWith } from '../../workflows/lifecycle.ts'
import { exclusionOf } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import type { Actor } from '../shared/actor.ts'
import { poolsWithRole } from '../shared/actor.ts'

/** One thing that waits for the secretariat; `due` is a day, or the moment it came. */
export type DueLine = {
  kind: 'decision' | 'task' | 'review' | 'conflict' | 'report' | 'instalment' | 'fileRequest'
  /** The kind of task, the name of the reviewer, the number of the report, instalment or file request. */
  detail: string
  due: string
  reference: string
  title: string
  status: string
  organisation_name: string
  pool_da: string
  pool_en: string
  handler_id: number | null
  handler_name: string | null
}

/** Whose cases: those of these people, those of nobody, or those of anybody but these people. */
export type DueFor = { handlers: number[] } | { handlers: 'nobody' } | { not: number[] }

/** The most things that one list shows. */
export const dueMost = 50

type Source = { kind: DueLine['kind']; from: ReturnType<Db['select']>; detail: string; due: string }

/**
 * What waits for the secretariat in this person's pools, soonest first, with one more than is
 * shown when there are more. Each source gives its first ones by an index: one statement, whose
 * cost does not grow with the number of cases.
 */
export async function listDue(
  db: Db,
  actor: Actor,
  whose: DueFor,
  today: string,
): Promise<DueLine[]> {
  const [first, ...others] = sources(db, today).map((source) => {
    const part = scoped(db, source.from, actor, whose)
      .orderBy(source.due)
      .limit(dueMost + 1)
      .select('a.id as application_id')
      .select(
        db.raw(`'${source.kind}' as kind`),
        db.raw(`${source.detail} as detail`),
        db.raw(`${source.due} as due`),
      )
    return db.select('*').from(part.as('s'))
  })
  if (!first) return []
  return db
    .from(first.unionAll(others).as('d'))
    .join('applications as a', 'a.id', 'd.application_id')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .join('pools as p', 'p.id', 'a.pool_id')
    .leftJoin('people as h', 'h.id', 'a.case_handler_id')
    .orderBy('d.due')
    .orderBy('a.id')
    .limit(dueMost + 1)
    .select<DueLine[]>(
      'd.kind',
      'd.detail',
      'd.due',
      'a.reference',
      'a.title',
      'a.status',
      'o.name as organisation_name',
      'p.short_da as pool_da',
      'p.short_en as pool_en',
      'a.case_handler_id as handler_id',
      'h.name as handler_name',
    )
}

const awaited = statusesWith('application', 'awaitsMunicipality')
const beforeDecision = awaited.filter((s) => metaOf('application', s).stage !== 'decision')
const openReviews = statusesWith('review', 'live').filter(
  (s) => !permits('review', s, 'counted') && !permits('review', s, 'barred'),
)
const conflicts = statusesWith('review', 'live').filter((s) => permits('review', s, 'barred'))
const toApprove = arrowsOf(instalment)
  .filter((arrow) => arrow.event === 'approve' && arrow.from !== instalment.initial)
  .map((arrow) => arrow.from)

/** Where things come from: one source for each status, so that its index gives them by date. */
function sources(db: Db, today: string): Source[] {
  const cases = (table: string) =>
    db(`${table} as r`).join('applications as a', 'a.id', 'r.application_id')
  const reviews = (status: string) =>
    cases('reviews')
      .join('people as w', 'w.id', 'r.reviewer_id')
      .where('r.status', status)
      .whereIn('a.status', beforeDecision)
  return [
    ...awaited.map((status): Source => ({
      kind: 'decision',
      from: db('applications as a')
        .where('a.status', status)
        .whereNotNull('a.decision_expected_on'),
      detail: "''",
      due: 'a.decision_expected_on',
    })),
    {
      kind: 'task',
      // A late decision is a line of its own already.
      from: cases('tasks').whereNull('r.done_at').whereNot('r.kind', 'decisionLate'),
      detail: 'r.kind',
      due: 'r.created_at',
    },
    ...openReviews.map((status): Source => ({
      kind: 'review',
      from: reviews(status).andWhere('r.due_on', '<', today),
      detail: 'w.name',
      due: 'r.due_on',
    })),
    ...conflicts.map((status): Source => ({
      kind: 'conflict',
      from: reviews(status),
      detail: 'w.name',
      due: 'r.due_on',
    })),
    {
      kind: 'report',
      from: cases('reports').whereIn('r.status', statusesWith('report', 'awaitsMunicipality')),
      detail: 'cast(r.number as text)',
      due: 'r.submitted_at',
    },
    {
      kind: 'instalment',
      from: cases('instalments').whereIn('r.status', toApprove),
      detail: 'cast(r.number as text)',
      due: 'r.expected_on',
    },
    {
      kind: 'fileRequest',
      from: cases('file_requests').whereNull('r.decided_at'),
      detail: 'cast(r.number as text)',
      due: 'r.due_on',
    },
  ]
}

/** Only cases of the person's pools, of the right people, and none the person is barred from. */
function scoped(db: Db, from: Source['from'], actor: Actor, whose: DueFor): Source['from'] {
  const pools = poolsWithRole(actor, 'secretariat')
  if (pools !== null) void from.whereIn('a.pool_id', pools)
  if ('not' in whose) {
    void from.where(
      (q) => void q.whereNull('a.case_handler_id').orWhereNotIn('a.case_handler_id', whose.not),
    )
  } else if (whose.handlers === 'nobody') void from.whereNull('a.case_handler_id')
  else void from.whereIn('a.case_handler_id', whose.handlers)
  return from.whereNotExists(exclusionOf(db, actor, 'a.id'))
}
