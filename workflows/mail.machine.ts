import { arrow as buildArrow, state as buildState } from './arrow.ts'
import type { Arrow, BaseFacts } from './arrow.ts'
import { defineMachine } from './define.ts'
import { silent } from './vocabulary.ts'
import type { mailEvents } from './vocabulary.ts'

export type MailFacts = BaseFacts & { attempts: number; maxAttempts: number; isRefused: boolean }

const checks = {
  triesAreLeft: (f: MailFacts) => !f.isRefused && f.attempts < f.maxAttempts,
  noTriesAreLeft: (f: MailFacts) => f.isRefused || f.attempts >= f.maxAttempts,
} as const

type Check = keyof typeof checks
const arrow = (a: Arrow<Check>) => buildArrow(a)
const state = buildState<(typeof mailEvents)[number]>

const because = [silent('theMailItself')] as const
const claim = arrow({ to: 'sending', roles: ['clock'], effects: because })
const resend = arrow({
  to: 'pending',
  roles: ['administrator', 'secretariat'],
  asks: ['optionalReason'],
  effects: because,
})
const resendOnceMore = arrow({
  to: 'pending',
  roles: ['administrator', 'secretariat'],
  place: 'aside',
  asks: ['optionalReason'],
  effects: because,
})
const suppress = arrow({
  to: 'suppressed',
  roles: ['administrator', 'clock'],
  place: 'aside',
  asks: ['reason'],
  effects: because,
})

/** One mail on its way: at least once, never lost, and dead only where somebody sees it. */
export const mail = defineMachine<MailFacts>({
  name: 'mail',
  initial: 'pending',
  checks,
  states: {
    pending: state('apply', 'info', [], { claim, suppress }),
    sending: state('apply', 'info', [], {
      delivered: arrow({ to: 'sent', roles: ['clock'], effects: because }),
      failed: [
        arrow({ to: 'retrying', roles: ['clock'], guards: ['triesAreLeft'], effects: because }),
        arrow({ to: 'dead', roles: ['clock'], guards: ['noTriesAreLeft'], effects: because }),
      ],
      claim,
    }),
    retrying: state('apply', 'warning', [], { claim, suppress }),
    dead: state('ended', 'error', [], {
      resend,
      suppress,
    }),
    sent: state('ended', 'success', [], { resend: resendOnceMore }),
    suppressed: state('ended', 'neutral', ['ended']),
  },
})
