import type { Ask, Effect, Role, Stage, Tag, Tone } from './vocabulary.ts'

/** What every machine's guards can look at, whatever else they need. */
export type BaseFacts = {
  /** The person who asks has an interest in this case (forvaltningsloven § 3). */
  isConflicted: boolean
}

/** What a machine's author writes for one arrow. Everything else is derived from it. */
export type Arrow<Guard extends string> = {
  /** Where it leads; without a target the status stays, and it still counts as a step. */
  to?: string
  roles: readonly [Role, ...Role[]]
  guards?: readonly Guard[]
  asks?: readonly Ask[]
  /** Where a page offers it: as the next thing to do, unless something else is said here. */
  place?: Exclude<Place, 'next'>
  effects: readonly [Effect, ...Effect[]]
}

/**
 * The next thing to do, or a turn on the way that is open but not awaited (aside), or the end of
 * something that could have gone on (wayOut).
 */
export type Place = 'next' | 'aside' | 'wayOut'

export type ArrowMeta = { roles: readonly Role[]; asks: readonly Ask[]; place: Place }
export type StateMeta = { stage: Stage; tone: Tone }

/** The people whose hand in a case is a discretion, and must be impartial (§ 3, stk. 3). */
const discretionary: readonly Role[] = [
  'reviewer',
  'secretariat',
  'decisionMaker',
  'adviser',
  'finance',
]

/**
 * An arrow as XState writes it: a parameterised guard that names each check (so a refusal can say
 * which one), the roles and questions as meta, the effects as actions that nobody executes here.
 * An arrow of an official is always checked for conflict first; no pool can switch that off.
 */
export function arrow<Guard extends string>(a: Arrow<Guard>) {
  const guarded = a.roles.some((role) => discretionary.includes(role))
  return {
    ...(a.to === undefined ? {} : { target: a.to }),
    guard: {
      type: 'all' as const,
      params: { checks: [...(guarded ? (['notConflicted'] as const) : []), ...(a.guards ?? [])] },
    },
    meta: {
      roles: a.roles,
      asks: a.asks ?? [],
      place: a.place ?? 'next',
    } satisfies ArrowMeta,
    actions: [...a.effects],
  }
}
export type BuiltArrow<Guard extends string = string> = ReturnType<typeof arrow<Guard>>

/** A state as XState writes it: its stage and tone as meta, its tags, its arrows. */
export function state<Event extends string>(
  stage: Stage,
  tone: Tone,
  stateTags: readonly Tag[],
  on: { [E in Event]?: BuiltArrow | BuiltArrow[] } = {},
) {
  return { meta: { stage, tone } satisfies StateMeta, tags: [...stateTags], on }
}
