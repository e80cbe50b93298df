import type { HistoryRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { erasedText, ofCase, ofPerson } from '../db/erasable.ts'
import type { ApplicationRow, PersonRow } from '../db/tables.ts'
import { erasing } from '../history/record-history.ts'
import { listSteps } from '../retention/queries.ts'
import { copenhagenInstant } from '../shared/danish.ts'
import type { PastStep } from '../shared/retention.ts'
import { endingOf, eraseOn } from '../shared/retention.ts'
import type { Check } from './walk.ts'
import { readDetails } from './walk.ts'

/** O14: what was erased is gone, was told of, and had had its time. */
export const erasureChecks: Check[] = [
  { name: 'words went when their time was over, and not before', find: findEarly },
  { name: 'whatever is erased says so, and has no words left', find: findLeftOver },
]

type Erasure = Pick<HistoryRow, 'id' | 'chain' | 'row_id' | 'event' | 'details' | 'at'>
type Said = { kind: string; on: string; dueOn: string; months: number }

const erasures = (db: Db) =>
  db<HistoryRow>('history')
    .where({ machine: erasing })
    .orderBy('id')
    .select<Erasure[]>('id', 'chain', 'row_id', 'event', 'details', 'at')

/** The day is computed again from the case's own steps: an erasure cannot be made up for another day. */
async function findEarly(db: Db): Promise<string[]> {
  const faults: string[] = []
  for (const line of await erasures(db)) {
    const row = await db<ApplicationRow>('applications').where({ id: line.row_id }).first()
    const steps = (await listSteps(db, [line.row_id])).get(line.row_id) ?? []
    faults.push(...faultsOf(line, row, steps).map((what) => `history ${line.id}: ${what}`))
  }
  return faults
}

/** Which chain each erasure ends; no other may lose its words. */
const chains: Record<string, string> = {
  erase: 'application',
  eraseDraft: 'draft',
  erasePerson: 'person',
}

function faultsOf(line: Erasure, row: ApplicationRow | undefined, steps: PastStep[]): string[] {
  if (line.chain !== `${chains[line.event] ?? '?'}:${line.row_id}`) {
    return [`nothing is erased in ${line.chain} so`]
  }
  if (line.event === 'eraseDraft' && row) return [`draft ${line.row_id} is still there`]
  const { kind, on = '', dueOn = '', months = 0 } = readDetails<Said>(line.details)
  try {
    const early = line.at < copenhagenInstant(dueOn, '00:00') ? ['erased before its time'] : []
    if (line.event !== 'erase') return early
    const ending = row ? endingOf(row, steps) : null
    const isSo = ending?.on === on && ending.kind === kind
    const days = [0, 1].map((from_year_end) => eraseOn(on, { months, from_year_end }))
    return [
      ...early,
      ...(isSo ? [] : ['its case did not end so']),
      ...(days.includes(dueOn) ? [] : [`${dueOn} is not when its time was over`]),
    ]
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return ['its days cannot be read']
  }
}

async function findLeftOver(db: Db): Promise<string[]> {
  const told = await erasures(db)
  const cases = await db<ApplicationRow>('applications').whereNotNull('erased_at').orderBy('id')
  const people = await db<PersonRow>('people').whereNotNull('erased_at').orderBy('id')
  const faults = [
    ...differing('application', told, 'erase', cases),
    ...differing('person', told, 'erasePerson', people),
    ...people
      .filter((row) => !isGone(row, ofPerson))
      .map((row) => `person ${row.id} has words left`),
  ]
  for (const { table, link, erased } of ofCase) {
    const rows = await rowsOfErased(db, table, link)
    faults.push(
      ...rows
        .filter((row) => !isGone(row, erased))
        .map((row) => `${table} ${row.id} has words left`),
    )
  }
  return faults
}

function rowsOfErased(db: Db, table: string, link: string): Promise<{ id: number }[]> {
  const cases = db('applications').whereNotNull('erased_at').select('id')
  return db(table)
    .whereIn(
      link,
      link === 'review_id' ? db('reviews').whereIn('application_id', cases).select('id') : cases,
    )
    .select('*')
}

/** Rows that say they are erased against the lines that told of it. */
function differing(
  what: string,
  told: Erasure[],
  event: string,
  rows: { id: number; erased_at: string | null }[],
): string[] {
  const lines = new Map(told.filter((l) => l.event === event).map((l) => [l.row_id, l.at]))
  const marked = new Map(rows.map((row) => [row.id, row.erased_at]))
  return [...new Set([...lines.keys(), ...marked.keys()])]
    .filter((id) => lines.get(id) !== marked.get(id))
    .map((id) => `${what} ${id}: its history tells of another erasure`)
}

const isGone = (row: object, erased: Record<string, string | null>): boolean =>
  Object.entries(erased).every(([column, value]) => {
    const left = (row as Record<string, unknown>)[column]
    return left === value || (value === erasedText && (left === null || left === ''))
  })
