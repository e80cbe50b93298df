/** The words of the lifecycle. Machines may use no others, and a test says so. */

export const roles = [
  'applicant',
  'reviewer',
  'secretariat',
  'decisionMaker',
  'contributor',
  'adviser',
  'finance',
  'administrator',
  'clock',
] as const
export type Role = (typeof roles)[number]

export const stages = [
  'apply',
  'review',
  'decision',
  'proofOfConcept',
  'tapering',
  'advice',
  'ended',
] as const
export type Stage = (typeof stages)[number]

export const tones = ['neutral', 'info', 'success', 'warning', 'error'] as const
export type Tone = (typeof tones)[number]

/** What a status permits beside its transitions. */
export const tags = [
  'editable',
  'awaitsApplicant',
  'awaitsMunicipality',
  'decided',
  'holdsMoney',
  'running',
  'advising',
  'ended',
  'assessable',
  'ready',
  'counted',
  'unsettled',
  'inFlight',
  'paidOut',
  'accepted',
  'payable',
  'repaying',
  'barred',
  'withdrawnFrom',
  'official',
  'live',
  'begun',
] as const
export type Tag = (typeof tags)[number]

/** What a step asks of the person who takes it; forms and history follow from these. */
export const askNames = [
  'reason',
  'optionalReason',
  'question',
  'answer',
  'answerBy',
  'ground',
  'reasons',
  'reasonsIfNotFull',
  'rule',
  'ruleIfNotFull',
  'facts',
  'amount',
  'conditions',
  'hearing',
  'stateAid',
  'onwardHelp',
  'newDate',
  'outcome',
  'learning',
  'spent',
  'repayment',
  'received',
  'settledBy',
  'cameBy',
  'toPool',
] as const
export type Ask = (typeof askNames)[number]

export const audiences = [
  'applicants',
  'secretariat',
  'reviewer',
  'reviewers',
  'decisionMakers',
  'finance',
  'advisers',
  'contributor',
] as const
export type Audience = (typeof audiences)[number]

/** Entries that a step may ask the ledger for. */
export const ledgerEntries = [
  'commitGrant',
  'releaseGrant',
  'releaseRest',
  'orderInstalment',
  'payInstalment',
  'failInstalment',
  'receiveRepayment',
  'creditContribution',
] as const
export type LedgerEntry = (typeof ledgerEntries)[number]

/** Rows that a step writes beside its own: what was asked becomes a record of its kind. */
export const records = [
  'submission',
  'informationRequest',
  'informationAnswer',
  'hearing',
  'hearingAnswer',
  'grantDecision',
  'rejectionDecision',
  'dismissalDecision',
  'terminationDecision',
  'repaymentDecision',
  'supersededDecision',
  'acceptance',
  'projectPlan',
  'outcome',
  'cancelledPlan',
  'onwardPlan',
  'settlement',
  'postponement',
  'moveProposal',
  'moveAnswer',
  'move',
] as const
export type RecordKind = (typeof records)[number]

export const deadlineKinds = [
  'roundClosing',
  'draftReminder',
  'informationDue',
  'hearingDue',
  'decisionDue',
  'acceptanceReminder',
  'acceptanceCall',
  'acceptanceDue',
  'adviceOfferDue',
  'reviewDue',
  'reportDue',
  'instalmentDue',
] as const
export type DeadlineKind = (typeof deadlineKinds)[number]

export type Effect =
  | { type: 'email'; params: { template: string; to: Audience } }
  | { type: 'silent'; params: { because: string } }
  | { type: 'ledger'; params: { entry: LedgerEntry } }
  | { type: 'record'; params: { what: RecordKind } }
  | { type: 'startDeadline'; params: { kind: DeadlineKind } }

export const email = (template: string, to: Audience): Effect => ({
  type: 'email',
  params: { template, to },
})
export const silent = (because: string): Effect => ({ type: 'silent', params: { because } })
export const ledger = (entry: LedgerEntry): Effect => ({ type: 'ledger', params: { entry } })
export const record = (what: RecordKind): Effect => ({ type: 'record', params: { what } })
export const startDeadline = (kind: DeadlineKind): Effect => ({
  type: 'startDeadline',
  params: { kind },
})
export const applicationEvents = [
  'submit',
  'roundClosed',
  'retract',
  'requestInformation',
  'provideInformation',
  'enterAnswer',
  'resumeWithoutAnswer',
  'startReview',
  'completeReview',
  'returnToReview',
  'proposeMove',
  'acceptMove',
  'declineMove',
  'cancelMove',
  'dismiss',
  'openHearing',
  'answerHearing',
  'hearingDeadlinePassed',
  'grant',
  'reject',
  'postpone',
  'withdraw',
  'accept',
  'decline',
  'acceptanceDeadlinePassed',
  'proveConcept',
  'concludeUnproven',
  'finishTapering',
  'stopProject',
  'decideTermination',
  'demandRepayment',
  'settleRepayment',
  'acceptAdvice',
  'declineAdvice',
  'adviceOfferExpired',
  'close',
  'reopen',
] as const
export type ApplicationEvent = (typeof applicationEvents)[number]

export const reviewEvents = [
  'acceptReview',
  'declineReview',
  'reportConflict',
  'excludeReviewer',
  'clearReviewer',
  'saveScores',
  'submitReview',
  'voidReview',
  'replaceReviewer',
  'reviewDeadlinePassed',
] as const
export const contributionEvents = [
  'promise',
  'decideContribution',
  'transfer',
  'withdrawContribution',
] as const
export const instalmentEvents = [
  'becomeDue',
  'approve',
  'order',
  'confirmPaid',
  'reportFailure',
  'retry',
  'withhold',
  'resume',
  'cancel',
] as const
export const reportEvents = [
  'reportDeadlinePassed',
  'submitReport',
  'returnReport',
  'approveReport',
  'waiveReport',
  'cancelReport',
] as const
export const mailEvents = ['claim', 'delivered', 'failed', 'suppress', 'resend'] as const

export const vocabulary = {
  application: applicationEvents,
  review: reviewEvents,
  contribution: contributionEvents,
  instalment: instalmentEvents,
  report: reportEvents,
  mail: mailEvents,
} as const
export type MachineName = keyof typeof vocabulary
