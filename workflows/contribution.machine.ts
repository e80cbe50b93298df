import { arrow as buildArrow, state as buildState } from './arrow.ts'
import type { Arrow, BaseFacts } from './arrow.ts'
import { defineMachine } from './define.ts'
import { email, ledger } from './vocabulary.ts'
import type { contributionEvents } from './vocabulary.ts'

export type ContributionFacts = BaseFacts & {
  hasCouncilDecision: boolean
  transferringOre: number
  missingTransferOre: number
}

const checks = {
  hasCouncilDecision: (f: ContributionFacts) => f.hasCouncilDecision,
  isPart: (f: ContributionFacts) =>
    f.transferringOre > 0 && f.transferringOre < f.missingTransferOre,
  isWhole: (f: ContributionFacts) =>
    f.transferringOre === 0 || f.transferringOre === f.missingTransferOre,
} as const

type Check = keyof typeof checks
const arrow = (a: Arrow<Check>) => buildArrow(a)
const state = buildState<(typeof contributionEvents)[number]>

const transfer = [
  arrow({
    to: 'partlyTransferred',
    roles: ['finance'],
    guards: ['isPart'],
    asks: ['amount'],
    effects: [email('transfer-received', 'contributor')],
  }),
  arrow({
    to: 'transferred',
    roles: ['finance'],
    guards: ['isWhole'],
    asks: ['amount'],
    effects: [email('transfer-received', 'contributor')],
  }),
]

const withdrawContribution = arrow({
  to: 'withdrawn',
  roles: ['secretariat', 'contributor'],
  asks: ['reason'],
  effects: [email('contribution-withdrawn', 'contributor')],
})

/** What one contributor puts into one pool for one budget year: promised, decided, transferred. */
export const contribution = defineMachine<ContributionFacts>({
  name: 'contribution',
  initial: 'proposed',
  checks,
  states: {
    proposed: state('apply', 'neutral', [], {
      promise: arrow({
        to: 'promised',
        roles: ['contributor', 'secretariat'],
        effects: [email('contribution-promised', 'contributor')],
      }),
      withdrawContribution,
    }),
    promised: state('apply', 'info', [], {
      decideContribution: arrow({
        to: 'decided',
        roles: ['secretariat', 'finance'],
        guards: ['hasCouncilDecision'],
        effects: [ledger('creditContribution'), email('contribution-decided', 'contributor')],
      }),
      withdrawContribution,
    }),
    decided: state('decision', 'success', ['holdsMoney'], { transfer }),
    partlyTransferred: state('decision', 'info', ['holdsMoney'], { transfer }),
    transferred: state('ended', 'success', ['holdsMoney', 'ended']),
    withdrawn: state('ended', 'neutral', ['ended']),
  },
})
