import type { Db } from '../db/connection.ts'
import type { PoolRow, RoundRow } from '../db/tables.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import {
  clockInstant,
  copenhagenDate,
  copenhagenYear,
  formatDate,
  formatDateTime,
  formatTime,
} from '../shared/danish.ts'
import { InvalidInput } from '../shared/errors.ts'
import { nameOf } from '../shared/name-of.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec, Typed } from '../web/fields.ts'
import { readDate } from '../web/schemas.ts'
import { closingTime } from '../rounds/plan-year.ts'
import type { PlannedRound } from '../rounds/queries.ts'
import { listRoundsOfYear, yearsOfRounds } from '../rounds/queries.ts'
import type { RoundTimes } from '../rounds/record-round.ts'

/** Every round of a year, pool by pool: what is planned, what is open, what each holds. */
export async function planningPage(
  db: Db,
  actor: Actor,
  { lang, now }: Viewer,
  pools: PoolRow[],
  year: number,
) {
  const rounds = await listRoundsOfYear(db, actor, year)
  const ends = await yearsOfRounds(db)
  const first = copenhagenYear(ends?.first ?? now)
  const last = copenhagenYear(ends?.last ?? now)
  return {
    back: paths.administration(),
    year: String(year),
    years: Array.from({ length: last - first + 1 }, (_, i) => first + i).map((y) => ({
      label: String(y),
      href: paths.plannedRounds(y),
      current: y === year,
    })),
    pools: pools.map((pool) => ({
      name: nameOf(pool, lang),
      year: String(year),
      plan: paths.planRound(pool.code),
      planYear: paths.planYear(pool.code),
      rounds: rounds.filter((r) => r.pool_id === pool.id).map((r) => rowOf(r, pool, lang, now)),
    })),
  }
}

function rowOf(r: PlannedRound, pool: PoolRow, lang: Lang, now: string) {
  const state = stateOf(r, now)
  const mayChange = state === 'planned' && r.drafts + r.sent === 0
  return {
    pool: nameOf(pool, lang),
    opens: formatDateTime(r.opens_at, lang),
    closes: formatDateTime(r.closes_at, lang),
    decides: formatDate(r.decision_on, lang),
    state: t(lang, `rounds.state.${state}`),
    tone: { planned: 'neutral', open: 'success', closed: 'info' }[state],
    extended: r.extended_reason ?? '',
    drafts: String(r.drafts),
    sent: String(r.sent),
    change: mayChange ? paths.changeRound(r.id) : '',
    cancel: mayChange ? paths.cancelRound(r.id) : '',
  }
}

function stateOf(r: RoundRow, now: string): 'planned' | 'open' | 'closed' {
  if (r.opens_at > now) return 'planned'
  return r.closes_at > now ? 'open' : 'closed'
}

export const roundFields = (lang: Lang): FieldSpec[] => [
  { name: 'opens', kind: 'date', label: t(lang, 'rounds.opens') },
  {
    name: 'opensTime',
    kind: 'text',
    width: 'short',
    label: t(lang, 'rounds.opensTime'),
  },
  {
    name: 'closes',
    kind: 'date',
    label: t(lang, 'rounds.closes'),
    hint: t(lang, 'rounds.closesHint'),
  },
  {
    name: 'closesTime',
    kind: 'text',
    width: 'short',
    label: t(lang, 'rounds.closesTime'),
    hint: t(lang, 'rounds.closesTimeHint'),
  },
  {
    name: 'decides',
    kind: 'date',
    label: t(lang, 'rounds.decides'),
    hint: t(lang, 'rounds.decidesHint'),
  },
]

/** The round as its form would show it. */
export function typedRound(round: RoundRow, lang: Lang): Typed {
  const parts = (name: string, date: string) => {
    const [year, month, day] = date.split('-').map(Number)
    return {
      [`${name}-day`]: String(day),
      [`${name}-month`]: String(month),
      [`${name}-year`]: String(year),
    }
  }
  return {
    ...parts('opens', copenhagenDate(round.opens_at)),
    opensTime: formatTime(round.opens_at, lang),
    ...parts('closes', copenhagenDate(round.closes_at)),
    closesTime: formatTime(round.closes_at, lang),
    ...parts('decides', round.decision_on),
  }
}

/** Danish days and times into instants. Throws InvalidInput for a time that the clocks leap over. */
export function readRound(
  body: Typed,
  times: { opensTime: string; closesTime: string },
): RoundTimes {
  return {
    opens_at: instant(readDate(body, 'opens'), times.opensTime, 'opensTime'),
    closes_at: instant(readDate(body, 'closes'), closingTime(times.closesTime), 'closesTime'),
    decision_on: readDate(body, 'decides'),
  }
}

function instant(date: string, time: string, field: string): string {
  const at = clockInstant(date, time)
  if (at === null) throw new InvalidInput([{ field, message: 'rounds.noSuchTime' }])
  return at
}
