import { z } from 'zod'
import type { PoolRow } from '../db/tables.ts'
import type { PlanBand, PlanPart } from '../instalments/plan-instalments.ts'
import { partsOf } from '../instalments/plan-instalments.ts'
import type { Lang } from '../shared/actor.ts'
import type { FieldProblem } from '../shared/errors.ts'
import { InvalidInput, NotFound } from '../shared/errors.ts'
import { formatOre, formatPpm, typedOre, typedPpm } from '../shared/money.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec, Typed } from '../web/fields.ts'
import { amount, choice, optionalText, parseForm, percentage, wholeNumber } from '../web/schemas.ts'

/** How many instalments a grant can be paid in. */
const mostParts = 6
const numbers = Array.from({ length: mostParts }, (_, i) => i + 1)

export const bandsOf = (pool: Pick<PoolRow, 'instalment_plan'>) =>
  JSON.parse(pool.instalment_plan) as PlanBand[]

/** Which grants a band is for: "op til 50.000 kr.", "over 50.000 kr.", "alle beløb". */
export function bandName(bands: PlanBand[], at: number, lang: Lang): string {
  const limit = bands[at]?.upToOre ?? null
  const below = bands[at - 1]?.upToOre ?? null
  if (limit !== null) return t(lang, 'settings.upTo', { amount: formatOre(limit, lang) })
  return below === null
    ? t(lang, 'settings.anyAmount')
    : t(lang, 'settings.above', { amount: formatOre(below, lang) })
}

/** The same in the middle of a sentence. */
export function bandNameWithin(bands: PlanBand[], at: number, lang: Lang): string {
  const name = bandName(bands, at, lang)
  return name.charAt(0).toLocaleLowerCase(lang) + name.slice(1)
}

/** What a band means for one grant: "Et tilskud på 80.000 kr. udbetales som 56.000 kr. straks og …". */
export function payoutSentence(parts: PlanPart[], amountOre: number, lang: Lang): string {
  const texts = partsOf(parts, amountOre).map((ore, i) => {
    const months = parts[i]?.afterMonths ?? 0
    const amountText = formatOre(ore, lang)
    return months === 0
      ? t(lang, 'settings.atOnce', { amount: amountText })
      : t(lang, 'settings.afterMonths', { amount: amountText, count: months })
  })
  return t(lang, 'settings.paidAs', {
    amount: formatOre(amountOre, lang),
    parts: new Intl.ListFormat(lang, { type: 'conjunction' }).format(texts),
  })
}

/** A whole plan in one line, for the history. */
export const planText = (bands: PlanBand[], lang: Lang): string =>
  bands
    .map(({ parts }, i) => {
      const texts = parts.map(({ ppm, afterMonths }) =>
        afterMonths === 0
          ? t(lang, 'settings.atOnce', { amount: formatPpm(ppm, lang) })
          : t(lang, 'settings.afterMonths', { amount: formatPpm(ppm, lang), count: afterMonths }),
      )
      return `${bandName(bands, i, lang)}: ${texts.join(', ')}`
    })
    .join('; ')

/** The bands as the pool's page shows them: an example of each, its limit or the pool's maximum. */
export const payoutLines = (pool: PoolRow, lang: Lang) =>
  bandsOf(pool).map((band, i, bands) => ({
    name: bandName(bands, i, lang),
    hasLimit: band.upToOre !== null,
    example: payoutSentence(band.parts, exampleOf(pool, band), lang),
  }))

const exampleOf = (pool: PoolRow, band: PlanBand) => band.upToOre ?? pool.max_ore

/** The band that an address names: a number from 1, or `ny` for one more (null). */
export function bandAt(pool: PoolRow, name: string): number | null {
  if (name === 'ny') return null
  const band = /^[1-9]\d?$/.test(name) ? Number(name) - 1 : -1
  if (bandsOf(pool)[band] === undefined) throw new NotFound()
  return band
}

export function bandFields(pool: PoolRow, band: number | null, lang: Lang): FieldSpec[] {
  const isLast = band !== null && bandsOf(pool)[band]?.upToOre === null
  return [
    ...(isLast
      ? []
      : [
          {
            name: 'upTo',
            kind: 'amount' as const,
            label: t(lang, 'settings.upToLabel'),
            hint: t(lang, 'settings.upToHint'),
          },
        ]),
    ...numbers.flatMap((number) => partFields(number, lang)),
  ]
}

function partFields(number: number, lang: Lang): FieldSpec[] {
  const group = t(lang, 'settings.part', { number })
  const label = (name: string) => t(lang, `settings.${name}`)
  const share: FieldSpec = {
    name: `percent${number}`,
    kind: 'number',
    label: label('partShare'),
    suffix: '%',
    group,
  }
  if (number === 1) return [{ ...share, hint: label('firstPartHint') }]
  return [
    share,
    { name: `months${number}`, kind: 'number', label: label('partMonths'), group },
    {
      name: `stage${number}`,
      kind: 'select',
      label: label('partStage'),
      width: 'medium',
      group,
      options: stages.map((value) => ({ value, label: t(lang, `settings.stage.${value}`) })),
    },
  ]
}

const stages = ['tapering', 'proofOfConcept'] as const

/** The stored band as it would be typed. */
export function typedBand(pool: PoolRow, band: number | null): Typed {
  const stored = band === null ? undefined : bandsOf(pool)[band]
  const typed: Typed = { upTo: stored?.upToOre ? typedOre(stored.upToOre) : '' }
  for (const [i, part] of (stored?.parts ?? []).entries()) {
    typed[`percent${i + 1}`] = typedPpm(part.ppm)
    typed[`months${i + 1}`] = String(part.afterMonths)
    typed[`stage${i + 1}`] = part.stage
  }
  return typed
}

/** The band as typed; instalments left empty are none. Throws InvalidInput. */
export function readBand(pool: PoolRow, band: number | null, body: unknown) {
  const fields = bandFields(pool, band, 'da')
  const shape: Record<string, z.ZodType> = { version: z.coerce.number().int() }
  for (const { name } of fields) shape[name] = optionalText(20)
  const typed = parseForm(z.strictObject(shape), body) as Record<string, string>
  const problems: FieldProblem[] = []
  const read = <T>(name: string, schema: z.ZodType<T>): T | null => {
    const found = schema.safeParse(typed[name])
    if (found.success) return found.data
    const [issue] = found.error.issues
    const params = issue?.code === 'custom' && issue.params ? { params: issue.params } : {}
    problems.push({ field: name, message: issue?.message ?? 'fields.malformed', ...params })
    return null
  }
  const upToOre = fields.some(({ name }) => name === 'upTo') ? read('upTo', amount()) : null
  const parts = numbers.flatMap((number): PlanPart[] => {
    const isTyped = [`percent${number}`, `months${number}`].some(
      (name) => (typed[name] ?? '') !== '',
    )
    if (!isTyped && number > 1) return []
    const ppm = read(`percent${number}`, percentage(100)) ?? 0
    if (number === 1) return [{ stage: 'proofOfConcept', ppm, afterMonths: 0 }]
    return [
      {
        stage: read(`stage${number}`, choice(stages)) ?? 'tapering',
        ppm,
        afterMonths: read(`months${number}`, wholeNumber({ min: 1, max: 60 })) ?? 0,
      },
    ]
  })
  if (problems.length > 0) throw new InvalidInput(problems)
  return { version: Number(typed.version), upToOre, parts }
}
