import { arrow as buildArrow, state as buildState } from './arrow.ts'
import type { Arrow } from './arrow.ts'
import type { ApplicationFacts, Origin } from './application.facts.ts'
import { applicationAtBest, applicationChecks } from './application.facts.ts'
import { defineMachine } from './define.ts'
import type { ApplicationEvent } from './vocabulary.ts'
import { email, ledger, record, silent, startDeadline } from './vocabulary.ts'

type Check = keyof typeof applicationChecks
const arrow = (a: Arrow<Check>) => buildArrow(a)
const state = buildState<ApplicationEvent>

/* Arrows that stand on several states. */

const submit = (roles: Arrow<Check>['roles'], guards: readonly Check[]) =>
  arrow({
    to: 'submitted',
    roles,
    guards: [...guards, 'isComplete', 'isDeclared', 'roundIsOpen'],
    effects: [
      record('submission'),
      startDeadline('decisionDue'),
      email('application-received', 'applicants'),
      email('application-arrived', 'secretariat'),
    ],
  })

const withdraw = arrow({
  to: 'withdrawn',
  roles: ['applicant'],
  place: 'wayOut',
  guards: ['nothingGranted'],
  asks: ['optionalReason'],
  effects: [email('application-withdrawn', 'applicants'), email('withdrawal-noted', 'secretariat')],
})

const requestInformation = arrow({
  to: 'awaitingInformation',
  roles: ['secretariat'],
  place: 'aside',
  asks: ['question', 'answerBy'],
  effects: [
    record('informationRequest'),
    startDeadline('informationDue'),
    email('information-requested', 'applicants'),
  ],
})

const openHearing = arrow({
  to: 'partyHearing',
  roles: ['secretariat', 'decisionMaker'],
  place: 'aside',
  asks: ['facts', 'answerBy'],
  effects: [record('hearing'), startDeadline('hearingDue'), email('hearing-opened', 'applicants')],
})

const grant = (roles: Arrow<Check>['roles'], guards: readonly Check[]) =>
  arrow({
    to: 'granted',
    roles,
    guards: [
      ...guards,
      'decidesWithCleanHands',
      'delegationCovers',
      'fourEyes',
      'moneyIsThere',
      'withinDeMinimis',
    ],
    asks: ['amount', 'conditions', 'reasonsIfNotFull', 'ruleIfNotFull', 'hearing', 'stateAid'],
    effects: [
      record('grantDecision'),
      ledger('commitGrant'),
      startDeadline('acceptanceReminder'),
      startDeadline('acceptanceCall'),
      startDeadline('acceptanceDue'),
      email('grant-offered', 'applicants'),
      email('grant-noted', 'secretariat'),
    ],
  })

const reject = (roles: Arrow<Check>['roles'], guards: readonly Check[]) =>
  arrow({
    to: 'rejected',
    roles,
    guards: [...guards, 'decidesWithCleanHands', 'delegationCovers'],
    asks: ['reasons', 'rule', 'onwardHelp', 'hearing'],
    effects: [
      record('rejectionDecision'),
      startDeadline('adviceOfferDue'),
      email('application-rejected', 'applicants'),
      email('rejection-noted', 'secretariat'),
    ],
  })

const stopProject = (to: string, guard: Check) =>
  arrow({
    to,
    roles: ['applicant'],
    place: 'wayOut',
    guards: ['mayBind', guard],
    asks: ['reason', 'spent'],
    effects: [
      record('outcome'),
      record('cancelledPlan'),
      ledger('releaseRest'),
      record('onwardPlan'),
      email('project-stopped', 'applicants'),
      email('project-stop-noted', 'secretariat'),
    ],
  })

const decideTermination = (to: string, guard: Check) =>
  arrow({
    to,
    roles: ['decisionMaker'],
    place: 'wayOut',
    guards: ['decidesWithCleanHands', 'delegationCovers', guard],
    asks: ['reasons', 'rule', 'hearing', 'spent'],
    effects: [
      record('terminationDecision'),
      record('outcome'),
      record('cancelledPlan'),
      ledger('releaseRest'),
      record('onwardPlan'),
      email('grant-terminated', 'applicants'),
      email('termination-noted', 'secretariat'),
    ],
  })

const whileRunning = {
  openHearing,
  stopProject: [
    stopProject('repaymentDue', 'owesMoney'),
    stopProject('followUpAdvice', 'owesNothing'),
  ],
  decideTermination: [
    decideTermination('repaymentDue', 'owesMoney'),
    decideTermination('followUpAdvice', 'owesNothing'),
  ],
}

const reopen = (to: string, guards: readonly Check[] = []) =>
  arrow({
    to,
    roles: ['decisionMaker'],
    place: 'wayOut',
    guards,
    asks: ['reason'],
    effects: [
      record('supersededDecision'),
      ledger('releaseGrant'),
      email('case-reopened', 'applicants'),
      email('reopening-noted', 'secretariat'),
    ],
  })

const reopenEnded = [
  reopen('reviewed', ['nothingPaid']),
  arrow({
    to: 'repaymentDue',
    roles: ['decisionMaker'],
    place: 'wayOut',
    guards: ['somethingPaid'],
    asks: ['reason', 'repayment', 'reasons', 'rule', 'hearing'],
    effects: [
      record('repaymentDecision'),
      email('repayment-demanded', 'applicants'),
      email('repayment-expected', 'finance'),
    ],
  }),
]

const provideInformation = (to: Origin, guard: Check) =>
  arrow({
    to,
    roles: ['applicant'],
    guards: [guard],
    asks: ['answer'],
    effects: [
      record('informationAnswer'),
      email('answer-received', 'applicants'),
      email('information-provided', 'secretariat'),
    ],
  })

/** Not everybody writes on a page: an answer by telephone or letter counts as much. */
const enterAnswer = (to: Origin, guard: Check, what: 'informationAnswer' | 'hearingAnswer') =>
  arrow({
    to,
    roles: ['secretariat'],
    place: 'aside',
    guards: [guard],
    asks: ['answer', 'cameBy'],
    effects: [record(what), email('answer-entered', 'applicants')],
  })

const resumeWithoutAnswer = (to: Origin, guard: Check) =>
  arrow({
    to,
    roles: ['secretariat'],
    guards: [guard, 'informationDeadlinePassed'],
    effects: [email('case-resumed', 'applicants')],
  })

const answerHearing = (to: Origin, guard: Check) =>
  arrow({
    to,
    roles: ['applicant'],
    guards: [guard],
    asks: ['answer'],
    effects: [
      record('hearingAnswer'),
      email('hearing-answer-received', 'applicants'),
      email('hearing-answered', 'secretariat'),
    ],
  })

const hearingDeadlinePassed = (to: Origin, guard: Check) =>
  arrow({
    to,
    roles: ['clock'],
    guards: [guard, 'hearingIsOver'],
    effects: [email('hearing-expired', 'applicants'), email('hearing-expiry-noted', 'secretariat')],
  })

/** The six stages that the pools promise, from a draft to a closed case. */
export const mainPath = [
  'draft',
  'submitted',
  'underReview',
  'reviewed',
  'granted',
  'proofOfConcept',
  'tapering',
  'followUpAdvice',
  'closed',
]

/** The life of an application: the six stages, and the side states that real cases need. */
export const application = defineMachine<ApplicationFacts>({
  name: 'application',
  initial: 'draft',
  checks: applicationChecks,
  atBest: applicationAtBest,
  states: {
    draft: state('apply', 'neutral', ['editable', 'awaitsApplicant'], {
      submit: [submit(['applicant'], []), submit(['secretariat'], ['wasEnteredForThem'])],
      roundClosed: arrow({
        to: 'notSent',
        roles: ['clock'],
        guards: ['roundIsClosed'],
        effects: [email('draft-not-sent', 'applicants')],
      }),
    }),
    submitted: state('apply', 'info', ['official', 'awaitsMunicipality'], {
      retract: arrow({
        to: 'draft',
        roles: ['applicant'],
        place: 'wayOut',
        guards: ['roundIsOpen'],
        effects: [startDeadline('roundClosing'), email('application-retracted', 'applicants')],
      }),
      startReview: arrow({
        to: 'underReview',
        roles: ['secretariat'],
        guards: ['enoughReviewers'],
        effects: [email('review-started', 'applicants'), email('review-open', 'reviewers')],
      }),
      requestInformation,
      proposeMove: arrow({
        to: 'moveProposed',
        roles: ['secretariat'],
        place: 'aside',
        guards: ['nobodyReviews'],
        asks: ['toPool', 'reason'],
        effects: [record('moveProposal'), email('move-proposed', 'applicants')],
      }),
      dismiss: arrow({
        to: 'dismissed',
        roles: ['secretariat'],
        place: 'wayOut',
        asks: ['ground', 'reasons', 'rule', 'onwardHelp'],
        effects: [
          record('dismissalDecision'),
          startDeadline('adviceOfferDue'),
          email('application-dismissed', 'applicants'),
        ],
      }),
      openHearing,
      grant: grant(['secretariat'], ['inQuickLane']),
      reject: reject(['secretariat'], ['inQuickLane']),
      withdraw,
    }),
    moveProposed: state('apply', 'warning', ['official', 'awaitsApplicant'], {
      acceptMove: arrow({
        to: 'submitted',
        roles: ['applicant'],
        guards: ['roundIsThere'],
        effects: [
          record('moveAnswer'),
          record('move'),
          email('application-moved', 'applicants'),
          email('application-arrived', 'secretariat'),
        ],
      }),
      declineMove: arrow({
        to: 'submitted',
        roles: ['applicant'],
        asks: ['optionalReason'],
        effects: [
          record('moveAnswer'),
          email('move-declined', 'applicants'),
          email('move-refused', 'secretariat'),
        ],
      }),
      cancelMove: arrow({
        to: 'submitted',
        roles: ['secretariat'],
        place: 'aside',
        asks: ['reason'],
        effects: [record('moveAnswer'), email('move-cancelled', 'applicants')],
      }),
      withdraw,
    }),
    awaitingInformation: state('apply', 'warning', ['official', 'awaitsApplicant'], {
      provideInformation: [
        provideInformation('submitted', 'cameFromSubmitted'),
        provideInformation('underReview', 'cameFromUnderReview'),
        provideInformation('reviewed', 'cameFromReviewed'),
      ],
      enterAnswer: [
        enterAnswer('submitted', 'cameFromSubmitted', 'informationAnswer'),
        enterAnswer('underReview', 'cameFromUnderReview', 'informationAnswer'),
        enterAnswer('reviewed', 'cameFromReviewed', 'informationAnswer'),
      ],
      resumeWithoutAnswer: [
        resumeWithoutAnswer('submitted', 'cameFromSubmitted'),
        resumeWithoutAnswer('underReview', 'cameFromUnderReview'),
        resumeWithoutAnswer('reviewed', 'cameFromReviewed'),
      ],
      withdraw,
    }),
    underReview: state('review', 'info', ['official', 'awaitsMunicipality', 'assessable'], {
      completeReview: arrow({
        to: 'reviewed',
        roles: ['secretariat', 'clock'],
        guards: ['reviewsAreIn'],
        effects: [email('review-completed', 'applicants'), email('case-ready', 'decisionMakers')],
      }),
      requestInformation,
      withdraw,
    }),
    reviewed: state('decision', 'info', ['official', 'awaitsMunicipality'], {
      grant: grant(['decisionMaker'], []),
      reject: reject(['decisionMaker'], []),
      openHearing,
      returnToReview: arrow({
        to: 'underReview',
        roles: ['secretariat'],
        place: 'aside',
        guards: ['aReviewIsMissing'],
        effects: [silent('internalReview')],
      }),
      postpone: arrow({
        roles: ['secretariat', 'decisionMaker'],
        place: 'aside',
        asks: ['newDate', 'reason'],
        effects: [record('postponement'), email('decision-postponed', 'applicants')],
      }),
      requestInformation,
      withdraw,
    }),
    partyHearing: state('decision', 'warning', ['official', 'awaitsApplicant'], {
      answerHearing: [
        answerHearing('submitted', 'cameFromSubmitted'),
        answerHearing('reviewed', 'cameFromReviewed'),
        answerHearing('proofOfConcept', 'cameFromProofOfConcept'),
        answerHearing('tapering', 'cameFromTapering'),
      ],
      enterAnswer: [
        enterAnswer('submitted', 'cameFromSubmitted', 'hearingAnswer'),
        enterAnswer('reviewed', 'cameFromReviewed', 'hearingAnswer'),
        enterAnswer('proofOfConcept', 'cameFromProofOfConcept', 'hearingAnswer'),
        enterAnswer('tapering', 'cameFromTapering', 'hearingAnswer'),
      ],
      hearingDeadlinePassed: [
        hearingDeadlinePassed('submitted', 'cameFromSubmitted'),
        hearingDeadlinePassed('reviewed', 'cameFromReviewed'),
        hearingDeadlinePassed('proofOfConcept', 'cameFromProofOfConcept'),
        hearingDeadlinePassed('tapering', 'cameFromTapering'),
      ],
      withdraw,
    }),
    granted: state(
      'decision',
      'success',
      ['official', 'decided', 'holdsMoney', 'awaitsApplicant'],
      {
        accept: ['proofOfConcept', 'tapering'].map((to) =>
          arrow({
            to,
            roles: ['applicant'],
            guards: ['mayBind', to === 'tapering' ? 'conceptIsInherited' : 'conceptIsNew'],
            effects: [
              record('acceptance'),
              record('projectPlan'),
              email('grant-accepted', 'applicants'),
              email('acceptance-noted', 'secretariat'),
            ],
          }),
        ),
        decline: arrow({
          to: 'lapsed',
          roles: ['applicant'],
          place: 'wayOut',
          guards: ['mayBind'],
          asks: ['optionalReason'],
          effects: [
            ledger('releaseGrant'),
            email('grant-declined', 'applicants'),
            email('decline-noted', 'secretariat'),
          ],
        }),
        acceptanceDeadlinePassed: arrow({
          to: 'lapsed',
          roles: ['clock'],
          guards: ['acceptanceIsOver', 'remindedAndCalled'],
          effects: [
            ledger('releaseGrant'),
            email('grant-lapsed', 'applicants'),
            email('lapse-noted', 'secretariat'),
          ],
        }),
        reopen: reopen('reviewed'),
      },
    ),
    proofOfConcept: state(
      'proofOfConcept',
      'info',
      ['official', 'decided', 'holdsMoney', 'running'],
      {
        proveConcept: [
          arrow({
            to: 'tapering',
            roles: ['secretariat'],
            guards: ['conceptReportApproved', 'instalmentsAreLeft'],
            asks: ['outcome', 'optionalReason'],
            effects: [
              record('outcome'),
              email('concept-proved', 'applicants'),
              email('concept-noted', 'advisers'),
            ],
          }),
          arrow({
            to: 'followUpAdvice',
            roles: ['secretariat'],
            guards: ['conceptReportApproved', 'noInstalmentsLeft', 'accountsApproved'],
            asks: ['outcome', 'optionalReason'],
            effects: [
              record('outcome'),
              record('onwardPlan'),
              ledger('releaseRest'),
              email('concept-proved', 'applicants'),
              email('advice-opened', 'advisers'),
            ],
          }),
        ],
        concludeUnproven: arrow({
          to: 'followUpAdvice',
          roles: ['secretariat'],
          guards: ['conceptReportApproved'],
          asks: ['learning', 'spent'],
          effects: [
            record('outcome'),
            record('cancelledPlan'),
            ledger('releaseRest'),
            record('onwardPlan'),
            email('concept-unproven', 'applicants'),
            email('advice-opened', 'advisers'),
          ],
        }),
        ...whileRunning,
      },
    ),
    tapering: state('tapering', 'info', ['official', 'decided', 'holdsMoney', 'running'], {
      finishTapering: arrow({
        to: 'followUpAdvice',
        roles: ['secretariat'],
        guards: ['noInstalmentsLeft', 'accountsApproved'],
        effects: [
          record('onwardPlan'),
          ledger('releaseRest'),
          email('tapering-finished', 'applicants'),
          email('advice-opened', 'advisers'),
        ],
      }),
      ...whileRunning,
    }),
    followUpAdvice: state('advice', 'info', ['official', 'decided', 'advising'], {
      close: [
        arrow({
          to: 'closed',
          roles: ['adviser'],
          guards: ['planSaysWhereAndWho', 'ownTasksAreDone', 'accountsAreSettled'],
          effects: [email('case-closed', 'applicants')],
        }),
        arrow({
          to: 'closed',
          roles: ['adviser'],
          guards: ['applicantNoLongerAnswers', 'accountsAreSettled'],
          effects: [email('case-closed-unanswered', 'applicants')],
        }),
      ],
      demandRepayment: arrow({
        to: 'repaymentDue',
        roles: ['decisionMaker'],
        guards: ['decidesWithCleanHands', 'delegationCovers', 'somethingPaid'],
        asks: ['repayment', 'reasons', 'rule', 'hearing'],
        effects: [
          record('repaymentDecision'),
          email('repayment-demanded', 'applicants'),
          email('repayment-expected', 'finance'),
        ],
      }),
    }),
    repaymentDue: state(
      'advice',
      'warning',
      ['official', 'decided', 'awaitsApplicant', 'repaying'],
      {
        settleRepayment: [
          arrow({
            to: 'closed',
            roles: ['finance'],
            guards: ['adviceIsDone'],
            asks: ['received', 'settledBy', 'optionalReason'],
            effects: [
              record('settlement'),
              ledger('receiveRepayment'),
              email('repayment-settled', 'applicants'),
            ],
          }),
          arrow({
            to: 'followUpAdvice',
            roles: ['finance'],
            guards: ['adviceIsNotDone'],
            asks: ['received', 'settledBy', 'optionalReason'],
            effects: [
              record('settlement'),
              ledger('receiveRepayment'),
              record('onwardPlan'),
              email('repayment-settled', 'applicants'),
              email('advice-opened', 'advisers'),
            ],
          }),
        ],
      },
    ),
    rejected: afterRefusal('neutral'),
    dismissed: afterRefusal('neutral'),
    notSent: state('ended', 'neutral', ['ended']),
    withdrawn: state('ended', 'neutral', ['official', 'ended']),
    lapsed: state('ended', 'neutral', ['official', 'decided', 'ended'], {
      reopen: reopen('reviewed'),
    }),
    closed: state('ended', 'success', ['official', 'decided', 'ended'], { reopen: reopenEnded }),
  },
})

function afterRefusal(tone: 'neutral') {
  return state('decision', tone, ['official', 'decided', 'awaitsApplicant'], {
    acceptAdvice: arrow({
      to: 'followUpAdvice',
      roles: ['applicant'],
      effects: [
        record('onwardPlan'),
        email('advice-accepted', 'applicants'),
        email('advice-opened', 'advisers'),
      ],
    }),
    declineAdvice: arrow({
      to: 'closed',
      roles: ['applicant'],
      effects: [email('advice-declined', 'applicants')],
    }),
    adviceOfferExpired: arrow({
      to: 'closed',
      roles: ['clock'],
      guards: ['adviceOfferIsOver'],
      effects: [email('advice-offer-expired', 'applicants')],
    }),
    reopen: reopen('reviewed'),
  })
}
