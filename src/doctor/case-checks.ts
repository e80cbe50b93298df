import { statusesWith } from '../../workflows/lifecycle.ts'
import type { Db } from '../db/connection.ts'
import type { CaseNoteRow } from '../db/tables.ts'
import { erasing } from '../history/record-history.ts'
import { noteHash } from '../casework/queries.ts'
import { searchedCases, searchTextOf } from '../applications/record-search.ts'
import type { Check } from './walk.ts'
import { readDetails, walk } from './walk.ts'

/** What hangs on a case: its money, its clock, its impartial hands. */
export const caseChecks: Check[] = [
  { name: 'every case that holds money has one grant in force', find: findMoneyless },
  { name: 'no clock runs on a case that has ended', find: findRunningClocks },
  { name: 'every note is as it was written', find: findChangedNotes },
  { name: 'every case is found by its own words', find: findUnsearchable },
  { name: 'nobody decided or approved against their own exclusion', find: findConflicted },
]

async function findMoneyless(db: Db): Promise<string[]> {
  const rows = await db('applications as a')
    .leftJoin(
      'grants as g',
      (join) => void join.on('g.application_id', 'a.id').onNull('g.ended_at'),
    )
    .whereIn('a.status', statusesWith('application', 'holdsMoney'))
    .groupBy('a.id', 'a.reference', 'a.status')
    .havingRaw('count(g.id) <> 1')
    .orderBy('a.id')
    .select<{ reference: string; status: string; grants: number }[]>(
      'a.reference',
      'a.status',
      db.raw('count(g.id) as grants'),
    )
  return rows.map((a) => `${a.reference} (${a.status}): ${a.grants} grants in force`)
}

async function findRunningClocks(db: Db): Promise<string[]> {
  const rows = await db('deadlines as d')
    .join('applications as a', 'a.id', 'd.application_id')
    .whereIn('a.status', statusesWith('application', 'ended'))
    .whereNull('d.handled_at')
    .orderBy('d.id')
    .select<{ reference: string; kind: string }[]>('a.reference', 'd.kind')
  return rows.map((d) => `${d.reference}: ${d.kind}`)
}

async function findChangedNotes(db: Db): Promise<string[]> {
  const kept = new Map<number, string>()
  const lines = await db('history')
    .where({ machine: 'note', event: 'takeNote' })
    .orWhere({ machine: erasing, event: 'erase' })
    .orderBy('id')
    .select<{ row_id: number; details: string }[]>('row_id', 'details')
  for (const line of lines) {
    const said = readDetails<{ hash: string; notes: Record<string, string> }>(line.details)
    // An erasure says what is left of the notes of its case.
    const told = said.notes ? Object.entries(said.notes) : [[line.row_id, said.hash ?? ''] as const]
    for (const [id, hash] of told) kept.set(Number(id), hash)
  }
  const faults: string[] = []
  for await (const page of walk<CaseNoteRow>(db, 'case_notes', ['id', 'number'])) {
    for (const { id, ...note } of page) {
      if (kept.get(id) !== noteHash(note)) faults.push(`note ${id}: was changed`)
      kept.delete(id)
    }
  }
  return [...faults, ...[...kept.keys()].map((id) => `note ${id}: is gone`)]
}

async function findUnsearchable(db: Db): Promise<string[]> {
  const rows = await searchedCases(db)
  return rows
    .filter((it) => it.search_text !== searchTextOf(it))
    .map((it) => `${it.reference}: its search text is of another day`)
}

async function findConflicted(db: Db): Promise<string[]> {
  const barred = statusesWith('review', 'barred')
  const rows = await db('decisions as d')
    .join('applications as a', 'a.id', 'd.application_id')
    .join(
      'reviews as r',
      (join) =>
        void join.on('r.application_id', 'd.application_id').andOn('r.reviewer_id', 'd.decided_by'),
    )
    .whereIn('r.status', barred)
    .orderBy('d.id')
    .select<{ reference: string; id: number }[]>('a.reference', 'd.id')
  return rows.map((d) => `${d.reference}: decision ${d.id}`)
}
