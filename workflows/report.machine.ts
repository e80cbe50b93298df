import { arrow as buildArrow, state as buildState } from './arrow.ts'
import type { Arrow, BaseFacts } from './arrow.ts'
import { defineMachine } from './define.ts'
import { email, silent } from './vocabulary.ts'
import type { reportEvents } from './vocabulary.ts'

export type ReportFacts = BaseFacts & {
  caseIsRunning: boolean
  isOverdue: boolean
  missingAnswers: number
}

const checks = {
  caseIsRunning: (f: ReportFacts) => f.caseIsRunning,
  isOverdue: (f: ReportFacts) => f.isOverdue,
  isComplete: (f: ReportFacts) => f.missingAnswers === 0,
} as const

type Check = keyof typeof checks
const arrow = (a: Arrow<Check>) => buildArrow(a)
const state = buildState<(typeof reportEvents)[number]>

const submitReport = arrow({
  to: 'submitted',
  roles: ['applicant'],
  guards: ['caseIsRunning', 'isComplete'],
  effects: [email('report-received', 'applicants'), email('report-submitted', 'secretariat')],
})

const waiveReport = arrow({
  to: 'waived',
  roles: ['secretariat'],
  place: 'aside',
  asks: ['reason'],
  effects: [email('report-waived', 'applicants')],
})

const cancelReport = arrow({
  to: 'waived',
  roles: ['clock'],
  effects: [silent('toldByTheCase')],
})

/** What a grantee tells along the way: the proof of concept, each taper step, the accounts. */
export const report = defineMachine<ReportFacts>({
  name: 'report',
  initial: 'due',
  checks,
  states: {
    due: state('proofOfConcept', 'neutral', ['awaitsApplicant'], {
      submitReport,
      waiveReport,
      cancelReport,
      reportDeadlinePassed: arrow({
        to: 'overdue',
        roles: ['clock'],
        guards: ['isOverdue'],
        effects: [email('report-overdue', 'applicants')],
      }),
    }),
    overdue: state('proofOfConcept', 'warning', ['awaitsApplicant'], {
      submitReport,
      waiveReport,
      cancelReport,
    }),
    submitted: state('proofOfConcept', 'info', ['awaitsMunicipality'], {
      cancelReport,
      approveReport: arrow({
        to: 'approved',
        roles: ['secretariat'],
        effects: [email('report-approved', 'applicants')],
      }),
      returnReport: arrow({
        to: 'returned',
        roles: ['secretariat'],
        asks: ['reason'],
        effects: [email('report-returned', 'applicants')],
      }),
    }),
    returned: state('proofOfConcept', 'warning', ['awaitsApplicant'], {
      submitReport,
      waiveReport,
      cancelReport,
    }),
    approved: state('ended', 'success', ['ended', 'accepted']),
    waived: state('ended', 'neutral', ['ended', 'accepted']),
  },
})
