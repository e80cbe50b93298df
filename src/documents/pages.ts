import { answersPage } from '../applications/pages.ts'
import { aboutFile } from '../attachments/pages.ts'
import type { Case } from '../applications/queries.ts'
import type { ReportRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { InformationRequestRow, PoolRow } from '../db/tables.ts'
import type { DecisionLine } from '../decisions/queries.ts'
import { listCriteriaAt } from '../pools/queries.ts'
import type { ReviewLine } from '../reviews/queries.ts'
import { listScores } from '../reviews/queries.ts'
import type { Lang } from '../shared/actor.ts'
import { formatDate, formatDateTime } from '../shared/danish.ts'
import type { Block, Section } from '../shared/letter.ts'
import { row, rowsBlock, textBlock } from '../shared/letter.ts'
import { formatOre } from '../shared/money.ts'
import { t } from '../templates/i18n.ts'
import type { DocumentKind, DocumentRow } from './queries.ts'
import { isSealed, listDocuments } from './queries.ts'

export type CaseDocument = {
  kind: DocumentKind
  id: number
  at: string
  /** Its place in the case, from 1. */
  number: number
  title: string
  /** What it is called to whoever is not given all of it: without the name of who assessed. */
  nameless: string
  blocks: Block[]
  /** The applicants wrote it, or it was sent to them. */
  isTheirs: boolean
  /** Closed to everybody outside for now. */
  isSealed: boolean
}

/** Every document of a case in the words of one language, in the order they came to be. */
export async function documentsOf(db: Db, it: Case, lang: Lang): Promise<CaseDocument[]> {
  const rows = await listDocuments(db, it.application)
  const documents: CaseDocument[] = []
  for (const [i, document] of rows.entries()) {
    const title = titleOf(document, it, lang)
    documents.push({
      kind: document.kind,
      id: document.id,
      at: document.at,
      number: i + 1,
      title,
      nameless: document.kind === 'review' ? t(lang, 'documents.aReview') : title,
      blocks: await blocksOf(db, document, it, lang),
      isTheirs: isTheirs(document),
      isSealed: isSealed(document, it.application),
    })
  }
  return documents
}

function isTheirs(d: DocumentRow): boolean {
  if (d.kind === 'mail') return d.row.toApplicants
  return !(['note', 'review', 'recommendation'] as DocumentKind[]).includes(d.kind)
}

function titleOf(d: DocumentRow, { application }: Case, lang: Lang): string {
  switch (d.kind) {
    case 'message':
      return t(lang, `documents.message.${d.row.side}`)
    case 'informationRequest':
      return t(lang, `documents.informationRequest.${d.row.kind}`)
    case 'attachment':
      return t(lang, 'documents.attachment', { name: d.row.name })
    case 'note': {
      const number = `${application.reference}-${String(d.row.number).padStart(2, '0')}`
      return t(lang, 'documents.note', { number })
    }
    case 'review':
      return t(lang, 'documents.review', { name: d.row.reviewer_name })
    case 'decision':
      return t(lang, `case.decision.${d.row.kind}`)
    case 'report':
      return `${d.row.number}. ${t(lang, `reports.kind.${d.row.kind}`)}`
    case 'mail':
      return t(lang, 'documents.mail', { subject: d.row.mail.subject })
    case 'application':
    case 'recommendation':
      return t(lang, `documents.${d.kind}`)
  }
}

async function blocksOf(db: Db, d: DocumentRow, it: Case, lang: Lang): Promise<Block[]> {
  switch (d.kind) {
    case 'application':
      return answersPage(it, lang).sections.map(({ heading, rows }) => ({
        heading,
        text: '',
        rows: rows.map(({ key, value }) =>
          row(key, value === '' ? t(lang, 'fields.notAnswered') : value),
        ),
      }))
    case 'message':
      return [textBlock(d.row.body)]
    case 'informationRequest':
      return requestBlocks(d.row, lang)
    case 'attachment':
      return [
        rowsBlock([
          row(t(lang, 'documents.file'), aboutFile(d.row, lang)),
          row('SHA-256', d.row.sha256),
        ]),
      ]
    case 'note':
      return [
        rowsBlock([
          row(t(lang, 'casework.noteKind.label'), t(lang, `casework.noteKind.${d.row.kind}`)),
          row(t(lang, 'casework.noteParty'), d.row.party),
          row(t(lang, 'casework.noteDay'), formatDate(d.row.happened_on, lang)),
          row(t(lang, 'documents.writtenBy'), d.row.author_name),
        ]),
        textBlock(d.row.body),
      ]
    case 'review':
      return reviewBlocks(db, d.row, it, lang)
    case 'recommendation':
      return [
        rowsBlock([
          row(t(lang, 'documents.outcome'), t(lang, `case.recommendation.${d.row.outcome}`)),
          row(t(lang, 'common.money.amount'), oreOf(d.row.amount_ore, lang)),
          row(t(lang, 'documents.writtenBy'), d.row.preparer_name),
        ]),
        textBlock(d.row.reasons, t(lang, 'case.reasons')),
        ...(d.row.conditions === ''
          ? []
          : [textBlock(d.row.conditions, t(lang, 'case.conditions'))]),
      ]
    case 'decision':
      return decisionBlocks(d.row, lang)
    case 'report':
      return reportBlocks(d.row, lang)
    case 'mail':
      return [
        rowsBlock([row(t(lang, 'outbox.to'), d.row.to.join(', '))]),
        textBlock(d.row.mail.text.trim()),
      ]
  }
}

const oreOf = (ore: number | null, lang: Lang): string => (ore ? formatOre(ore, lang) : '')

const requestBlocks = (r: InformationRequestRow, lang: Lang): Block[] => [
  textBlock(r.question, t(lang, 'case.weAsked')),
  ...(r.answered_at === null
    ? [textBlock(t(lang, 'case.answerBy', { date: formatDateTime(r.due_at, lang) }))]
    : [
        textBlock(
          r.answer ?? t(lang, 'documents.unanswered'),
          t(lang, 'documents.answered', { date: formatDateTime(r.answered_at, lang) }),
        ),
      ]),
]

async function reviewBlocks(db: Db, r: ReviewLine, it: Case, lang: Lang): Promise<Block[]> {
  const scores = await listScores(db, [r.id])
  const criteria = await listCriteriaAt(db, it.pool.id, it.round.opens_at)
  const given = scores.flatMap((score) => {
    const criterion = criteria.find((c) => c.id === score.criterion_id)
    const name = (lang === 'da' ? criterion?.name_da : criterion?.name_en) ?? ''
    return [row(name, [`${score.score} / 5`, score.comment].filter((x) => x !== '').join('\n'))]
  })
  return [
    rowsBlock([
      row(t(lang, 'case.statusHeading'), t(lang, `lifecycle.review.status.${r.status}`)),
      row(t(lang, 'reviews.conflictSays'), r.conflict_reason ?? ''),
    ]),
    rowsBlock(given, t(lang, 'case.scores')),
    ...(r.comment === '' ? [] : [textBlock(r.comment, t(lang, 'reviews.overall'))]),
  ]
}

export function decisionBlocks(d: DecisionLine, lang: Lang): Block[] {
  const text = (heading: string, body: string) => (body === '' ? [] : [textBlock(body, heading)])
  return [
    rowsBlock([
      row(t(lang, 'case.granted'), d.kind === 'grant' ? oreOf(d.amount_ore, lang) : ''),
      row(t(lang, 'case.owed'), d.kind === 'repay' ? oreOf(d.amount_ore, lang) : ''),
      row(t(lang, 'documents.decidedBy'), (lang === 'da' ? d.body_da : d.body_en) ?? ''),
      row(t(lang, 'documents.caseNumber'), d.case_number ?? ''),
      row(
        t(lang, 'case.statusHeading'),
        d.superseded_at === null ? '' : t(lang, 'case.superseded'),
      ),
    ]),
    ...text(t(lang, 'case.conditions'), d.conditions),
    ...text(t(lang, 'case.reasons'), d.reasons),
    ...text(t(lang, 'case.rule'), d.rule),
    ...text(t(lang, 'case.onwardHelp'), d.onward_help),
  ]
}

const reportBlocks = (r: ReportRow, lang: Lang): Block[] => [
  rowsBlock([
    row(t(lang, 'case.statusHeading'), t(lang, `lifecycle.report.status.${r.status}`)),
    ...(['done', 'learned', 'result', 'onward'] as const).map((field) =>
      row(t(lang, `reports.field.${field}.label`), r[field]),
    ),
    row(t(lang, 'reports.field.spent.label'), oreOf(r.spent_ore, lang)),
    row(t(lang, 'reports.returned'), r.returned_reason ?? ''),
  ]),
]

export const section = (heading: string, blocks: Block[], meta = ''): Section => ({
  heading,
  meta,
  blocks: blocks.filter((b) => b.text !== '' || b.rows.length > 0),
})

export const documentSection = (d: CaseDocument, lang: Lang): Section =>
  section(d.title, d.blocks, formatDateTime(d.at, lang))

/** Whom to ask about a case, as it is now: letters of the past, too, lead to somebody who answers. */
export const whomToAsk = (pool: PoolRow, lang: Lang): string =>
  t(lang, 'form.call', {
    name: pool.contact_name,
    phone: pool.contact_phone,
    email: pool.contact_email,
  })
