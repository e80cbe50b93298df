import { arrow as buildArrow, state as buildState } from './arrow.ts'
import type { Arrow, BaseFacts } from './arrow.ts'
import { defineMachine } from './define.ts'
import { email, silent } from './vocabulary.ts'
import type { reviewEvents } from './vocabulary.ts'

export type ReviewFacts = BaseFacts & {
  isOwnReview: boolean
  caseIsAssessable: boolean
  caseIsDecided: boolean
  criteriaMissing: number
  isOverdue: boolean
}

const checks = {
  isOwn: (f: ReviewFacts) => f.isOwnReview,
  caseIsOpenForReview: (f: ReviewFacts) => f.caseIsAssessable,
  caseIsUndecided: (f: ReviewFacts) => !f.caseIsDecided,
  everyCriterionIsScored: (f: ReviewFacts) => f.criteriaMissing === 0,
  isOverdue: (f: ReviewFacts) => f.isOverdue,
} as const

type Check = keyof typeof checks
const arrow = (a: Arrow<Check>) => buildArrow(a)
const state = buildState<(typeof reviewEvents)[number]>

const reportConflict = arrow({
  to: 'conflictReported',
  roles: ['reviewer'],
  guards: ['isOwn', 'caseIsUndecided'],
  asks: ['reason'],
  effects: [email('conflict-reported', 'secretariat')],
})

const excludeReviewer = arrow({
  to: 'excluded',
  roles: ['secretariat'],
  guards: ['caseIsUndecided'],
  asks: ['reason'],
  effects: [email('reviewer-excluded', 'reviewer')],
})

const voidReview = arrow({
  to: 'voided',
  roles: ['secretariat'],
  guards: ['caseIsUndecided'],
  asks: ['reason'],
  effects: [email('review-voided', 'reviewer')],
})

const replaceReviewer = arrow({
  to: 'replaced',
  roles: ['secretariat'],
  guards: ['caseIsUndecided'],
  asks: ['reason'],
  effects: [email('reviewer-replaced', 'reviewer')],
})

const reviewDeadlinePassed = arrow({
  roles: ['clock'],
  guards: ['isOverdue'],
  effects: [email('review-overdue', 'reviewer')],
})

const assess = {
  saveScores: arrow({
    to: 'drafted',
    roles: ['reviewer'],
    guards: ['isOwn', 'caseIsOpenForReview'],
    effects: [silent('ownDraft')],
  }),
  submitReview: arrow({
    to: 'submitted',
    roles: ['reviewer'],
    guards: ['isOwn', 'caseIsOpenForReview', 'everyCriterionIsScored'],
    effects: [email('review-received', 'reviewer'), email('review-submitted', 'secretariat')],
  }),
  reportConflict,
  excludeReviewer,
  voidReview,
  replaceReviewer,
  reviewDeadlinePassed,
}

/** One reviewer's assessment of one application, from invitation to a sealed, submitted review. */
export const review = defineMachine<ReviewFacts>({
  name: 'review',
  initial: 'invited',
  checks,
  states: {
    invited: state('review', 'info', ['live'], {
      acceptReview: arrow({
        to: 'accepted',
        roles: ['reviewer'],
        guards: ['isOwn', 'caseIsUndecided'],
        effects: [email('review-accepted', 'secretariat')],
      }),
      declineReview: arrow({
        to: 'declined',
        roles: ['reviewer'],
        guards: ['isOwn'],
        asks: ['optionalReason'],
        effects: [email('review-declined', 'secretariat')],
      }),
      reportConflict,
      replaceReviewer,
    }),
    accepted: state('review', 'info', ['live', 'ready', 'assessable'], assess),
    drafted: state('review', 'info', ['live', 'ready', 'assessable', 'begun'], assess),
    cleared: state('review', 'info', ['live', 'ready', 'assessable'], assess),
    conflictReported: state('review', 'warning', ['live', 'barred'], {
      excludeReviewer,
      clearReviewer: arrow({
        to: 'cleared',
        roles: ['secretariat'],
        guards: ['caseIsUndecided'],
        asks: ['reason'],
        effects: [email('reviewer-cleared', 'reviewer')],
      }),
    }),
    submitted: state('review', 'success', ['live', 'ready', 'counted'], {
      reportConflict,
      excludeReviewer,
      voidReview,
    }),
    declined: state('ended', 'neutral', ['ended']),
    excluded: state('ended', 'neutral', ['ended', 'barred']),
    voided: state('ended', 'neutral', ['ended']),
    replaced: state('ended', 'neutral', ['ended', 'withdrawnFrom']),
  },
})
