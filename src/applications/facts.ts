import type { ApplicationFacts, Origin } from '../../workflows/application.facts.ts'
import type { Answers } from '../../workflows/application.questions.ts'
import { permits, statusesWith } from '../../workflows/lifecycle.ts'
import type { Role } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import { checkAnswers, textOf } from '../shared/answers.ts'
import { copenhagenDate, copenhagenYear } from '../shared/danish.ts'
import type { Case } from './queries.ts'

/** What the person typed that guards depend on; amounts in øre. */
export type AskedFacts = { amountOre?: number; spentOre?: number; stateAid?: string }

export type FactsFor = {
  actorId: number | null
  mayBind: boolean
  roles: readonly Role[]
  now: string
  asked: AskedFacts
}

/**
 * What the application's guards look at, for this person at this moment: one statement over the
 * case and all that hangs on it, computed just before asking.
 */
export async function applicationFacts(
  db: Db,
  { application, pool, round }: Case,
  who: FactsFor,
): Promise<ApplicationFacts> {
  const c = await countAll(db, application.id, who, copenhagenYear(who.now), pool.id)
  const answers = JSON.parse(application.answers) as Answers
  const checked = checkAnswers(answers, pool)
  const amountOre = who.asked.amountOre ?? c.recommended_ore ?? application.requested_ore
  const finalOre = who.asked.spentOre ?? c.final_ore
  const keptOre = c.paid_ore - c.returned_ore - c.forgiven_ore
  const owedOre =
    finalOre === null
      ? Math.max(0, c.demanded_ore - c.returned_ore - c.forgiven_ore)
      : Math.max(0, keptOre - finalOre, c.demanded_ore - c.returned_ore - c.forgiven_ore)
  const isDecided = permits('application', application.status, 'decided')
  const usesStateAid = who.asked.stateAid !== 'no'
  return {
    isConflicted: c.conflicts > 0 || isOwnCase(who),
    missingAnswers: checked.problems.filter((p) => p.field !== 'declaration').length,
    declarationsMade: textOf(answers, 'declaration') === 'yes',
    roundIsOpen: round.opens_at <= who.now && who.now <= round.closes_at,
    cameFrom: application.came_from as Origin | null,
    mayBind: who.mayBind,
    reviewersReady: c.reviewers_ready,
    reviewersRequired: pool.reviewers_required,
    reviewsSubmitted: c.reviews_submitted,
    amountOre,
    requestedOre: application.requested_ore,
    quickLaneOre: pool.quick_lane_ore,
    delegationOre: c.delegation_ore ?? 0,
    fourEyesOre: pool.four_eyes_ore,
    preparedByAnother: c.prepared_by !== null && c.prepared_by !== who.actorId,
    tookPart: c.took_part > 0,
    availableOre: c.available_ore ?? 0,
    deMinimisRoomOre: usesStateAid
      ? Math.max(0, pool.de_minimis_ore - application.own_de_minimis_ore - (c.aid_ore ?? 0))
      : null,
    isGranted: isDecided,
    informationOverdue: c.information_overdue > 0,
    hearingOverdue: c.hearing_overdue > 0,
    acceptanceOverdue: c.acceptance_due !== null && c.acceptance_due <= who.now,
    remindersSent: c.reminders_sent,
    callsMade: c.calls_made,
    adviceOfferOverdue: c.advice_offer_due !== null && c.advice_offer_due <= who.now,
    inheritsConcept: application.inherits_id !== null,
    conceptReportApproved: c.concept_reports > 0,
    accountsApproved: c.final_reports > 0,
    instalmentsLeft: c.instalments_left,
    paidOre: c.paid_ore,
    owedOre,
    openOrderOre: c.open_order_ore ?? 0,
    planWhere: c.plan_where,
    planWho: c.plan_who,
    ownTasksOpen: c.own_tasks_open,
    unansweredNotices: c.unanswered_notices,
  }
}

/** Somebody of the applying organisation may not sit on the other side of the table (§ 3). */
const isOwnCase = (who: FactsFor) =>
  who.roles.includes('applicant') && who.roles.some((role) => role !== 'applicant')

type Counts = {
  conflicts: number
  reviewers_ready: number
  reviews_submitted: number
  delegation_ore: number | null
  prepared_by: number | null
  recommended_ore: number | null
  took_part: number
  available_ore: number | null
  aid_ore: number | null
  information_overdue: number
  hearing_overdue: number
  acceptance_due: string | null
  advice_offer_due: string | null
  reminders_sent: number
  calls_made: number
  concept_reports: number
  final_reports: number
  instalments_left: number
  paid_ore: number
  open_order_ore: number | null
  returned_ore: number
  final_ore: number | null
  demanded_ore: number
  forgiven_ore: number
  plan_where: number
  plan_who: number
  own_tasks_open: number
  unanswered_notices: number
}

async function countAll(
  db: Db,
  id: number,
  who: FactsFor,
  year: number,
  poolId: number,
): Promise<Counts> {
  const me = who.actorId ?? -1
  const live = { application_id: id }
  const grant = () => db('grants').where(live).whereNull('ended_at').orderBy('id', 'desc').limit(1)
  const count = (table: string) => db(table).where(live).count()
  const lastDue = (kind: string) =>
    db('deadlines')
      .where({ ...live, kind })
      .max('due_at')
  const unanswered = (kind: string) =>
    count('information_requests')
      .where({ kind })
      .whereNull('answered_at')
      .andWhere('due_at', '<=', who.now)
  const delegatedRoles = who.roles.filter((r) => r === 'secretariat' || r === 'decisionMaker')
  const grantedAt = db('decisions')
    .where({ ...live, kind: 'grant' })
    .max('decided_at')
  const noticesSince = db('messages')
    .where({ ...live, side: 'applicant' })
    .max('id')
  const aidSince = `${Number(who.now.slice(0, 4)) - 3}${who.now.slice(4)}`
  const parts: Record<keyof Counts, ReturnType<Db['select']>> = {
    conflicts: count('reviews')
      .where({ reviewer_id: me })
      .whereIn('status', statusesWith('review', 'barred')),
    reviewers_ready: count('reviews').whereIn('status', statusesWith('review', 'ready')),
    reviews_submitted: count('reviews').whereIn('status', statusesWith('review', 'counted')),
    delegation_ore: db('delegations')
      .where({ pool_id: poolId })
      .whereIn('role', delegatedRoles)
      .andWhere('valid_to', '>=', copenhagenDate(who.now))
      .max('limit_ore'),
    prepared_by: db('recommendations')
      .where(live)
      .orderBy('id', 'desc')
      .limit(1)
      .select('prepared_by'),
    recommended_ore: db('recommendations')
      .where({ ...live, outcome: 'grant' })
      .orderBy('id', 'desc')
      .limit(1)
      .select('amount_ore'),
    took_part: count('reviews')
      .where({ reviewer_id: me })
      .whereIn('status', [
        ...statusesWith('review', 'assessable'),
        ...statusesWith('review', 'counted'),
      ]),
    available_ore: db('pool_years').where({ pool_id: poolId, year }).select('available_ore'),
    aid_ore: db('grants as g')
      .join('decisions as d', 'd.id', 'g.decision_id')
      .join('applications as a', 'a.id', 'g.application_id')
      .whereIn('a.organisation_id', db('applications').where({ id }).select('organisation_id'))
      .whereNot('a.id', id)
      .whereNull('g.ended_at')
      .andWhere('d.decided_at', '>', aidSince)
      .whereNot('d.state_aid', 'no')
      .sum('g.amount_ore'),
    information_overdue: unanswered('information'),
    hearing_overdue: unanswered('hearing'),
    acceptance_due: lastDue('acceptanceDue'),
    advice_offer_due: lastDue('adviceOfferDue'),
    reminders_sent: db('outbox')
      .where({ ...live, event: 'deadline.acceptanceReminder' })
      .andWhere('created_at', '>', grantedAt)
      .countDistinct('created_at'),
    calls_made: count('tasks')
      .where({ kind: 'callApplicant' })
      .whereNotNull('done_at')
      .andWhere('created_at', '>', grantedAt),
    concept_reports: count('reports')
      .where({ kind: 'proofOfConcept' })
      .whereIn('status', statusesWith('report', 'accepted')),
    final_reports: count('reports')
      .where({ kind: 'final' })
      .whereIn('status', statusesWith('report', 'accepted')),
    instalments_left: count('instalments').whereIn(
      'status',
      statusesWith('instalment', 'unsettled'),
    ),
    paid_ore: db('instalments')
      .where(live)
      .whereIn('status', statusesWith('instalment', 'paidOut'))
      .select(db.raw('coalesce(sum(amount_ore), 0)')),
    open_order_ore: db('instalments')
      .where(live)
      .whereIn('status', statusesWith('instalment', 'inFlight'))
      .select(db.raw('coalesce(sum(amount_ore), 0)')),
    returned_ore: db('ledger_entries as e')
      .join('ledger_postings as p', 'p.id', 'e.posting_id')
      .where({ 'p.application_id': id, 'e.account': 'returned' })
      .select(
        db.raw(
          "coalesce(sum(case when e.side = 'credit' then e.amount_ore else -e.amount_ore end), 0)",
        ),
      ),
    final_ore: grant().select('final_ore'),
    demanded_ore: db('grants').where(live).select(db.raw('coalesce(max(demanded_ore), 0)')),
    forgiven_ore: db('grants').where(live).select(db.raw('coalesce(max(forgiven_ore), 0)')),
    plan_where: count('onward_items').where({ kind: 'where' }),
    plan_who: count('onward_items').where({ kind: 'who' }),
    own_tasks_open: count('onward_items')
      .where({ kind: 'task' })
      .whereNull('done_at')
      .whereNull('waiver_seen_at'),
    unanswered_notices: count('messages')
      .where({ kind: 'adviceNotice' })
      .andWhere(
        (q) =>
          void q.where('id', '>', noticesSince).orWhereNotExists(
            db('messages')
              .where({ ...live, side: 'applicant' })
              .select('id'),
          ),
      ),
  }
  const row = await db
    .select(Object.entries(parts).map(([name, part]) => db.raw('(?) as ??', [part, name])))
    .first<Counts>()
  return row
}
