import type { BaseFacts } from './arrow.ts'
import type { Ask } from './vocabulary.ts'

/** Where a case stood before it waited for an answer. */
export type Origin = 'submitted' | 'underReview' | 'reviewed' | 'proofOfConcept' | 'tapering'

/**
 * What the application's guards look at. Computed by SQL just before asking, never accumulated.
 * Amounts in øre; `amountOre` is what the step asks for, or what is recommended or was applied for
 * when nothing is typed yet.
 */
export type ApplicationFacts = BaseFacts & {
  missingAnswers: number
  declarationsMade: boolean
  roundIsOpen: boolean
  cameFrom: Origin | null
  mayBind: boolean
  reviewersReady: number
  reviewersRequired: number
  reviewsSubmitted: number
  amountOre: number
  requestedOre: number
  quickLaneOre: number
  delegationOre: number
  fourEyesOre: number
  preparedByAnother: boolean
  tookPart: boolean
  availableOre: number
  deMinimisRoomOre: number | null
  isGranted: boolean
  informationOverdue: boolean
  hearingOverdue: boolean
  acceptanceOverdue: boolean
  remindersSent: number
  callsMade: number
  adviceOfferOverdue: boolean
  inheritsConcept: boolean
  conceptReportApproved: boolean
  accountsApproved: boolean
  instalmentsLeft: number
  paidOre: number
  owedOre: number
  openOrderOre: number
  planWhere: number
  planWho: number
  ownTasksOpen: number
  unansweredNotices: number
  wasEnteredForThem: boolean
  reviewersAsked: number
  roundIsThere: boolean
}

export const applicationChecks = {
  isComplete: (f: ApplicationFacts) => f.missingAnswers === 0,
  isDeclared: (f: ApplicationFacts) => f.declarationsMade,
  roundIsOpen: (f: ApplicationFacts) => f.roundIsOpen,
  roundIsClosed: (f: ApplicationFacts) => !f.roundIsOpen,
  cameFromSubmitted: (f: ApplicationFacts) => f.cameFrom === 'submitted',
  cameFromUnderReview: (f: ApplicationFacts) => f.cameFrom === 'underReview',
  cameFromReviewed: (f: ApplicationFacts) => f.cameFrom === 'reviewed',
  cameFromProofOfConcept: (f: ApplicationFacts) => f.cameFrom === 'proofOfConcept',
  cameFromTapering: (f: ApplicationFacts) => f.cameFrom === 'tapering',
  mayBind: (f: ApplicationFacts) => f.mayBind,
  enoughReviewers: (f: ApplicationFacts) =>
    f.reviewersRequired > 0 && f.reviewersReady >= f.reviewersRequired,
  reviewsAreIn: (f: ApplicationFacts) =>
    f.reviewersRequired > 0 && f.reviewsSubmitted >= f.reviewersRequired,
  aReviewIsMissing: (f: ApplicationFacts) => f.reviewsSubmitted < f.reviewersRequired,
  inQuickLane: (f: ApplicationFacts) => f.requestedOre <= f.quickLaneOre,
  decidesWithCleanHands: (f: ApplicationFacts) => !f.tookPart,
  delegationCovers: (f: ApplicationFacts) => f.amountOre <= f.delegationOre,
  fourEyes: (f: ApplicationFacts) => f.amountOre <= f.fourEyesOre || f.preparedByAnother,
  moneyIsThere: (f: ApplicationFacts) => f.amountOre <= f.availableOre,
  withinDeMinimis: (f: ApplicationFacts) =>
    f.deMinimisRoomOre === null || f.amountOre <= f.deMinimisRoomOre,
  nothingGranted: (f: ApplicationFacts) => !f.isGranted,
  informationDeadlinePassed: (f: ApplicationFacts) => f.informationOverdue,
  hearingIsOver: (f: ApplicationFacts) => f.hearingOverdue,
  acceptanceIsOver: (f: ApplicationFacts) => f.acceptanceOverdue,
  remindedAndCalled: (f: ApplicationFacts) => f.remindersSent >= 2 && f.callsMade >= 1,
  adviceOfferIsOver: (f: ApplicationFacts) => f.adviceOfferOverdue,
  conceptIsInherited: (f: ApplicationFacts) => f.inheritsConcept,
  conceptIsNew: (f: ApplicationFacts) => !f.inheritsConcept,
  conceptReportApproved: (f: ApplicationFacts) => f.conceptReportApproved,
  accountsApproved: (f: ApplicationFacts) => f.accountsApproved,
  instalmentsAreLeft: (f: ApplicationFacts) => f.instalmentsLeft > 0,
  noInstalmentsLeft: (f: ApplicationFacts) => f.instalmentsLeft === 0,
  owesMoney: (f: ApplicationFacts) => f.owedOre > 0,
  owesNothing: (f: ApplicationFacts) => f.owedOre <= 0,
  somethingPaid: (f: ApplicationFacts) => f.paidOre > 0,
  nothingPaid: (f: ApplicationFacts) => f.paidOre === 0,
  planSaysWhereAndWho: (f: ApplicationFacts) => f.planWhere > 0 && f.planWho > 0,
  ownTasksAreDone: (f: ApplicationFacts) => f.ownTasksOpen === 0,
  accountsAreSettled: (f: ApplicationFacts) => f.owedOre <= 0 && f.openOrderOre === 0,
  applicantNoLongerAnswers: (f: ApplicationFacts) => f.unansweredNotices >= 2,
  wasEnteredForThem: (f: ApplicationFacts) => f.wasEnteredForThem,
  nobodyReviews: (f: ApplicationFacts) => f.reviewersAsked === 0,
  roundIsThere: (f: ApplicationFacts) => f.roundIsThere,
  adviceIsDone: (f: ApplicationFacts) => f.planWhere > 0 && f.planWho > 0 && f.ownTasksOpen === 0,
  adviceIsNotDone: (f: ApplicationFacts) =>
    f.planWhere === 0 || f.planWho === 0 || f.ownTasksOpen > 0,
} as const

/** An amount can still be set down, and state aid be ruled out, by whoever has not typed it yet. */
export function applicationAtBest(facts: ApplicationFacts, asks: readonly Ask[]): ApplicationFacts {
  return {
    ...facts,
    amountOre: asks.includes('amount') ? Math.min(1, facts.amountOre) : facts.amountOre,
    deMinimisRoomOre: asks.includes('stateAid') ? null : facts.deMinimisRoomOre,
  }
}
