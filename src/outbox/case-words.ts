import { metaOf, permits, statusesWith } from '../../workflows/lifecycle.ts'
import type { InstalmentRow, ReportRow } from '../db/case-tables.ts'
import type { Lang } from '../shared/actor.ts'
import type { Asked } from '../shared/asked.ts'
import {
  addDays,
  copenhagenDate,
  formatDate,
  formatDateTime,
  formatTime,
  formatWeekdayDate,
} from '../shared/danish.ts'
import { formatOre, formatPpm } from '../shared/money.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { CaseData, ContributionData, MailSubject } from './case-data.ts'

export type Told = { lang: Lang; asked: Asked; now: string; baseUrl: string; subject: MailSubject }

/** What templates may use: texts, lists of texts, and `''` or `'yes'` for what is so. */
export type MailWords = Record<string, string | string[]>

/** A case in the words of one language: every field is there, empty where there is nothing. */
export function caseWords(d: CaseData, told: Told): MailWords {
  const { lang, asked, baseUrl } = told
  const { application, pool, decision, delegation, grant, request } = d
  const { reference } = application
  const ore = (amount: number | null | undefined) =>
    amount === null || amount === undefined ? '' : formatOre(amount, lang)
  const date = (on: string | null | undefined) => (on ? formatDate(on, lang) : '')
  const amountOre = asked.amountOre ?? grant?.amount_ore
  const caseLink = baseUrl + paths.application(reference)
  const { reviewId } = told.subject
  return {
    reference,
    title: application.title || t(lang, 'outbox.untitled'),
    organisation: d.organisation.name,
    pool: lang === 'da' ? pool.name_da : pool.name_en,
    contactPerson: d.contact?.name ?? '',
    contactName: pool.contact_name,
    contactPhone: spacedPhone(pool.contact_phone),
    complaint: lang === 'da' ? pool.complaint_da : pool.complaint_en,
    letterText: lang === 'da' ? pool.letter_da : pool.letter_en,
    link: reviewId === undefined ? caseLink : baseUrl + paths.review(reviewId),
    caseLink,
    receiptLink: baseUrl + paths.applicationReceipt(reference),
    planLink: baseUrl + paths.onwardPlan(reference),
    fileRequestLink: baseUrl + paths.fileRequest(reference, told.subject.fileRequestNumber ?? 1),
    paymentsLink: baseUrl + paths.payments(),
    reviewsLink: baseUrl + paths.reviews(),
    requested: ore(application.requested_ore),
    amount: ore(amountOre),
    isFull: yes(amountOre === application.requested_ore),
    closesAt: formatDateTime(d.round.closes_at, lang),
    decisionOn: date(application.decision_expected_on),
    newDate: date(asked.newDate),
    question: asked.question ?? asked.facts ?? request?.question ?? '',
    answerBy: request ? formatDateTime(request.due_at, lang) : '',
    acceptBy: acceptBy(d, told),
    adviceBy: d.adviceUntil === null ? '' : formatDateTime(d.adviceUntil, lang),
    body: (lang === 'da' ? delegation?.body_da : delegation?.body_en) ?? '',
    caseNumber: delegation?.case_number ?? '',
    conditions: decision?.conditions ?? '',
    reasons: decision?.reasons ?? '',
    rule: decision?.rule ?? '',
    onwardHelp: decision?.onward_help ?? '',
    isLate: yes(decision?.ground === 'late'),
    reason: asked.reason ?? '',
    answer: asked.answer ?? '',
    files: asked.files ?? [],
    cameBy: asked.cameBy ? t(lang, `outbox.cameBy.${asked.cameBy}`) : '',
    otherPool: (lang === 'da' ? d.move?.name_da : d.move?.name_en) ?? '',
    isEnteredForThem: yes(application.entered_by !== null),
    stepRule: asked.rule ?? '',
    learning: asked.learning ?? application.learning ?? '',
    isPartly: yes((asked.outcome ?? application.outcome) === 'partly'),
    isTapering: yes(metaOf('application', application.status).stage === 'tapering'),
    isClosed: yes(permits('application', application.status, 'ended')),
    owed: permits('application', application.status, 'repaying') ? ore(owedOre(d)) : '',
    demanded: ore(asked.repaymentOre ?? grant?.demanded_ore),
    received: asked.receivedOre ? ore(asked.receivedOre) : '',
    isForgiven: yes(asked.settledBy === 'waived' || asked.settledBy === 'writtenOff'),
    where: onwardTexts(d, 'where'),
    who: onwardTexts(d, 'who'),
    ...planWords(d, told),
    ...subjectWords(d, told),
  }
}

/** A contribution in the words of one language. */
export function contributionWords(d: ContributionData, told: Told): MailWords {
  const { lang, asked, baseUrl } = told
  const { contribution: c, contributor, pool } = d
  const missingOre = c.decided_ore - c.transferred_ore
  return {
    pool: lang === 'da' ? pool.name_da : pool.name_en,
    contributor: lang === 'da' ? contributor.name_da : contributor.name_en,
    year: String(d.year),
    base: formatOre(c.base_ore, lang),
    share: formatPpm(c.percent_ppm, lang),
    computed: formatOre(c.computed_ore, lang),
    decided: formatOre(c.decided_ore, lang),
    transferred: formatOre(c.transferred_ore, lang),
    missing: missingOre > 0 ? formatOre(missingOre, lang) : '',
    caseNumber: c.decision_case_number ?? '',
    reason: asked.reason ?? '',
    link: baseUrl + paths.contributor(contributor.code),
  }
}

/** Until when the offer can be accepted: the last moment, after which we call. */
function acceptBy(d: CaseData, { lang, now }: Told): string {
  if (d.acceptUntil === null) {
    return formatWeekdayDate(addDays(copenhagenDate(now), d.pool.accept_days), lang)
  }
  const at = t(lang, 'outbox.at', { time: formatTime(d.acceptUntil, lang) })
  return `${formatWeekdayDate(d.acceptUntil, lang)} ${at}`
}

/** What is owed after an ending: paid beyond what the grant ended at, or what was demanded. */
function owedOre({ grant, instalments }: CaseData): number {
  if (!grant) return 0
  const paid = statusesWith('instalment', 'paidOut')
  const paidOre = instalments
    .filter((i) => i.grant_id === grant.id && paid.includes(i.status))
    .reduce((sum, i) => sum + i.amount_ore, 0)
  return Math.max(grant.demanded_ore, paidOre - (grant.final_ore ?? paidOre))
}

function planWords(d: CaseData, { lang }: Told): MailWords {
  const unsettled = statusesWith('instalment', 'unsettled')
  const awaited = statusesWith('report', 'awaitsApplicant')
  const reports = d.reports
    .filter((r) => awaited.includes(r.status))
    .map((r) => reportLine(r, lang))
  return {
    plan: d.instalments.filter((i) => unsettled.includes(i.status)).map((i) => planLine(i, lang)),
    reports,
    nextReport: reports[0] ?? '',
  }
}

const planLine = (i: InstalmentRow, lang: Lang): string =>
  t(lang, 'outbox.planLine', {
    number: i.number,
    amount: formatOre(i.amount_ore, lang),
    date: formatDate(i.expected_on, lang),
  })

const reportName = (r: ReportRow, lang: Lang): string =>
  t(lang, `outbox.report.${r.kind}`, { number: r.number })

const reportLine = (r: ReportRow, lang: Lang): string =>
  t(lang, 'outbox.reportLine', { report: reportName(r, lang), date: formatDate(r.due_on, lang) })

/** The instalment, report or review that the mail is about. */
function subjectWords(d: CaseData, { lang, baseUrl, subject }: Told): MailWords {
  const instalment = d.instalments.find((i) => i.id === subject.instalmentId)
  const report = d.reports.find((r) => r.id === subject.reportId)
  const review = d.reviews.find((r) => r.id === subject.reviewId)
  const dueOn = report?.due_on ?? review?.due_on
  return {
    number: String(instalment?.number ?? report?.number ?? ''),
    instalmentAmount: instalment ? formatOre(instalment.amount_ore, lang) : '',
    expectedOn: instalment ? formatDate(instalment.expected_on, lang) : '',
    reportName: report ? reportName(report, lang) : '',
    reportLink: report ? baseUrl + paths.report(d.application.reference, report.number) : '',
    dueOn: dueOn ? formatDate(dueOn, lang) : '',
    reviewerName: review?.reviewer_name ?? '',
  }
}

const onwardTexts = (d: CaseData, kind: 'where' | 'who'): string[] =>
  d.onward
    .filter((item) => item.kind === kind)
    .map((item) => (item.contact === '' ? item.text : `${item.text} (${item.contact})`))

const yes = (is: boolean): string => (is ? 'yes' : '')

/** `33 66 33 66`, as it is read aloud; a foreign number stays as it is. */
const spacedPhone = (phone: string): string =>
  /^\d{8}$/.test(phone) ? phone.replace(/(\d\d)(?=\d)/g, '$1 ') : phone
