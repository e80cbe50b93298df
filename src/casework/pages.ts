import type { Case } from '../applications/queries.ts'
import { findLeave } from '../leave/queries.ts'
import type { Db } from '../db/connection.ts'
import type { PersonRow } from '../db/tables.ts'
import type { Lang, Viewer } from '../shared/actor.ts'
import { copenhagenDate, formatDate, formatDateTime } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec } from '../web/fields.ts'
import { lastDayOf } from './extend-deadline.ts'
import type { MovableDeadline } from './queries.ts'
import { listMovableDeadlines, listNotes } from './queries.ts'

/** What an official's page of a case shows of the work on it: handler, notes, deadlines. */
export async function caseworkPart(
  db: Db,
  it: Case,
  { lang, now }: Viewer,
  handlers: PersonRow[],
  isSecretariat: boolean,
) {
  const { application } = it
  const { reference } = application
  const handler = handlers.find((p) => p.id === application.case_handler_id)
  const leave = isSecretariat
    ? await findLeave(db, application.case_handler_id, copenhagenDate(now))
    : undefined
  const date = leave ? formatDate(leave.to_on, lang) : ''
  return {
    handler: handler?.name ?? '',
    away: !leave
      ? ''
      : leave.substitute_name === null
        ? t(lang, 'casework.awayAlone', { date })
        : t(lang, 'casework.away', { date, name: leave.substitute_name }),
    handOverLink: paths.assignHandler(reference),
    noteLink: paths.caseNotes(reference),
    notes: (await listNotes(db, application.id)).map((n) => ({
      number: `${reference}-${String(n.number).padStart(2, '0')}`,
      kind: t(lang, `casework.noteKind.${n.kind}`),
      party: n.party,
      day: formatDate(n.happened_on, lang),
      body: n.body,
      by: t(lang, 'casework.noteBy', {
        name: n.author_name,
        when: formatDateTime(n.created_at, lang),
      }),
    })),
    deadlines: (isSecretariat ? await listMovableDeadlines(db, application.id) : []).map((d) => ({
      what: t(lang, `casework.kind.${d.kind}`),
      date: formatDate(lastDayOf(d), lang),
      link: paths.caseDeadline(reference, d.id),
    })),
  }
}

export function noteFields(lang: Lang): FieldSpec[] {
  return [
    {
      name: 'kind',
      kind: 'radio',
      label: t(lang, 'casework.noteKind.label'),
      options: (['call', 'meeting', 'other'] as const).map((value) => ({
        value,
        label: t(lang, `casework.noteKind.${value}`),
      })),
    },
    { name: 'party', kind: 'text', label: t(lang, 'casework.noteParty') },
    { name: 'happened', kind: 'date', label: t(lang, 'casework.noteDay') },
    { name: 'body', kind: 'textarea', label: t(lang, 'casework.noteBody'), rows: 8 },
  ]
}

/** Today as a date field is filled with it: most notes are written the same day. */
export function todayIn(name: string, now: string): Record<string, string> {
  const [year = '', month = '', day = ''] = copenhagenDate(now).split('-')
  return {
    [`${name}-day`]: String(Number(day)),
    [`${name}-month`]: String(Number(month)),
    [`${name}-year`]: year,
  }
}

export const handOverFields = (handlers: PersonRow[], lang: Lang): FieldSpec[] => [
  {
    name: 'handler',
    kind: 'select',
    label: t(lang, 'casework.newHandler'),
    options: handlers.map((p) => ({ value: String(p.id), label: p.name || p.email })),
  },
  {
    name: 'note',
    kind: 'textarea',
    label: t(lang, 'casework.handOverNote'),
    hint: t(lang, 'casework.handOverNoteHint'),
    optional: true,
    rows: 5,
  },
]

export const extensionFields = (lang: Lang): FieldSpec[] => [
  {
    name: 'newDate',
    kind: 'date',
    label: t(lang, 'casework.newDate'),
    hint: t(lang, 'casework.newDateHint'),
  },
  {
    name: 'reason',
    kind: 'textarea',
    label: t(lang, 'casework.reason'),
    hint: t(lang, 'casework.reasonHint'),
    rows: 5,
  },
]

export const deadlineTitle = (deadline: MovableDeadline, lang: Lang): string =>
  t(lang, `casework.kind.${deadline.kind}`)
