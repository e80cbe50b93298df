import { permits } from '../../workflows/lifecycle.ts'
import { listOnwardItems } from '../advice/queries.ts'
import type { Case } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import { listDecisions } from '../decisions/queries.ts'
import type { DecisionRow, HistoryRow } from '../db/case-tables.ts'
import { eventWords } from '../history/describe-line.ts'
import { listHistory, namesOfPeople } from '../history/queries.ts'
import { isTold } from '../history/timeline.ts'
import { listInstalments } from '../instalments/queries.ts'
import type { Lang } from '../shared/actor.ts'
import { formatDate, formatDateTime } from '../shared/danish.ts'
import { NotFound } from '../shared/errors.ts'
import type { Letter, LetterRow, Section } from '../shared/letter.ts'
import { row, rowsBlock, textBlock } from '../shared/letter.ts'
import { formatOre } from '../shared/money.ts'
import { poolAsOf } from '../settings/queries.ts'
import { t } from '../templates/i18n.ts'
import type { CaseDocument } from './pages.ts'
import { decisionBlocks, documentSection, documentsOf, section, whomToAsk } from './pages.ts'
import type { DocumentKind } from './queries.ts'

type By = { lang: Lang; from: string }

/** What the applicants have a copy of: all that they and the municipality wrote to each other. */
const ownKinds: readonly DocumentKind[] = [
  'application',
  'message',
  'informationRequest',
  'attachment',
  'decision',
  'report',
]

/** The applicants' own copy of a case, the same on the page, on paper and as PDF. */
export async function ownCopy(db: Db, it: Case, { lang, from }: By): Promise<Letter> {
  const { application, round } = it
  const documents = (await documentsOf(db, it, lang)).filter((d) => ownKinds.includes(d.kind))
  // What the municipality does inside has no time that shows here.
  const history = (await listHistory(db, application.id)).filter(isTold)
  const isSent = application.submitted_at !== null
  return {
    lang,
    from,
    title: application.title || t(lang, 'case.untitled'),
    about: t(lang, 'documents.copyOf', { reference: application.reference }),
    facts: [
      ...caseFacts(it, lang),
      isSent
        ? row(t(lang, 'case.sentAt'), formatDateTime(application.submitted_at ?? '', lang))
        : row(t(lang, 'documents.sendBy'), formatDateTime(round.closes_at, lang)),
      row(t(lang, 'documents.asOf'), formatDateTime(newestOf(it, documents, history), lang)),
    ],
    sections: [
      ...documents.map((d) => documentSection(d, lang)),
      ...(await planSections(db, it, lang)),
    ],
    asOf: newestOf(it, documents, history),
  }
}

const caseFacts = ({ application, pool, organisation }: Case, lang: Lang): LetterRow[] => [
  row(t(lang, 'case.reference'), application.reference),
  row(
    t(lang, 'case.organisation'),
    organisation.cvr ? `${organisation.name} (CVR ${organisation.cvr})` : organisation.name,
  ),
  row(t(lang, 'case.pool'), lang === 'da' ? pool.name_da : pool.name_en),
  row(t(lang, 'case.statusHeading'), t(lang, `lifecycle.application.status.${application.status}`)),
]

/** The last time anything happened in the case. */
const newestOf = ({ application }: Case, documents: CaseDocument[], history: HistoryRow[]) =>
  [application.saved_at, ...documents.map((d) => d.at), ...history.map((h) => h.at)]
    .sort()
    .at(-1) ?? application.created_at

/** The decisions that the pool's own text for letters goes with, as in their mails. */
const hasLetterText: readonly DecisionRow['kind'][] = ['grant', 'reject']

/** One decision as a letter of its own, with the pool's words of its day; throws NotFound when the case has no such decision. */
export async function decisionLetter(
  db: Db,
  it: Case,
  id: number,
  { lang, from }: By,
): Promise<Letter> {
  const { application } = it
  const decision = (await listDecisions(db, application.id)).find((d) => d.id === id)
  if (!decision) throw new NotFound()
  const pool = await poolAsOf(db, it.pool, decision.decided_at)
  return {
    lang,
    from,
    title: `${t(lang, `case.decision.${decision.kind}`)} – ${application.title}`,
    about: t(lang, 'documents.decisionOf', {
      reference: application.reference,
      date: formatDate(decision.decided_at, lang),
    }),
    facts: caseFacts(it, lang).slice(0, 3),
    sections: [
      section(t(lang, 'documents.decision'), [
        ...decisionBlocks(decision, lang),
        textBlock(hasLetterText.includes(decision.kind) ? pool[`letter_${lang}`] : ''),
      ]),
      section(t(lang, 'documents.complaint'), [textBlock(pool[`complaint_${lang}`])]),
      section(t(lang, 'documents.questions'), [textBlock(whomToAsk(it.pool, lang))]),
    ].filter((s) => s.blocks.length > 0),
    asOf: decision.decided_at,
  }
}

/** The whole case for the record system: a list of its documents, all of them, and what happened. */
export async function wholeCase(db: Db, it: Case, { lang, from }: By): Promise<Letter> {
  const { application } = it
  const documents = await documentsOf(db, it, lang)
  const history = await listHistory(db, application.id)
  const names = await namesOfPeople(db, [...new Set(history.flatMap((h) => h.actor_id ?? []))])
  const who = (h: HistoryRow) =>
    h.actor_id === null ? t(lang, 'history.nobody') : (names.get(h.actor_id) ?? '')
  const numberOf = (d: CaseDocument) => `${application.reference}/${d.number}`
  return {
    lang,
    from,
    title: application.title || t(lang, 'case.untitled'),
    about: t(lang, 'documents.wholeCase', { reference: application.reference }),
    facts: [
      ...caseFacts(it, lang),
      row(t(lang, 'documents.asOf'), formatDateTime(newestOf(it, documents, history), lang)),
    ],
    sections: [
      section(t(lang, 'documents.index'), [
        rowsBlock(
          documents.map((d) => row(numberOf(d), `${d.title}\n${formatDateTime(d.at, lang)}`)),
        ),
      ]),
      ...documents.map((d) =>
        section(`${numberOf(d)} ${d.title}`, d.blocks, formatDateTime(d.at, lang)),
      ),
      ...(await planSections(db, it, lang)),
      section(t(lang, 'documents.history'), [
        rowsBlock(
          history.map((h) =>
            row(formatDateTime(h.at, lang), `${eventWords(h.machine, h.event, lang)}\n${who(h)}`),
          ),
        ),
      ]),
    ],
    asOf: newestOf(it, documents, history),
  }
}

/** What stands beside the documents: the instalments and the plan for the way on. */
async function planSections(db: Db, it: Case, lang: Lang): Promise<Section[]> {
  const instalments = await listInstalments(db, it.application.id)
  const items = await listOnwardItems(db, it.application.id)
  const money = instalments.map((i) =>
    row(
      `${t(lang, 'case.number')} ${i.number} – ${t(lang, `lifecycle.stage.${i.stage}`)}`,
      [
        formatOre(i.amount_ore, lang),
        i.paid_at
          ? t(lang, 'case.paidOn', { date: formatDate(i.paid_at, lang) })
          : t(lang, `lifecycle.instalment.status.${i.status}`),
        i.paid_at
          ? ''
          : permits('instalment', i.status, 'unsettled')
            ? t(lang, 'case.expected', { date: formatDate(i.expected_on, lang) })
            : '',
      ]
        .filter((part) => part !== '')
        .join('\n'),
    ),
  )
  const plan = items.map((i) =>
    row(
      t(lang, `advice.kind.${i.kind}`),
      [
        i.contact === '' ? i.text : `${i.text} (${i.contact})`,
        i.due_on ? t(lang, 'case.due', { date: formatDate(i.due_on, lang) }) : '',
        i.done_at === null ? '' : t(lang, 'advice.isDone'),
        i.waived_at === null ? '' : `${t(lang, 'advice.waivedBecause')} ${i.waived_reason ?? ''}`,
      ]
        .filter((part) => part !== '')
        .join('\n'),
    ),
  )
  return [
    ...(money.length > 0 ? [section(t(lang, 'case.instalments'), [rowsBlock(money)])] : []),
    ...(plan.length > 0 ? [section(t(lang, 'advice.plan'), [rowsBlock(plan)])] : []),
  ]
}
