import type { RoundRow } from '../db/tables.ts'
import { addDays, addMonths, clockInstant, copenhagenInstant } from '../shared/danish.ts'
import type { RoundTimes } from './record-round.ts'

/** The same day and time in each of some months: `the 1st of every month but July at 23.59`. */
export type YearRule = {
  year: number
  /** 1–31; the last day of the month where it is shorter. */
  day: number
  months: number[]
  /** Danish time, `HH:MM`. */
  time: string
  /** Weeks from the deadline to the decision. */
  weeks: number
}

export type PlannedLine = RoundTimes & { fate: 'new' | 'there' | 'overlaps' | 'passed' }

/** What a deadline at this time is stored as: `23.59` is open to the end of that minute. */
export const closingTime = (time: string): string => (time === '23:59' ? '23:59:59' : time)

/**
 * The rounds a rule makes of a year, each with what will become of it. A round opens the moment the
 * one before it closes. Pure: the page that shows them and the verb that makes them agree.
 */
export function roundsOfYear(
  rule: YearRule,
  existing: RoundRow[],
  now: string,
  opensFirst = copenhagenInstant(`${rule.year}-01-01`, '00:00'),
): PlannedLine[] {
  const lines: PlannedLine[] = []
  for (const month of [...rule.months].sort((a, b) => a - b)) {
    const day = addMonths(`${rule.year}-01-${String(rule.day).padStart(2, '0')}`, month - 1)
    // A minute that the clocks leap over is closed at the next one they show.
    const closesAt = clockInstant(day, closingTime(rule.time)) ?? copenhagenInstant(day, '03:00')
    const before = [...existing, ...lines.filter((l) => l.fate === 'new')]
      .map((r) => r.closes_at)
      .filter((at) => at < closesAt)
      .sort()
      .at(-1)
    const opensAt = latest(before === undefined ? opensFirst : secondAfter(before), now)
    lines.push({
      opens_at: opensAt,
      closes_at: closesAt,
      decision_on: addDays(day, rule.weeks * 7),
      fate: fateOf(closesAt, existing, now),
    })
  }
  return lines
}

function fateOf(closesAt: string, existing: RoundRow[], now: string): PlannedLine['fate'] {
  if (existing.some((r) => r.closes_at === closesAt)) return 'there'
  if (closesAt <= now) return 'passed'
  const isInside = existing.some((r) => r.opens_at <= closesAt && r.closes_at > closesAt)
  return isInside ? 'overlaps' : 'new'
}

const latest = (a: string, b: string) => (a > b ? a : b)
const secondAfter = (at: string) => new Date(Date.parse(at) + 1000).toISOString()
