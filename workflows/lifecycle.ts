import { transition } from 'xstate'
import { Blocked, NotAllowed } from '../src/shared/errors.ts'
import { application } from './application.machine.ts'
import type { BaseFacts, BuiltArrow, Place, StateMeta } from './arrow.ts'
import { contribution } from './contribution.machine.ts'
import type { Lifecycle } from './define.ts'
import { runCheck } from './define.ts'
import { instalment } from './instalment.machine.ts'
import { mail } from './mail.machine.ts'
import { report } from './report.machine.ts'
import { review } from './review.machine.ts'
import type { Ask, Effect, MachineName, Role, Tag } from './vocabulary.ts'

/** The only module beside the machines that knows XState. Pages ask it what to show, writes what to do. */

export const machines = { application, review, contribution, instalment, report, mail } as const

/** One thing a person could do now: open, or blocked with the hint that says why. */
export type Choice = {
  event: string
  label: string
  asks: readonly Ask[]
  blockedHint: string | null
  place: Place
}

export type Decision = { status: string; role: Role; asks: readonly Ask[]; effects: Effect[] }

/**
 * What these roles may do in this status, in the machine's order: each event once, with the asks of
 * the arrow that would be taken, or with the hint of the first check that says no. What has not
 * been asked yet stands in nobody's way: a grant is open as long as some amount can be given.
 */
export function choicesFor<F extends BaseFacts>(
  lifecycle: Lifecycle<F>,
  status: string,
  facts: F,
  actorRoles: readonly Role[],
): Choice[] {
  return Object.entries(stateOf(lifecycle, status).on).flatMap(([event, built]) => {
    const mine = asList(built).filter((a) => a.meta.roles.some((r) => actorRoles.includes(r)))
    const first = mine[0]
    if (!first) return []
    const atBest = (a: BuiltArrow) => lifecycle.atBest(facts, a.meta.asks)
    const open = mine.find((a) => firstRefusal(lifecycle, a, atBest(a)) === null)
    return [
      {
        event,
        label: eventLabel(lifecycle.name, event),
        asks: (open ?? first).meta.asks,
        blockedHint: open ? null : hintOf(lifecycle, bestRefusal(lifecycle, mine, atBest)),
        place: (open ?? first).meta.place,
      },
    ]
  })
}

/**
 * What happens when `event` is asked for: the next status and the effects, as data.
 * Throws NotAllowed when no arrow here belongs to the roles but the event exists for others, and
 * Blocked with a hint when there is no such arrow in this status or a guard says no.
 */
export function decide<F extends BaseFacts>(
  lifecycle: Lifecycle<F>,
  status: string,
  facts: F,
  event: string,
  actorRoles: readonly Role[],
): Decision {
  if (!mayEver(lifecycle, event, actorRoles)) throw new NotAllowed()
  const here = asList(stateOf(lifecycle, status).on[event])
  if (here.length === 0) throw new Blocked('lifecycle.hint.notInThisStatus')
  const mine = here.filter((a) => a.meta.roles.some((r) => actorRoles.includes(r)))
  if (mine.length === 0) throw new NotAllowed()
  const taken = mine.find((a) => firstRefusal(lifecycle, a, facts) === null)
  if (!taken)
    throw new Blocked(
      hintOf(
        lifecycle,
        bestRefusal(lifecycle, mine, () => facts),
      ),
    )

  const role = taken.meta.roles.find((r) => actorRoles.includes(r))
  if (!role) throw new NotAllowed()
  const snapshot = lifecycle.machine.resolveState({ value: status, context: facts })
  const [next, actions] = transition(lifecycle.machine, snapshot, { type: event })
  if (String(next.value) !== (taken.target ?? status)) {
    throw new Error(`${lifecycle.name}: ${event} in ${status} has arrows of other roles in its way`)
  }
  return {
    status: String(next.value),
    role,
    asks: taken.meta.asks,
    effects: actions.map(({ type, params }) => ({ type, params }) as unknown as Effect),
  }
}

/** Whether an event is these roles' to take in any status at all. */
export function mayEver<F extends BaseFacts>(
  lifecycle: Lifecycle<F>,
  event: string,
  actorRoles: readonly Role[],
): boolean {
  return arrowsOf(lifecycle).some(
    (a) => a.event === event && a.roles.some((role) => actorRoles.includes(role)),
  )
}

/** Whether a status carries a tag: the answer to everything that is not a transition. */
export function permits(machine: MachineName, status: string, tag: Tag): boolean {
  return machines[machine].states[status]?.tags.includes(tag) ?? false
}

/** The statuses that carry a tag, in the machine's order. */
export function statusesWith(machine: MachineName, tag: Tag): string[] {
  return machines[machine].statuses.filter((status) => permits(machine, status, tag))
}

/** Whether a machine of this name has this status; history also tells of what has no machine. */
export const hasStatus = (machine: string, status: string): boolean =>
  Object.values(machines).some((m) => m.name === machine && status in m.states)

export function metaOf(machine: MachineName, status: string): StateMeta {
  const found = machines[machine].states[status]
  if (!found) throw new Error(`${machine} has no status ${status}`)
  return found.meta
}

export const eventLabel = (machine: MachineName, event: string) =>
  `lifecycle.${machine}.event.${event}`
export const statusLabel = (machine: MachineName, status: string) =>
  `lifecycle.${machine}.status.${status}`

export type ArrowLine = {
  from: string
  event: string
  to: string
  roles: readonly Role[]
  checks: string[]
  asks: readonly Ask[]
  effects: Effect[]
}

/** Every arrow of a machine as a line of data: what diagrams, tables and contract tests read. */
export function arrowsOf<F extends BaseFacts>(lifecycle: Lifecycle<F>): ArrowLine[] {
  return Object.entries(lifecycle.states).flatMap(([from, { on }]) =>
    Object.entries(on).flatMap(([event, built]) =>
      asList(built).map((a) => ({
        from,
        event,
        to: a.target ?? from,
        roles: a.meta.roles,
        checks: a.guard.params.checks,
        asks: a.meta.asks,
        effects: a.actions,
      })),
    ),
  )
}

function stateOf<F extends BaseFacts>(lifecycle: Lifecycle<F>, status: string) {
  const found = lifecycle.states[status]
  if (!found) throw new Error(`${lifecycle.name} has no status ${status}`)
  return found
}

function asList(built: BuiltArrow | BuiltArrow[] | undefined): BuiltArrow[] {
  if (built === undefined) return []
  return Array.isArray(built) ? built : [built]
}

function firstRefusal<F extends BaseFacts>(
  lifecycle: Lifecycle<F>,
  built: BuiltArrow,
  facts: F,
): string | null {
  return built.guard.params.checks.find((name) => !runCheck(lifecycle.checks, name, facts)) ?? null
}

/** Of several refused arrows, the one that got furthest tells most. */
function bestRefusal<F extends BaseFacts>(
  lifecycle: Lifecycle<F>,
  arrows: BuiltArrow[],
  factsFor: (built: BuiltArrow) => F,
): string {
  let best = { passed: -1, check: '' }
  for (const built of arrows) {
    const check = firstRefusal(lifecycle, built, factsFor(built))
    if (check === null) continue
    const passed = built.guard.params.checks.indexOf(check)
    if (passed > best.passed) best = { passed, check }
  }
  return best.check
}

function hintOf<F extends BaseFacts>(lifecycle: Lifecycle<F>, check: string): string {
  return `lifecycle.${lifecycle.name}.hint.${check}`
}
