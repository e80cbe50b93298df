import { fileLines, filesField } from '../attachments/pages.ts'
import type { AttachmentRow } from '../db/case-tables.ts'
import type { MessageRow } from '../db/tables.ts'
import type { Lang } from '../shared/actor.ts'
import { formatDateTime } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec } from '../web/fields.ts'
import { fieldOf } from '../web/fields.ts'

/** What is written and sent as a message, on the case and on a page of its own. */
export const messageFields = (lang: Lang, label: string): FieldSpec[] => [
  { name: 'body', kind: 'textarea', label, rows: 4 },
  filesField(lang),
]

/** The messages of a case with their files, and the form for the next one. */
export const messagesPart = (
  messages: (MessageRow & { author_name: string })[],
  files: AttachmentRow[],
  { reference, isApplicant, lang }: { reference: string; isApplicant: boolean; lang: Lang },
) => ({
  messages: messages.map((m) => ({
    own: (m.side === 'applicant') === isApplicant,
    author: m.side === 'applicant' ? m.author_name : t(lang, 'case.municipality'),
    body: m.body,
    when: formatDateTime(m.created_at, lang),
    files: fileLines(files, { kind: 'message', id: m.id }, reference, lang),
  })),
  messageAction: paths.applicationMessages(reference),
  messageFields: messageFields(lang, t(lang, 'case.writeMessage')).map((spec) =>
    fieldOf(spec, {}, []),
  ),
})
