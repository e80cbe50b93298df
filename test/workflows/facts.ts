import type { ApplicationFacts, Origin } from '../../workflows/application.facts.ts'
import { runCheck } from '../../workflows/define.ts'
import type { Lifecycle } from '../../workflows/define.ts'
import type { MachineName } from '../../workflows/vocabulary.ts'

/** Facts that open most doors, for each machine. */
const open: Record<MachineName, Record<string, unknown>> = {
  application: {
    isConflicted: false,
    missingAnswers: 0,
    declarationsMade: true,
    roundIsOpen: true,
    cameFrom: 'submitted',
    mayBind: true,
    reviewersReady: 2,
    reviewersRequired: 2,
    reviewsSubmitted: 2,
    amountOre: 100,
    requestedOre: 100,
    quickLaneOre: 1000,
    delegationOre: 1000,
    fourEyesOre: 1000,
    preparedByAnother: true,
    tookPart: false,
    availableOre: 1000,
    deMinimisRoomOre: 1000,
    isGranted: false,
    informationOverdue: true,
    hearingOverdue: true,
    acceptanceOverdue: true,
    remindersSent: 2,
    callsMade: 1,
    adviceOfferOverdue: true,
    inheritsConcept: false,
    conceptReportApproved: true,
    accountsApproved: true,
    instalmentsLeft: 0,
    paidOre: 50,
    owedOre: 0,
    openOrderOre: 0,
    planWhere: 1,
    planWho: 1,
    ownTasksOpen: 0,
    unansweredNotices: 2,
    wasEnteredForThem: true,
    reviewersAsked: 0,
    roundIsThere: true,
  } satisfies ApplicationFacts,
  review: {
    isConflicted: false,
    isOwnReview: true,
    caseIsAssessable: true,
    caseIsDecided: false,
    criteriaMissing: 0,
    isOverdue: true,
  },
  contribution: {
    isConflicted: false,
    hasCouncilDecision: true,
    transferringOre: 0,
    missingTransferOre: 100,
  },
  instalment: {
    isConflicted: false,
    caseIsRunning: true,
    isDue: true,
    reportIsApproved: true,
    approvedByAnother: true,
    amountOre: 1,
    transferredLeftOre: 1,
  },
  report: { isConflicted: false, caseIsRunning: true, isOverdue: true, missingAnswers: 0 },
  mail: { isConflicted: false, attempts: 1, maxAttempts: 5, isRefused: false },
}

/** For each fact, the values that turn some check round. */
const turns: Record<string, readonly unknown[]> = {
  cameFrom: ['underReview', 'reviewed', 'proofOfConcept', 'tapering'] satisfies Origin[],
  amountOre: [5000],
  requestedOre: [5000],
  reviewersReady: [0],
  reviewsSubmitted: [0],
  instalmentsLeft: [1],
  paidOre: [0],
  owedOre: [100],
  openOrderOre: [1],
  planWhere: [0],
  ownTasksOpen: [1],
  unansweredNotices: [0],
  delegationOre: [10],
  quickLaneOre: [10],
  availableOre: [10],
  deMinimisRoomOre: [10, null],
  fourEyesOre: [10],
  attempts: [5],
  transferringOre: [40, 100],
  criteriaMissing: [1],
  transferredLeftOre: [0],
  missingAnswers: [1],
  remindersSent: [0],
}

/** The open world, and worlds in which one or two facts are turned round. */
export function worlds(name: MachineName): Record<string, unknown>[] {
  const base = open[name]
  const single = Object.keys(base).flatMap((fact) =>
    turnsOf(fact, base[fact]).map((value) => ({ [fact]: value })),
  )
  const pairs: Record<string, unknown>[] = [
    { fourEyesOre: 10, preparedByAnother: false },
    { inheritsConcept: true },
  ]
  return [base, ...[...single, ...pairs].map((turned) => ({ ...base, ...turned }))]
}

function turnsOf(fact: string, value: unknown): readonly unknown[] {
  const listed = turns[fact]
  if (listed) return listed
  if (typeof value === 'boolean') return [!value]
  if (typeof value === 'number') return [value === 0 ? 1 : 0]
  return []
}

const known = new Map<MachineName, Record<string, unknown>[]>()

/** A world in which, of these checks, only one says no; null when there is none. */
export function factsFor(
  lifecycle: Lifecycle<ApplicationFacts>,
  checks: string[],
  refusing: string,
): Record<string, unknown> | null {
  const candidates = known.get(lifecycle.name) ?? combinations(lifecycle.name)
  known.set(lifecycle.name, candidates)
  return (
    candidates.find((facts) =>
      checks.every(
        (check) => runCheck(lifecycle.checks, check, facts as never) === (check !== refusing),
      ),
    ) ?? null
  )
}

/** Every two single turns together: checks that need another fact to be right first. */
function combinations(name: MachineName): Record<string, unknown>[] {
  const base = open[name]
  const changes = worlds(name).map((world) =>
    Object.fromEntries(Object.entries(world).filter(([fact, value]) => base[fact] !== value)),
  )
  return changes.flatMap((a) => changes.map((b) => ({ ...base, ...a, ...b })))
}
