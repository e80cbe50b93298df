import type { Db } from '../db/connection.ts'
import type { CaseNoteRow, DeadlineRow } from '../db/tables.ts'
import { NotFound } from '../shared/errors.ts'
import { sha256 } from '../shared/secrets.ts'

export type NoteLine = CaseNoteRow & { author_name: string }

/** The notes of a case, oldest first. */
export async function listNotes(db: Db, applicationId: number): Promise<NoteLine[]> {
  return db('case_notes as n')
    .join('people as p', 'p.id', 'n.author_id')
    .where('n.application_id', applicationId)
    .orderBy('n.number')
    .select('n.*', 'p.name as author_name')
}

/** What an official may move by hand; the answer date of a decision is postponed as a step. */
export const movableKinds = [
  'informationDue',
  'hearingDue',
  'acceptanceCall',
  'adviceOfferDue',
  'reviewDue',
  'reportDue',
] as const
export type MovableKind = (typeof movableKinds)[number]

export type MovableDeadline = DeadlineRow & { kind: MovableKind }

/** Deadlines of a case that run and can be moved, by date. */
export async function listMovableDeadlines(
  db: Db,
  applicationId: number,
): Promise<MovableDeadline[]> {
  return db('deadlines')
    .where({ application_id: applicationId })
    .whereNull('handled_at')
    .whereIn('kind', movableKinds)
    .orderBy('due_at')
    .orderBy('id')
    .select<MovableDeadline[]>('*')
}

/** One of them; throws NotFound. */
export async function getMovableDeadline(
  db: Db,
  applicationId: number,
  id: number,
): Promise<MovableDeadline> {
  const rows = await listMovableDeadlines(db, applicationId)
  const row = rows.find((d) => d.id === id)
  if (!row) throw new NotFound()
  return row
}

/** What history keeps of a note, so that the doctor can tell whether it still is what was written. */
export const noteHash = (row: Omit<CaseNoteRow, 'id'>): string =>
  sha256(
    JSON.stringify([
      row.application_id,
      row.number,
      row.kind,
      row.party,
      row.body,
      row.happened_on,
      row.author_id,
      row.created_at,
    ]),
  )
