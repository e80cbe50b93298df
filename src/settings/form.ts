import { z } from 'zod'
import type { PoolRow } from '../db/tables.ts'
import type { Lang } from '../shared/actor.ts'
import { formatPhone } from '../shared/danish.ts'
import { formatOre, formatPpm, typedOre, typedPpm } from '../shared/money.ts'
import { t } from '../templates/i18n.ts'
import type { FieldKind, FieldSpec, Typed } from '../web/fields.ts'
import {
  amount,
  emailAddress,
  optionalText,
  parseForm,
  percentage,
  phone,
  requiredText,
  wholeNumber,
} from '../web/schemas.ts'

export type PoolColumn = Exclude<keyof PoolRow, 'id' | 'code' | 'version' | 'instalment_plan'>

type Setting = {
  kind: FieldKind
  schema: z.ZodType
  max?: number
  suffix?: string
  optional?: true
  /** How the value is typed again, and how it is read. */
  typed: (value: string | number) => string
  shown: (value: string | number, lang: Lang) => string
}

const text = (max: number, kind: 'text' | 'textarea' = 'text'): Setting => ({
  kind,
  schema: requiredText(max),
  max,
  typed: String,
  shown: String,
})
const ore = (options: { allowZero?: boolean } = {}): Setting => ({
  kind: 'amount',
  schema: amount(options),
  typed: (value) => typedOre(Number(value)),
  shown: (value, lang) => formatOre(Number(value), lang),
})
const percent: Setting = {
  kind: 'number',
  schema: percentage(100),
  suffix: '%',
  typed: (value) => typedPpm(Number(value)),
  shown: (value, lang) => formatPpm(Number(value), lang),
}
const count = (min: number, max: number): Setting => ({
  kind: 'number',
  schema: wholeNumber({ min, max }),
  typed: String,
  shown: String,
})
const letter: Setting = {
  ...text(2000, 'textarea'),
  schema: optionalText(2000),
  optional: true,
}

/** Nothing typed is no cap at all; 0 % is a cap of nothing. */
const percentOrNone = optionalText(20).transform((typed, context) => {
  if (typed === '') return null
  const read = percentage(100).safeParse(typed)
  if (read.success) return read.data
  context.addIssue({ code: 'custom', message: 'fields.percentage', params: { max: 100 } })
  return z.NEVER
})

/** Everything a pool says and allows, in the groups it is changed in. */
export const sections = {
  texts: {
    name_da: text(100),
    name_en: text(100),
    short_da: text(60),
    short_en: text(60),
    purpose_da: text(600, 'textarea'),
    purpose_en: text(600, 'textarea'),
  },
  law: {
    legal_basis_da: text(1000, 'textarea'),
    legal_basis_en: text(1000, 'textarea'),
    complaint_da: text(2000, 'textarea'),
    complaint_en: text(2000, 'textarea'),
  },
  letters: { letter_da: letter, letter_en: letter },
  amounts: {
    min_ore: ore(),
    max_ore: ore(),
    quick_lane_ore: ore({ allowZero: true }),
    max_share_ppm: percent,
    wage_cap_ppm: { ...percent, schema: percentOrNone, optional: true },
    four_eyes_ore: ore({ allowZero: true }),
    de_minimis_ore: ore(),
  },
  time: {
    decision_weeks: count(1, 52),
    quick_weeks: count(1, 52),
    accept_days: count(10, 90),
    concept_months: count(1, 36),
  },
  people: {
    reviewers_required: count(1, 9),
    advice_clips: count(0, 100),
    contact_name: text(100),
    contact_phone: {
      ...text(0),
      kind: 'tel',
      max: 0,
      schema: phone,
      shown: (value) => formatPhone(String(value)),
    },
    contact_email: { ...text(0), kind: 'email', max: 0, schema: emailAddress },
  },
} satisfies Record<string, Partial<Record<PoolColumn, Setting>>>

export type SectionName = keyof typeof sections
export const sectionNames = Object.keys(sections) as SectionName[]

const entriesOf = (section: SectionName) =>
  Object.entries<Setting>(sections[section]) as [PoolColumn, Setting][]

export const sectionFields = (section: SectionName, lang: Lang): FieldSpec[] =>
  entriesOf(section).map(([name, setting]) => ({
    name,
    kind: setting.kind,
    label: t(lang, `settings.field.${name}.label`),
    hint: t(lang, `settings.field.${name}.hint`),
    rows: 4,
    ...(setting.max ? { max: setting.max } : {}),
    ...(setting.suffix ? { suffix: setting.suffix } : {}),
    ...(setting.optional ? { optional: true } : {}),
  }))

/** What stands in the form before anything is typed. */
export const storedIn = (pool: PoolRow, section: SectionName): Typed =>
  Object.fromEntries(
    entriesOf(section).map(([name, setting]) => {
      const value = pool[name]
      return [name, value === null ? '' : setting.typed(value)]
    }),
  )

/** The section as it is read on the pool's page: what each thing is called, and what it is. */
export const sectionRows = (pool: PoolRow, section: SectionName, lang: Lang) =>
  entriesOf(section).map(([name]) => ({
    key: t(lang, `settings.field.${name}.label`),
    value: shownValue(name, pool[name], lang),
    change: '',
  }))

/** A value of any column in words, also one from the history; nothing is said to be nothing. */
export function shownValue(column: string, value: unknown, lang: Lang): string {
  const setting = sectionNames.flatMap(entriesOf).find(([name]) => name === column)?.[1]
  if (value === null) return t(lang, 'settings.none')
  if (typeof value !== 'string' && typeof value !== 'number') return ''
  if (value === '') return t(lang, 'settings.nothing')
  return setting ? setting.shown(value, lang) : String(value)
}

/** The section as typed. Throws InvalidInput with a message at each field that cannot be used. */
export function readSection(
  section: SectionName,
  body: unknown,
): { version: number; values: Partial<PoolRow> } {
  const schemas = Object.fromEntries(entriesOf(section).map(([name, { schema }]) => [name, schema]))
  const schema = z.strictObject({ version: z.coerce.number().int(), ...schemas })
  const { version, ...values } = parseForm(schema, body) as { version: number }
  return { version, values }
}
