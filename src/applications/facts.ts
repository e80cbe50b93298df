import type { ApplicationFacts, Origin } from '../../workflows/application.facts.ts'
import type { Answers } from '../../workflows/application.questions.ts'
import { permits } from '../../workflows/lifecycle.ts'
import type { Role } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import type { MemberRole } from '../shared/actor.ts'
import { checkAnswers, textOf } from '../shared/answers.ts'
import { copenhagenYear } from '../shared/danish.ts'
import { countAll } from './counts.ts'
import type { Case } from './queries.ts'
import { isBeingEntered } from './queries.ts'

/** What the person typed that guards depend on; amounts in øre. */
export type AskedFacts = { amountOre?: number; spentOre?: number; stateAid?: string }

export type FactsFor = {
  actorId: number | null
  /** What they are in the organisation that applies, if they are its member. */
  membership: MemberRole | undefined
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
    mayBind: who.membership === 'bind',
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
    wasEnteredForThem: isBeingEntered(application),
    reviewersAsked: c.reviewers_asked,
    roundIsThere: c.rounds_there > 0,
  }
}

/** Somebody of the applying organisation may not sit on the other side of the table (§ 3). */
const isOwnCase = (who: FactsFor) =>
  who.membership !== undefined && who.roles.some((role) => role !== 'applicant')
