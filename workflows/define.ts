import { setup } from 'xstate'
import type { ArrowMeta, BaseFacts, StateMeta, state } from './arrow.ts'
import type { Ask, Effect, MachineName, Tag } from './vocabulary.ts'

export type Checks<Facts> = Record<string, (facts: Facts) => boolean>
export type BuiltState = ReturnType<typeof state<string>>

/**
 * A pure machine: states are the values of a `status` column, guards look only at facts that were
 * computed for this one question, and effects come back as data. No invoke, after, assign or spawn.
 */
export function defineMachine<Facts extends BaseFacts>(definition: {
  name: MachineName
  initial: string
  checks: Checks<Facts>
  states: Record<string, BuiltState>
  /** The facts as the best answers to what a step asks could make them; as they are, if left out. */
  atBest?: (facts: Facts, asks: readonly Ask[]) => Facts
}) {
  const checks: Checks<Facts> = {
    notConflicted: (facts) => !facts.isConflicted,
    ...definition.checks,
  }
  const machine = setup({
    types: {
      context: {} as Facts,
      events: {} as { type: string },
      tags: '' as Tag,
      meta: {} as StateMeta | ArrowMeta,
    },
    guards: {
      all: ({ context }, params: { checks: string[] }) =>
        params.checks.every((name) => runCheck(checks, name, context)),
    },
    actions: Object.fromEntries(
      (['email', 'silent', 'ledger', 'record', 'startDeadline'] satisfies Effect['type'][]).map(
        (type) => [type, (_: unknown, _params: unknown) => undefined],
      ),
    ),
  }).createMachine({
    id: definition.name,
    initial: definition.initial,
    context: {} as Facts,
    states: definition.states as never,
  })
  return {
    name: definition.name,
    initial: definition.initial,
    statuses: Object.keys(definition.states),
    states: definition.states,
    checks,
    atBest: definition.atBest ?? ((facts: Facts) => facts),
    machine,
  }
}

export type Lifecycle<Facts extends BaseFacts> = ReturnType<typeof defineMachine<Facts>>

export function runCheck<Facts>(checks: Checks<Facts>, name: string, facts: Facts): boolean {
  const check = checks[name]
  if (!check) throw new Error(`no such check: ${name}`)
  return check(facts)
}
