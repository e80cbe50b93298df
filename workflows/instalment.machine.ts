import { arrow as buildArrow, state as buildState } from './arrow.ts'
import type { Arrow, BaseFacts } from './arrow.ts'
import { defineMachine } from './define.ts'
import { email, ledger, silent } from './vocabulary.ts'
import type { instalmentEvents } from './vocabulary.ts'

export type InstalmentFacts = BaseFacts & {
  caseIsRunning: boolean
  isDue: boolean
  reportIsApproved: boolean
  approvedByAnother: boolean
  amountOre: number
  transferredLeftOre: number
}

const checks = {
  caseIsRunning: (f: InstalmentFacts) => f.caseIsRunning,
  isDue: (f: InstalmentFacts) => f.isDue,
  reportIsApproved: (f: InstalmentFacts) => f.reportIsApproved,
  anotherApproved: (f: InstalmentFacts) => f.approvedByAnother,
  moneyIsTransferred: (f: InstalmentFacts) => f.amountOre <= f.transferredLeftOre,
} as const

type Check = keyof typeof checks
const arrow = (a: Arrow<Check>) => buildArrow(a)
const state = buildState<(typeof instalmentEvents)[number]>

const approve = arrow({
  to: 'approved',
  roles: ['secretariat'],
  guards: ['caseIsRunning', 'reportIsApproved'],
  effects: [email('instalment-approved', 'applicants'), email('instalment-to-pay', 'finance')],
})

const withhold = arrow({
  to: 'withheld',
  roles: ['secretariat'],
  asks: ['reason', 'rule'],
  effects: [email('instalment-withheld', 'applicants')],
})

const cancel = arrow({
  to: 'cancelled',
  roles: ['clock'],
  effects: [silent('toldByTheCase')],
})

/** One part payment of a grant: approved by one person, ordered and confirmed by another. */
export const instalment = defineMachine<InstalmentFacts>({
  name: 'instalment',
  initial: 'planned',
  checks,
  states: {
    planned: state('proofOfConcept', 'neutral', ['holdsMoney', 'unsettled'], {
      becomeDue: arrow({
        to: 'due',
        roles: ['clock'],
        guards: ['isDue', 'reportIsApproved'],
        effects: [email('instalment-due', 'secretariat')],
      }),
      approve,
      withhold,
      cancel,
    }),
    due: state('proofOfConcept', 'info', ['holdsMoney', 'unsettled'], {
      approve,
      withhold,
      cancel,
    }),
    approved: state('proofOfConcept', 'info', ['payable', 'holdsMoney', 'unsettled'], {
      order: arrow({
        to: 'ordered',
        roles: ['finance'],
        guards: ['anotherApproved', 'moneyIsTransferred'],
        effects: [ledger('orderInstalment'), silent('toldWhenPaid')],
      }),
      withhold,
      cancel,
    }),
    ordered: state('proofOfConcept', 'info', ['payable', 'holdsMoney', 'unsettled', 'inFlight'], {
      confirmPaid: arrow({
        to: 'paid',
        roles: ['finance'],
        effects: [ledger('payInstalment'), email('instalment-paid', 'applicants')],
      }),
      reportFailure: arrow({
        to: 'failed',
        roles: ['finance'],
        asks: ['reason'],
        effects: [
          ledger('failInstalment'),
          email('instalment-failed', 'applicants'),
          email('payment-failed', 'finance'),
        ],
      }),
    }),
    failed: state('proofOfConcept', 'error', ['payable', 'holdsMoney', 'unsettled'], {
      retry: arrow({
        to: 'approved',
        roles: ['finance'],
        effects: [silent('toldWhenPaid')],
      }),
      cancel,
    }),
    withheld: state('proofOfConcept', 'warning', ['holdsMoney', 'unsettled'], {
      resume: arrow({
        to: 'due',
        roles: ['secretariat'],
        asks: ['reason'],
        effects: [email('instalment-resumed', 'applicants')],
      }),
      cancel,
    }),
    paid: state('ended', 'success', ['ended', 'paidOut']),
    cancelled: state('ended', 'neutral', ['ended']),
  },
})
