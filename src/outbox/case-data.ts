import type { DecisionRow, GrantRow, InstalmentRow, ReportRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type {
  ApplicationRow,
  DelegationRow,
  InformationRequestRow,
  OrganisationRow,
  PoolRow,
} from '../db/tables.ts'
import type { Lang } from '../shared/actor.ts'
import type { Asked } from '../shared/asked.ts'
import {
  addDays,
  copenhagenDate,
  formatDate,
  formatDateTime,
  formatWeekdayDate,
} from '../shared/danish.ts'
import { formatOre } from '../shared/money.ts'
import { paths } from '../shared/paths.ts'

export type MailSubject = { reviewId?: number; instalmentId?: number; reportId?: number }

export type CaseData = {
  application: ApplicationRow
  organisation: OrganisationRow
  pool: PoolRow
  decision: DecisionRow | undefined
  delegation: DelegationRow | undefined
  grant: GrantRow | undefined
  request: InformationRequestRow | undefined
  instalment: InstalmentRow | undefined
  report: ReportRow | undefined
}

/** Everything a mail about a case can tell, read once for all its recipients. */
export async function readCaseData(
  db: Db,
  applicationId: number,
  subject: MailSubject,
): Promise<CaseData> {
  const application = await db<ApplicationRow>('applications').where({ id: applicationId }).first()
  if (!application) throw new Error(`no application ${applicationId}`)
  const organisation = await db<OrganisationRow>('organisations')
    .where({ id: application.organisation_id })
    .first()
  const pool = await db<PoolRow>('pools').where({ id: application.pool_id }).first()
  if (!organisation || !pool) throw new Error(`application ${applicationId} is not whole`)
  const newest = { application_id: applicationId }
  const decision = await db<DecisionRow>('decisions').where(newest).orderBy('id', 'desc').first()
  return {
    application,
    organisation,
    pool,
    decision,
    delegation: decision?.delegation_id
      ? await db<DelegationRow>('delegations').where({ id: decision.delegation_id }).first()
      : undefined,
    grant: await db<GrantRow>('grants').where(newest).orderBy('id', 'desc').first(),
    request: await db<InformationRequestRow>('information_requests')
      .where(newest)
      .orderBy('id', 'desc')
      .first(),
    instalment: await db<InstalmentRow>('instalments')
      .where({ id: subject.instalmentId ?? -1 })
      .first(),
    report: await db<ReportRow>('reports')
      .where({ id: subject.reportId ?? -1 })
      .first(),
  }
}

/** The same in the words of one language: every field a template may use, as text. */
export function wordsFor(
  d: CaseData,
  lang: Lang,
  asked: Asked,
  now: string,
  baseUrl: string,
  subject: MailSubject,
): Record<string, string> {
  const { application, pool, decision, grant, request, instalment, report } = d
  const date = (on: string | null | undefined) => (on ? formatDate(on, lang) : '')
  const ore = (amount: number | null | undefined) =>
    amount === null || amount === undefined ? '' : formatOre(amount, lang)
  return {
    reference: application.reference,
    title: application.title,
    organisation: d.organisation.name,
    pool: lang === 'da' ? pool.name_da : pool.name_en,
    link: `${baseUrl}${subject.reviewId === undefined ? paths.application(application.reference) : paths.review(subject.reviewId)}`,
    contactName: pool.contact_name,
    contactPhone: pool.contact_phone.replace(/(\d\d)(?=\d)/g, '$1 '),
    complaint: lang === 'da' ? pool.complaint_da : pool.complaint_en,
    requested: ore(application.requested_ore),
    decisionOn: date(application.decision_expected_on),
    question: request?.question ?? '',
    answerBy: request ? formatDateTime(request.due_at, lang) : '',
    amount: ore(asked.amountOre ?? grant?.amount_ore),
    acceptBy: formatWeekdayDate(addDays(copenhagenDate(now), pool.accept_days), lang),
    body: d.delegation ? (lang === 'da' ? d.delegation.body_da : d.delegation.body_en) : '',
    caseNumber: d.delegation?.case_number ?? '',
    conditions: decision?.conditions ?? '',
    reasons: decision?.reasons ?? '',
    rule: decision?.rule ?? '',
    onwardHelp: decision?.onward_help ?? '',
    demanded: ore(grant?.demanded_ore),
    received: ore(asked.receivedOre),
    reason: asked.reason ?? '',
    newDate: date(asked.newDate),
    learning: asked.learning ?? '',
    number: String(instalment?.number ?? report?.number ?? ''),
    instalmentAmount: ore(instalment?.amount_ore),
    expectedOn: date(instalment?.expected_on),
    dueOn: date(report?.due_on),
    today: date(copenhagenDate(now)),
  }
}
