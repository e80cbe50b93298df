import { listMessages, listInformationRequests } from '../applications/queries.ts'
import type { NoteLine } from '../casework/queries.ts'
import { listNotes } from '../casework/queries.ts'
import type { OutboxRow, RecommendationRow, ReportRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { ApplicationRow, InformationRequestRow, MessageRow } from '../db/tables.ts'
import type { DecisionLine } from '../decisions/queries.ts'
import { listDecisions } from '../decisions/queries.ts'
import { listReports } from '../reports/queries.ts'
import type { ReviewLine } from '../reviews/queries.ts'
import { listReviews } from '../reviews/queries.ts'

export const documentKinds = [
  'application',
  'message',
  'informationRequest',
  'note',
  'review',
  'recommendation',
  'decision',
  'report',
  'mail',
] as const
export type DocumentKind = (typeof documentKinds)[number]

type RecommendationLine = RecommendationRow & { preparer_name: string }
export type MailGroup = { mail: OutboxRow; to: string[]; toApplicants: boolean }

type Rows = {
  application: ApplicationRow
  message: MessageRow & { author_name: string }
  informationRequest: InformationRequestRow
  note: NoteLine
  review: ReviewLine
  recommendation: RecommendationLine
  decision: DecisionLine
  report: ReportRow
  mail: MailGroup
}

/** One document of a case: what it is, which row, when it came to be, and the row itself. */
export type DocumentRow = {
  [K in DocumentKind]: { kind: K; id: number; at: string; row: Rows[K] }
}[DocumentKind]

/** Every document of a sent case in the order they came to be, numbered by their place in it. */
export async function listDocuments(db: Db, application: ApplicationRow): Promise<DocumentRow[]> {
  const { id } = application
  const documents: DocumentRow[] = [
    {
      kind: 'application',
      id,
      at: application.submitted_at ?? application.created_at,
      row: application,
    },
  ]
  for (const row of await listMessages(db, id)) {
    documents.push({ kind: 'message', id: row.id, at: row.created_at, row })
  }
  for (const row of await listInformationRequests(db, id)) {
    documents.push({ kind: 'informationRequest', id: row.id, at: row.asked_at, row })
  }
  for (const row of await listNotes(db, id)) {
    documents.push({ kind: 'note', id: row.id, at: row.created_at, row })
  }
  for (const row of await listReviews(db, id)) {
    if (row.submitted_at !== null) {
      documents.push({ kind: 'review', id: row.id, at: row.submitted_at, row })
    }
  }
  for (const row of await listRecommendations(db, id)) {
    documents.push({ kind: 'recommendation', id: row.id, at: row.prepared_at, row })
  }
  for (const row of await listDecisions(db, id)) {
    documents.push({ kind: 'decision', id: row.id, at: row.decided_at, row })
  }
  for (const row of await listReports(db, id)) {
    if (row.submitted_at !== null) {
      documents.push({ kind: 'report', id: row.id, at: row.submitted_at, row })
    }
  }
  for (const group of await listMailGroups(db, application)) {
    documents.push({ kind: 'mail', id: group.mail.id, at: group.mail.created_at, row: group })
  }
  return documents.sort(
    (a, b) =>
      (a.at < b.at ? -1 : a.at > b.at ? 1 : 0) ||
      documentKinds.indexOf(a.kind) - documentKinds.indexOf(b.kind) ||
      a.id - b.id,
  )
}

async function listRecommendations(db: Db, applicationId: number): Promise<RecommendationLine[]> {
  return db('recommendations as r')
    .join('people as p', 'p.id', 'r.prepared_by')
    .where('r.application_id', applicationId)
    .orderBy('r.id')
    .select('r.*', 'p.name as preparer_name')
}

/** The mails of a case; one that went to several people at once is one document. */
async function listMailGroups(db: Db, application: ApplicationRow): Promise<MailGroup[]> {
  const mails = await db<OutboxRow>('outbox')
    .where({ application_id: application.id })
    .orderBy('id')
    .select('*')
  const members = await db('memberships')
    .where({ organisation_id: application.organisation_id })
    .whereNotNull('approved_at')
    .pluck<number[]>('person_id')
  const groups = new Map<string, MailGroup>()
  for (const mail of mails) {
    const key = `${mail.template} ${mail.created_at} ${mail.history_id ?? ''}`
    const group = groups.get(key) ?? { mail, to: [], toApplicants: false }
    group.to.push(mail.to_address)
    group.toApplicants ||= mail.person_id !== null && members.includes(mail.person_id)
    groups.set(key, group)
  }
  return [...groups.values()]
}
