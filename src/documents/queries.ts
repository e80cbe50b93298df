import { permits } from '../../workflows/lifecycle.ts'
import { listFiles } from '../attachments/queries.ts'
import { listMessages, listInformationRequests } from '../applications/queries.ts'
import type { NoteLine } from '../casework/queries.ts'
import { listNotes } from '../casework/queries.ts'
import type { AttachmentRow, OutboxRow, RecommendationRow, ReportRow } from '../db/case-tables.ts'
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
  'attachment',
  'note',
  'review',
  'recommendation',
  'decision',
  'report',
  'mail',
] as const
export type DocumentKind = (typeof documentKinds)[number]

/** A document's own name within its case. */
export const keyOf = (d: { kind: DocumentKind; id: number }): string => `${d.kind}-${d.id}`

/** Assessments, and what we wrote to each other about who gives them, and why somebody cannot. */
const isAssessment = (d: DocumentRow): boolean =>
  d.kind === 'review' ||
  d.kind === 'recommendation' ||
  (d.kind === 'mail' && !d.row.toApplicants && /^(review|conflict)/.test(d.row.mail.template))

/** Assessments are closed to everybody outside until the case has been decided, or has ended. */
export const isSealed = (d: DocumentRow, { status }: ApplicationRow): boolean =>
  isAssessment(d) &&
  !permits('application', status, 'decided') &&
  !permits('application', status, 'ended')

type RecommendationLine = RecommendationRow & { preparer_name: string }
export type MailGroup = { mail: OutboxRow; to: string[]; toApplicants: boolean }

type Rows = {
  application: ApplicationRow
  message: MessageRow & { author_name: string }
  informationRequest: InformationRequestRow
  attachment: AttachmentRow
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
  for (const row of await listFiles(db, id)) {
    documents.push({ kind: 'attachment', id: row.id, at: row.created_at, row })
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

const minutesToFetch = 10

/** Whether this history line is this person's own export of this case, from a moment ago. */
export async function isOwnExport(
  db: Db,
  e: { applicationId: number; historyId: number; personId: number; now: string },
): Promise<boolean> {
  const since = new Date(Date.parse(e.now) - minutesToFetch * 60_000).toISOString()
  const line = await db('history')
    .where({ id: e.historyId, application_id: e.applicationId, actor_id: e.personId })
    .andWhere({ machine: 'export' })
    .andWhere('at', '>=', since)
    .first<{ id: number } | undefined>('id')
  return line !== undefined
}

/** The tables whose rows name their case, in the order they are written out. */
const tablesOfCase = [
  'messages',
  'attachments',
  'information_requests',
  'case_notes',
  'reviews',
  'recommendations',
  'decisions',
  'grants',
  'instalments',
  'reports',
  'onward_items',
  'pool_moves',
  'deadlines',
  'tasks',
  'file_requests',
  'ledger_postings',
  'history',
] as const

/** The tables that hang on one of those: which, and by which column. */
const tablesBelow = [
  ['scores', 'review_id', 'reviews'],
  ['grant_shares', 'grant_id', 'grants'],
  ['instalment_shares', 'instalment_id', 'instalments'],
  ['file_request_documents', 'file_request_id', 'file_requests'],
  ['ledger_entries', 'posting_id', 'ledger_postings'],
] as const

/** Every row of a case, by table; mails without the bytes they were sent as. */
export async function readWholeCase(db: Db, { id }: ApplicationRow) {
  const rows: Record<string, { id: number }[]> = {}
  for (const table of tablesOfCase) {
    rows[table] = await db(table).where({ application_id: id }).orderBy('id').select('*')
  }
  for (const [table, column, above] of tablesBelow) {
    const ids = (rows[above] ?? []).map((row) => row.id)
    rows[table] = await db(table).whereIn(column, ids).orderBy('id').select('*')
  }
  rows.outbox = await db<OutboxRow>('outbox')
    .where({ application_id: id })
    .orderBy('id')
    .select('id', 'event', 'language', 'to_address', 'subject', 'text', 'created_at', 'sent_at')
  return rows
}

const personColumns =
  /^(\w+_by|(author|reviewer|actor|person|adviser|case_handler|contact|second_contact|owner)_id)$/

/** Whom and what the ids in these rows stand for: people, criteria, contributors, delegations. */
export async function listNamesIn(db: Db, rows: object[]) {
  // What a file hangs on is a message or an answer, not a person.
  const cells = rows.flatMap((row) =>
    (Object.entries(row) as [string, unknown][]).filter(
      ([column]) => !(column === 'owner_id' && 'owner_kind' in row),
    ),
  )
  const named = (table: string, columns: RegExp, ...shown: string[]): Promise<object[]> => {
    const ids = cells.flatMap(([c, id]) => (columns.test(c) && typeof id === 'number' ? [id] : []))
    return db(table)
      .whereIn('id', [...new Set(ids)])
      .orderBy('id')
      .select('id', ...shown)
  }
  return {
    people: await named('people', personColumns, 'name', 'email'),
    criteria: await named('criteria', /^criterion_id$/, 'code', 'name_da', 'weight'),
    contributors: await named('contributors', /^contributor_id$/, 'code', 'name_da'),
    delegations: await named('delegations', /^delegation_id$/, 'body_da', 'case_number'),
  }
}
