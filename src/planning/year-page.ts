import { z } from 'zod'
import type { PoolRow, RoundRow } from '../db/tables.ts'
import type { Lang, Viewer } from '../shared/actor.ts'
import {
  copenhagenDate,
  copenhagenYear,
  formatDate,
  formatDateTime,
  formatTime,
  formatWeekdayDate,
} from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec, FormError, Typed } from '../web/fields.ts'
import { fieldOf } from '../web/fields.ts'
import { choice, choices, clockTime, parseForm, wholeNumber } from '../web/schemas.ts'
import type { YearRule } from '../rounds/plan-year.ts'
import { roundsOfYear } from '../rounds/plan-year.ts'

const months = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const
const years = (now: string) => [0, 1, 2, 3].map((on) => String(copenhagenYear(now) + on))

/** The rule as it stands in an address and in the form that carries it out. Throws InvalidInput. */
export function readRule(typed: Typed, now: string): YearRule {
  const [first = '', ...others] = years(now)
  const read = parseForm(
    z.strictObject({
      aar: choice([first, ...others]),
      dag: wholeNumber({ min: 1, max: 31 }),
      maaned: choices(months).refine((chosen) => chosen.length > 0, { error: 'fields.choose' }),
      kl: clockTime,
      uger: wholeNumber({ min: 1, max: 52 }),
    }),
    typed,
  )
  return {
    year: Number(read.aar),
    day: read.dag,
    months: read.maaned.map(Number),
    time: read.kl,
    weeks: read.uger,
  }
}

/** The rule that the pool's last year of rounds shows, for the year after it. */
export function usualRule(pool: PoolRow, existing: RoundRow[], lang: Lang, now: string): Typed {
  const days = existing.map((r) => copenhagenDate(r.closes_at))
  const [thisYear = '', , , last = ''] = years(now)
  const newest = existing.at(-1)
  const lastDay = days.at(-1) ?? thisYear
  const next = String(Number(lastDay.slice(0, 4)) + 1)
  return {
    aar: next > last ? last : next < thisYear ? thisYear : next,
    dag: newest ? String(Number(lastDay.slice(8))) : '1',
    maaned: days
      .filter((day) => day.slice(0, 4) === lastDay.slice(0, 4))
      .map((day) => String(Number(day.slice(5, 7)))),
    kl: newest ? formatTime(newest.closes_at, lang) : '',
    uger: String(pool.decision_weeks),
  }
}

const ruleFields = (lang: Lang, now: string): FieldSpec[] => [
  {
    name: 'aar',
    kind: 'select',
    label: t(lang, 'rounds.year'),
    options: years(now).map((year) => ({ value: year, label: year })),
  },
  {
    name: 'dag',
    kind: 'number',
    label: t(lang, 'rounds.day'),
    hint: t(lang, 'rounds.dayHint'),
  },
  {
    name: 'maaned',
    kind: 'checkboxes',
    label: t(lang, 'rounds.months'),
    options: months.map((value) => ({ value, label: t(lang, `rounds.month.${value}`) })),
  },
  {
    name: 'kl',
    kind: 'text',
    width: 'short',
    label: t(lang, 'rounds.closesTime'),
    hint: t(lang, 'rounds.closesTimeHint'),
  },
  {
    name: 'uger',
    kind: 'number',
    label: t(lang, 'rounds.weeks'),
    suffix: t(lang, 'rounds.weeksUnit'),
  },
]

/** A year's rounds by a rule: the rule, and once there is one, everything it will make. */
export function yearPage(
  pool: PoolRow,
  existing: RoundRow[],
  { lang, now }: Viewer,
  typed: Typed,
  rule: YearRule | null,
  errors: FormError[],
) {
  const lines = rule === null ? [] : roundsOfYear(rule, existing, now)
  const count = lines.filter((line) => line.fate === 'new').length
  const overlaps = lines.some((line) => line.fate === 'overlaps')
  return {
    back: paths.plannedRounds(),
    action: paths.planYear(pool.code),
    pool: lang === 'da' ? pool.name_da : pool.name_en,
    errors,
    fields: ruleFields(lang, now).map((spec) => fieldOf(spec, typed, errors)),
    lines: lines.map((line) => ({
      closes: `${formatWeekdayDate(line.closes_at, lang)}, ${t(lang, 'rounds.at', { time: formatTime(line.closes_at, lang) })}`,
      opens: line.fate === 'new' ? formatDateTime(line.opens_at, lang) : '',
      decides: formatDate(line.decision_on, lang),
      fate: t(lang, `rounds.fate.${line.fate}`),
      tone: { new: 'success', there: 'neutral', passed: 'neutral', overlaps: 'error' }[line.fate],
    })),
    refusal:
      rule === null || (count > 0 && !overlaps)
        ? ''
        : t(lang, overlaps ? 'rounds.someOverlap' : 'rounds.nothingNew'),
    button: t(lang, 'rounds.planThem', { count }),
    hidden:
      rule === null
        ? []
        : [
            { name: 'aar', value: String(rule.year) },
            { name: 'dag', value: String(rule.day) },
            ...rule.months.map((month) => ({ name: 'maaned', value: String(month) })),
            { name: 'kl', value: rule.time },
            { name: 'uger', value: String(rule.weeks) },
          ],
  }
}
