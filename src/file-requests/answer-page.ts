import type { Case } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import type { FileRequestDocumentRow } from '../db/tables.ts'
import { section, whomToAsk } from '../documents/pages.ts'
import { poolAsOf } from '../settings/queries.ts'
import { formatDate, formatDateTime } from '../shared/danish.ts'
import type { Letter } from '../shared/letter.ts'
import { row, rowsBlock, textBlock } from '../shared/letter.ts'
import { t } from '../templates/i18n.ts'
import { factsOf } from './pages.ts'
import type { FileRequestLine } from './queries.ts'
import { listRequestDocuments } from './queries.ts'

/** The answer as a letter, with the documents that were given, in the language it was asked in. */
export async function answerLetter(
  db: Db,
  it: Case,
  f: FileRequestLine,
  from: string,
): Promise<Letter> {
  const lang = f.language
  const { application } = it
  const documents = await listRequestDocuments(db, f.id)
  const given = documents.filter((d) => d.decision !== 'refused')
  const withheld = documents.filter((d) => d.decision !== 'full')
  const name = (d: FileRequestDocumentRow) => `${d.number}. ${d.title}`
  const decidedAt = f.decided_at ?? f.asked_at
  const pool = await poolAsOf(db, it.pool, decidedAt)
  return {
    lang,
    from,
    title: t(lang, 'fileRequests.letter'),
    about: t(lang, 'fileRequests.letterAbout', {
      reference: application.reference,
      number: f.number,
    }),
    facts: [
      ...factsOf(f, lang).map(({ key, value }) => row(key, value)),
      row(t(lang, 'fileRequests.decidedAt'), formatDate(decidedAt, lang)),
      row(t(lang, 'fileRequests.decidedBy'), f.decider_name ?? ''),
    ],
    sections: [
      section(t(lang, 'fileRequests.youAsked'), [textBlock(f.body)]),
      section(t(lang, 'fileRequests.ourAnswer'), [
        textBlock(f.answer),
        rowsBlock(
          documents.map((d) =>
            row(
              `${name(d)} (${formatDate(d.document_at, lang)})`,
              t(lang, `fileRequests.given.${d.decision}`),
            ),
          ),
        ),
      ]),
      section(t(lang, 'fileRequests.reasons'), [
        rowsBlock(
          withheld.map((d) =>
            row(name(d), t(lang, 'fileRequests.because', { reason: d.reason, rule: d.rule })),
          ),
        ),
      ]),
      section(t(lang, 'documents.complaint'), [textBlock(pool[`complaint_${lang}`])]),
      section(t(lang, 'documents.questions'), [textBlock(whomToAsk(it.pool, lang))]),
      ...given.map((d) =>
        section(
          name(d),
          [textBlock(d.body)],
          [
            formatDateTime(d.document_at, lang),
            ...(d.decision === 'extract' ? [t(lang, 'fileRequests.given.extract')] : []),
          ].join(' · '),
        ),
      ),
    ].filter((s) => s.blocks.length > 0),
    asOf: decidedAt,
  }
}
