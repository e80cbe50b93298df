import type { Case } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import type { CaseDocument } from '../documents/pages.ts'
import { documentsOf } from '../documents/pages.ts'
import { keyOf } from '../documents/queries.ts'
import type { Lang, Viewer } from '../shared/actor.ts'
import { formatDate, formatDateTime, formatWeekdayDate } from '../shared/danish.ts'
import { plainText } from '../shared/letter.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec, FormError, Typed } from '../web/fields.ts'
import { fieldOf } from '../web/fields.ts'
import type { FileRequestLine, Side } from './queries.ts'
import { findRequestBeforeDecision, listFileRequests } from './queries.ts'

/** What applicants are asked, and what an official writes in for somebody else. */
export function askFields(side: Side, mayWait: boolean, lang: Lang): FieldSpec[] {
  const body: FieldSpec = {
    name: 'body',
    kind: 'textarea',
    label: t(lang, `fileRequests.body.${side}`),
    hint: t(lang, 'fileRequests.bodyHint'),
    rows: 5,
  }
  if (side === 'official') {
    return [
      { name: 'name', kind: 'text', label: t(lang, 'fileRequests.name') },
      {
        name: 'contact',
        kind: 'textarea',
        label: t(lang, 'fileRequests.contact'),
        hint: t(lang, 'fileRequests.contactHint'),
        rows: 3,
      },
      { name: 'came', kind: 'date', label: t(lang, 'fileRequests.came') },
      body,
    ]
  }
  if (!mayWait) return [body]
  return [
    body,
    {
      name: 'wait',
      kind: 'checkbox',
      label: t(lang, 'fileRequests.wait'),
      hint: t(lang, 'fileRequests.waitHint'),
    },
  ]
}

/** The requests of a case as links, for its page. */
export async function fileRequestLinks(db: Db, it: Case, side: Side, lang: Lang) {
  const { id, reference } = it.application
  return (await listFileRequests(db, id, side)).map((f) => ({
    href: paths.fileRequest(reference, f.number),
    text: t(lang, `fileRequests.line.${f.decided_at === null ? 'open' : 'decided'}`, {
      number: f.number,
      name: f.name,
      date: formatDate(f.decided_at ?? f.delayed_to ?? f.due_on, lang),
    }),
  }))
}

/** What whoever decides the case must know: the applicants asked to see the files first (§ 11). */
export async function waitWarning(db: Db, { application }: Case, lang: Lang): Promise<string> {
  const request = await findRequestBeforeDecision(db, application.id)
  return request
    ? t(lang, 'fileRequests.warning', {
        number: request.number,
        date: formatDate(request.due_on, lang),
      })
    : ''
}

/** Who asked, when, and when they are to have an answer. */
export const factsOf = (f: FileRequestLine, lang: Lang) => [
  { key: t(lang, 'fileRequests.askedBy'), value: f.name },
  { key: t(lang, 'fileRequests.askedOn'), value: formatDate(f.asked_on, lang) },
  { key: t(lang, 'fileRequests.due'), value: formatWeekdayDate(f.due_on, lang) },
  ...(f.delayed_to === null
    ? []
    : [{ key: t(lang, 'fileRequests.delayedTo'), value: formatDate(f.delayed_to, lang) }]),
]

/** A request that waits, as those who made it see it. */
export const waitingPage = (it: Case, f: FileRequestLine, lang: Lang) => ({
  back: paths.application(it.application.reference),
  heading: t(lang, 'fileRequests.title', { number: f.number }),
  about: `${it.application.reference} – ${it.application.title}`,
  facts: factsOf(f, lang),
  body: f.body,
  isDelayed: f.delayed_to !== null,
})

/** The words of the documents, in the language in which they are to be read. */
export async function documentsToDecide(db: Db, it: Case, lang: Lang) {
  return (await documentsOf(db, it, lang)).map((document) => ({
    document,
    key: keyOf(document),
    text: plainText(document.blocks),
  }))
}
export type ToDecide = Awaited<ReturnType<typeof documentsToDecide>>

/** The official's page: every document with what can be decided of it. */
export function decidePage(
  it: Case,
  f: FileRequestLine,
  documents: ToDecide,
  viewer: Viewer,
  typed: Typed | null,
  errors: FormError[],
) {
  const { lang } = viewer
  const field = (spec: FieldSpec, standard: string) =>
    fieldOf(spec, typed ?? { [spec.name]: standard }, errors)
  return {
    ...waitingPage(it, f, lang),
    contact: f.contact,
    isOutsider: f.asked_by === null,
    warning: f.is_before_decision === 1 ? t(lang, 'fileRequests.waits') : '',
    action: paths.fileRequest(it.application.reference, f.number),
    errors,
    answer: field(
      {
        name: 'answer',
        kind: 'textarea',
        label: t(lang, 'fileRequests.answer'),
        hint: t(lang, 'fileRequests.answerHint'),
        optional: true,
        rows: 4,
      },
      '',
    ),
    rest: field(
      {
        name: 'rest',
        kind: 'checkbox',
        label: t(lang, 'fileRequests.rest'),
        hint: t(lang, 'fileRequests.restHint'),
      },
      '',
    ),
    documents: documents.map(({ document, key, text }) => ({
      title: `${document.number}. ${document.title}`,
      when: formatDateTime(document.at, lang),
      text,
      textLang: f.language,
      sealed: document.isSealed ? t(lang, 'fileRequests.sealed') : '',
      isOpen: errors.some((e) => e.field.endsWith(`-${key}`)),
      decision: field(decisionSpec(key, document.isSealed, lang), standardOf(document, f)),
      extract: field(
        {
          name: `extract-${key}`,
          kind: 'textarea',
          label: t(lang, 'fileRequests.extract'),
          hint: t(lang, 'fileRequests.extractHint'),
          optional: true,
          rows: 8,
        },
        text,
      ),
      reason: field(
        {
          name: `reason-${key}`,
          kind: 'textarea',
          label: t(lang, 'fileRequests.reason'),
          hint: t(lang, 'fileRequests.reasonHint'),
          optional: true,
          rows: 3,
        },
        document.isSealed ? t(f.language, 'fileRequests.sealedReason') : '',
      ),
      rule: field(
        {
          name: `rule-${key}`,
          kind: 'text',
          label: t(lang, 'fileRequests.rule'),
          hint: t(lang, 'fileRequests.ruleHint'),
          optional: true,
        },
        document.isSealed ? t(f.language, 'fileRequests.sealedRule') : '',
      ),
    })),
  }
}

/** What the applicants have already, they may see; everything else is looked at by somebody. */
const standardOf = (d: CaseDocument, f: FileRequestLine): string =>
  d.isSealed ? 'refused' : d.isTheirs && f.asked_by !== null ? 'full' : ''

const decisionSpec = (key: string, sealed: boolean, lang: Lang): FieldSpec => ({
  name: `decision-${key}`,
  kind: 'radio',
  label: t(lang, 'fileRequests.decision.label'),
  options: (sealed ? (['refused'] as const) : (['full', 'extract', 'refused'] as const)).map(
    (value) => ({ value, label: t(lang, `fileRequests.decision.${value}`) }),
  ),
})
