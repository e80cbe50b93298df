import { application as lifecycle } from '../../workflows/application.machine.ts'
import { choicesFor, metaOf, permits } from '../../workflows/lifecycle.ts'
import type { Role } from '../../workflows/vocabulary.ts'
import { listOnwardItems } from '../advice/queries.ts'
import { fileLines } from '../attachments/pages.ts'
import { listFiles } from '../attachments/queries.ts'
import type { ReportRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { ApplicationRow } from '../db/tables.ts'
import { findGrant, listDecisions, listGrantShares } from '../decisions/queries.ts'
import { fileRequestLinks } from '../file-requests/pages.ts'
import { listHistory } from '../history/queries.ts'
import { timelineOf } from '../history/timeline.ts'
import { membersOf, secondFor } from '../outbox/recipients.ts'
import { listInstalments } from '../instalments/queries.ts'
import { instalmentRows } from '../instalments/pages.ts'
import { reportRows } from '../reports/pages.ts'
import { retentionPart } from '../retention/pages.ts'
import { listReports } from '../reports/queries.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { isMember, memberRole, rolesInCase } from '../shared/actor.ts'
import { arrangeChoices } from '../shared/choices.ts'
import { formatDateTime, formatPhone } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { applicationFacts } from './facts.ts'
import { messagesPart } from './message-page.ts'
import type { Case } from './queries.ts'
import { officialPart } from './official-page.ts'
import { findOpenMove, listInformationRequests, listMessages } from './queries.ts'

/** What this person may do in this case now, as links to each step's own page. */
export async function choicesIn(db: Db, it: Case, actor: Actor, viewer: Viewer) {
  const roles = rolesInCase(actor, it.application)
  const facts = await applicationFacts(db, it, {
    actorId: actor.personId,
    membership: memberRole(actor, it.organisation.id),
    roles,
    now: viewer.now,
    asked: {},
  })
  // Where the words are gone, nothing more is done.
  const isErased = it.application.erased_at !== null
  const choices = isErased ? [] : choicesFor(lifecycle, it.application.status, facts, roles)
  return {
    facts,
    choices: choices.map((c) => ({
      event: c.event,
      asks: c.asks,
      label: t(viewer.lang, c.label),
      blockedKey: c.blockedHint,
      blockedHint: c.blockedHint === null ? '' : t(viewer.lang, c.blockedHint),
      place: c.place,
      href:
        c.event === 'submit'
          ? paths.applicationReview(it.application.reference)
          : paths.applicationEvent(it.application.reference, c.event),
    })),
  }
}

/** The one page of a case, for the applicant and for the municipality's people. */
export async function casePage(db: Db, it: Case, actor: Actor, viewer: Viewer) {
  const { application, pool, organisation } = it
  const { lang, now } = viewer
  const roles = rolesInCase(actor, it.application)
  const isApplicant = isMember(actor, organisation.id)
  const mayWrite = !isApplicant || roles.includes('applicant')
  const { choices, facts } = await choicesIn(db, it, actor, viewer)
  const grant = await findGrant(db, application.id)
  const requests = await listInformationRequests(db, application.id)
  const open = requests.find((r) => r.answered_at === null)
  const decisions = await listDecisions(db, application.id)
  const move = await findOpenMove(db, application.id)
  const items = await listOnwardItems(db, application.id)
  const messages = await listMessages(db, application.id)
  const files = await listFiles(db, application.id)
  const instalments = await listInstalments(db, application.id)
  const reports = await listReports(db, application.id)
  const isEditable = permits('application', application.status, 'editable')
  const nextReport = nextReportOf(application, reports, roles, lang)
  const official = isApplicant ? null : await officialPart(db, it, actor, viewer, roles, facts)
  return {
    reference: application.reference,
    title: application.title || t(lang, 'case.untitled'),
    organisation: organisation.name,
    cvr: organisation.cvr ?? '',
    pool: lang === 'da' ? pool.name_da : pool.name_en,
    status: t(lang, `lifecycle.application.status.${application.status}`),
    tone: metaOf('application', application.status).tone,
    meaning: t(lang, `case.meaning.${application.status}`),
    isApplicant,
    retention: await retentionPart(db, application, lang, isApplicant),
    isOfficial: !isApplicant,
    mayWrite,
    isEditable,
    continueLink: paths.applicationStep(application.reference, 'about'),
    mayDelete: isEditable && mayWrite && application.submitted_at === null,
    deleteAction: paths.deleteDraft(application.reference),
    printLink: paths.applicationPrint(application.reference),
    pdfLink: paths.applicationPdf(application.reference),
    exportAction:
      application.submitted_at !== null && !isApplicant && roles.includes('secretariat')
        ? paths.exportCase(application.reference)
        : '',
    fileRequestsLink:
      application.submitted_at !== null &&
      (roles.includes('applicant') || (!isApplicant && roles.includes('secretariat')))
        ? paths.fileRequests(application.reference)
        : '',
    fileRequests:
      isApplicant || roles.includes('secretariat')
        ? await fileRequestLinks(db, it, isApplicant ? 'applicant' : 'official', lang)
        : [],
    back: isApplicant ? paths.myPages() : homeOf(roles),
    choices: arrangeChoices(choices, nextReport !== null || official?.needsRecommendation),
    nextReport,
    request: open
      ? {
          question: open.question,
          due: formatDateTime(open.due_at, lang),
          isHearing: open.kind === 'hearing',
        }
      : null,
    move: move ? { pool: lang === 'da' ? move.name_da : move.name_en, reason: move.reason } : null,
    enteredFor:
      application.came_by === null
        ? ''
        : t(lang, `case.enteredFor.${isApplicant ? 'own' : 'official'}`, {
            how: t(lang, `outbox.cameBy.${application.came_by}`),
          }),
    answered: requests
      .filter((r) => r.answer !== null)
      .map((r) => ({
        question: r.question,
        answer: r.answer ?? '',
        files: fileLines(files, { kind: 'answer', id: r.id }, application.reference, lang),
      })),
    timeline: timelineOf(application, await listHistory(db, application.id), {
      now,
      lang,
      isApplicant,
    }),
    requestedOre: application.requested_ore,
    grant: grant ? { amountOre: grant.amount_ore } : null,
    paidOre: facts.paidOre,
    owedOre: permits('application', application.status, 'repaying') ? facts.owedOre : 0,
    shares:
      grant && !isApplicant
        ? (await listGrantShares(db, grant.id)).map((s) => ({
            code: s.code,
            name: lang === 'da' ? s.name_da : s.name_en,
            ore: s.amount_ore,
          }))
        : [],
    instalments: await instalmentRows(db, instalments, { it, actor, roles, viewer, reports }),
    reports: reportRows(reports, application.reference, lang),
    decisions: decisions.map((d) => ({
      kind: t(lang, `case.decision.${d.kind}`),
      pdf: paths.decisionPdf(application.reference, d.id),
      when: formatDateTime(d.decided_at, lang),
      body: (lang === 'da' ? d.body_da : d.body_en) ?? '',
      caseNumber: d.case_number ?? '',
      amountOre: d.amount_ore,
      conditions: d.conditions,
      reasons: d.reasons,
      rule: d.rule,
      onwardHelp: d.onward_help,
      superseded: d.superseded_at !== null,
    })),
    onward: {
      link: paths.onwardPlan(application.reference),
      shown: items.length > 0,
      where: items.filter((i) => i.kind === 'where').map((i) => i.text),
      who: items.filter((i) => i.kind === 'who').map((i) => i.text),
      tasksDone: items.filter((i) => i.kind === 'task' && i.done_at !== null).length,
      tasks: items.filter((i) => i.kind === 'task').length,
    },
    ...messagesPart(messages, files, { reference: application.reference, isApplicant, lang }),
    people: await peoplePart(db, it, viewer, roles),
    contact: {
      name: pool.contact_name,
      phone: formatPhone(pool.contact_phone),
      tel: pool.contact_phone,
    },
    official,
  }
}

/** Whom of the organisation the municipality writes to, and who is reminded with them. */
async function peoplePart(
  db: Db,
  { application, organisation }: Case,
  { lang }: Viewer,
  roles: Role[],
) {
  const members = await membersOf(db, organisation.id)
  const nameOf = (p: { name: string; email: string } | undefined) => (p ? p.name || p.email : '')
  const second = secondFor(organisation, application.contact_id, members)
  const isContactThere = members.some((m) => m.id === application.contact_id)
  const mayChange = roles.includes('applicant') || roles.includes('secretariat')
  return {
    contact: isContactThere ? nameOf(members.find((m) => m.id === application.contact_id)) : '',
    second: nameOf(second),
    nobody: members.length === 0 ? t(lang, 'case.nobodyLeft') : '',
    changeLink: mayChange && members.length > 0 ? paths.caseContact(application.reference) : '',
  }
}

/** What a grantee can do next on their own: the first report that waits for them. */
function nextReportOf(
  { status, reference }: ApplicationRow,
  reports: ReportRow[],
  roles: Role[],
  lang: Lang,
) {
  if (!roles.includes('applicant') || !permits('application', status, 'running')) return null
  return reportRows(reports, reference, lang).find((r) => r.waits) ?? null
}

function homeOf(roles: Role[]): string {
  if (roles.includes('secretariat')) return paths.inbox()
  if (roles.includes('decisionMaker')) return paths.decisions()
  return roles.includes('adviser') ? paths.advice() : paths.payments()
}
