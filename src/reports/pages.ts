import { choicesFor, metaOf, permits } from '../../workflows/lifecycle.ts'
import { report as lifecycle } from '../../workflows/report.machine.ts'
import type { Case } from '../applications/queries.ts'
import type { ReportRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { rolesInCase } from '../shared/actor.ts'
import { arrangeChoices } from '../shared/choices.ts'
import { formatDate } from '../shared/danish.ts'
import { formatOre, typedOre } from '../shared/money.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FormError, Typed } from '../web/fields.ts'
import { fieldOf, savedText } from '../web/fields.ts'
import { reportFacts } from './facts.ts'

export function reportRows(reports: ReportRow[], reference: string, lang: Lang) {
  return reports.map((r) => ({
    number: r.number,
    name: t(lang, `reports.kind.${r.kind}`),
    due: formatDate(r.due_on, lang),
    status: t(lang, `lifecycle.report.status.${r.status}`),
    tone: metaOf('report', r.status).tone,
    href: paths.report(reference, r.number),
    waits: permits('report', r.status, 'awaitsApplicant'),
  }))
}

const textFields = ['done', 'learned', 'result', 'onward'] as const

/** One report: a form for the grantee while it is open, text with choices for the rest. */
export async function reportPage(
  db: Db,
  it: Case,
  row: ReportRow,
  actor: Actor,
  viewer: Viewer,
  typed: Typed,
  errors: FormError[],
  isOvertaken = false,
) {
  const { lang } = viewer
  const roles = rolesInCase(actor, it.application)
  const facts = { ...(await reportFacts(db, row, actor, viewer.now)), missingAnswers: 0 }
  const choices = choicesFor(lifecycle, row.status, facts, roles)
  const canSubmit = choices.some((c) => c.event === 'submitReport' && c.blockedHint === null)
  const stored: Record<string, string> = {
    done: row.done,
    learned: row.learned,
    result: row.result,
    onward: row.onward,
    spent: row.spent_ore === null ? '' : typedOre(row.spent_ore),
  }
  const values: Typed = { ...stored, ...typed }
  const name = t(lang, `reports.kind.${row.kind}`)
  return {
    heading: `${name} – ${it.application.title}`,
    name,
    reference: it.application.reference,
    due: formatDate(row.due_on, lang),
    status: t(lang, `lifecycle.report.status.${row.status}`),
    tone: metaOf('report', row.status).tone,
    returnedReason: row.returned_reason ?? '',
    back: paths.application(it.application.reference),
    canSubmit,
    isUnsent: row.submitted_at === null,
    action: paths.reportEvent(it.application.reference, row.number, 'submitReport'),
    version: String(row.version),
    errors,
    saved: savedText(row.saved_at, lang),
    storedNow: Object.entries(stored)
      .filter(([field, value]) => isOvertaken && value !== values[field])
      .map(([field, value]) => ({
        key: t(lang, `reports.field.${field}.label`),
        value,
        change: '',
      })),
    fields: [
      ...textFields.map((field) =>
        fieldOf(
          {
            name: field,
            kind: 'textarea',
            label: t(lang, `reports.field.${field}.label`),
            hint: t(lang, `reports.field.${field}.hint`),
            optional: field === 'result' || field === 'onward',
            rows: 4,
          },
          values,
          errors,
        ),
      ),
      fieldOf(
        {
          name: 'spent',
          kind: 'amount',
          label: t(lang, 'reports.field.spent.label'),
          hint: t(lang, 'reports.field.spent.hint'),
          optional: row.kind === 'status',
        },
        values,
        errors,
      ),
    ],
    rows: [
      ...textFields.map((field) => ({
        key: t(lang, `reports.field.${field}.label`),
        value: row[field],
        change: '',
      })),
      {
        key: t(lang, 'reports.field.spent.label'),
        value: row.spent_ore === null ? '' : formatOre(row.spent_ore, lang),
        change: '',
      },
    ],
    choices: arrangeChoices(
      choices
        .filter((c) => c.event !== 'submitReport')
        .map((c) => ({
          label: t(lang, c.label),
          blockedHint: c.blockedHint === null ? '' : t(lang, c.blockedHint),
          href: paths.reportEvent(it.application.reference, row.number, c.event),
          place: c.place,
        })),
    ),
  }
}
