import { instalment as lifecycle } from '../../workflows/instalment.machine.ts'
import { choicesFor, metaOf, permits } from '../../workflows/lifecycle.ts'
import type { Role } from '../../workflows/vocabulary.ts'
import type { Case } from '../applications/queries.ts'
import type { InstalmentRow, ReportRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { Actor, Viewer } from '../shared/actor.ts'
import { copenhagenDate, formatDate } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { instalmentFacts } from './facts.ts'
import { listPayments, listRepayments } from './queries.ts'

/** The instalments of a case with expected dates and what this person may do with each. */
export async function instalmentRows(
  db: Db,
  rows: InstalmentRow[],
  about: { it: Case; actor: Actor; roles: Role[]; viewer: Viewer; reports: ReportRow[] },
) {
  const { roles, viewer, reports } = about
  const { lang, now } = viewer
  return Promise.all(
    rows.map(async (row) => {
      const facts = await instalmentFacts(db, row, about.actor, now)
      const report = reports.find((r) => r.id === row.report_id)
      const isOpen = permits('instalment', row.status, 'unsettled')
      return {
        number: row.number,
        stage: t(lang, `lifecycle.stage.${row.stage}`),
        amountOre: row.amount_ore,
        when: row.paid_at
          ? t(lang, 'case.paidOn', { date: formatDate(row.paid_at, lang) })
          : isOpen
            ? formatDate(row.expected_on, lang)
            : '',
        late: isOpen && copenhagenDate(now) > row.expected_on && facts.reportIsApproved,
        needs:
          report && !facts.reportIsApproved && isOpen
            ? t(lang, 'case.needsReport', { number: report.number })
            : '',
        status: t(lang, `lifecycle.instalment.status.${row.status}`),
        tone: metaOf('instalment', row.status).tone,
        choices: choicesFor(lifecycle, row.status, facts, roles).map((c) => ({
          label: t(lang, c.label),
          href: paths.instalmentEvent(row.id, c.event),
          blockedHint: c.blockedHint === null ? '' : t(lang, c.blockedHint),
        })),
      }
    }),
  )
}

/** Finance's list: approved → ordered → paid, each with the one thing to do next. */
export async function paymentsPage(db: Db, actor: Actor, viewer: Viewer) {
  const { lang, now } = viewer
  const lines = await listPayments(db, actor)
  return {
    payments: await Promise.all(
      lines.map(async (line) => {
        const facts = await instalmentFacts(db, line, actor, now)
        return {
          reference: line.reference,
          href: paths.application(line.reference),
          organisation: line.organisation_name,
          cvr: line.cvr ?? '',
          pool: line[`pool_${lang}`],
          number: line.number,
          amountOre: line.amount_ore,
          expected: formatDate(line.expected_on, lang),
          status: t(lang, `lifecycle.instalment.status.${line.status}`),
          tone: metaOf('instalment', line.status).tone,
          failure: line.failure_reason ?? '',
          choices: choicesFor(lifecycle, line.status, facts, ['finance']).map((c) => ({
            label: t(lang, c.label),
            href: paths.instalmentEvent(line.id, c.event),
            blockedHint: c.blockedHint === null ? '' : t(lang, c.blockedHint),
          })),
        }
      }),
    ),
    repayments: (await listRepayments(db, actor)).map((r) => ({
      reference: r.reference,
      organisation: r.organisation_name,
      demandedOre: r.demanded_ore,
      href: paths.application(r.reference),
    })),
  }
}
