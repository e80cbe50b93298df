import { z } from 'zod'
import type { CriterionRow } from '../db/tables.ts'
import type { Lang } from '../shared/actor.ts'
import { InvalidInput } from '../shared/errors.ts'
import type { FieldProblem } from '../shared/errors.ts'
import { nameOf } from '../shared/name-of.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec, Typed } from '../web/fields.ts'
import { optionalText, parseForm, requiredText, wholeNumber } from '../web/schemas.ts'
import type { CriterionTexts, Weights } from './change-criteria.ts'

const texts = {
  name_da: { max: 120, kind: 'text' },
  name_en: { max: 120, kind: 'text' },
  help_da: { max: 400, kind: 'textarea' },
  help_en: { max: 400, kind: 'textarea' },
  scale_da: { max: 1200, kind: 'textarea' },
  scale_en: { max: 1200, kind: 'textarea' },
} as const
const textNames = Object.keys(texts) as (keyof typeof texts)[]
const isScale = (name: string) => name.startsWith('scale')

export const textFields = (lang: Lang): FieldSpec[] =>
  textNames.map((name) => ({
    name,
    ...texts[name],
    label: t(lang, `settings.field.${name}.label`),
    hint: t(lang, `settings.criterionHint.${name}`),
    rows: isScale(name) ? 6 : 3,
    optional: isScale(name),
  }))

export const typedTexts = (c: CriterionRow): Typed =>
  Object.fromEntries(textNames.map((name) => [name, c[name]]))

/** What each of these criteria weighs, and where it stands when they are to be put in order. */
export const weightFields = (
  criteria: CriterionRow[],
  lang: Lang,
  isOrdered = false,
): FieldSpec[] =>
  criteria.flatMap((c): FieldSpec[] => {
    const group = nameOf(c, lang)
    const weight: FieldSpec = {
      name: `weight-${c.code}`,
      kind: 'number',
      label: t(lang, 'settings.field.weight.label'),
      group,
    }
    const position: FieldSpec = {
      name: `position-${c.code}`,
      kind: 'number',
      label: t(lang, 'settings.field.position.label'),
      group,
    }
    return isOrdered ? [weight, position] : [weight]
  })

export const ownWeightField = (lang: Lang): FieldSpec => ({
  name: 'weight',
  kind: 'number',
  label: t(lang, 'settings.ownWeight'),
  hint: t(lang, 'settings.ownWeightHint'),
})

export const typedWeights = (criteria: CriterionRow[]): Typed =>
  Object.fromEntries(
    criteria.flatMap((c) => [
      [`weight-${c.code}`, String(c.weight)],
      [`position-${c.code}`, String(c.position)],
    ]),
  )

const version = z.coerce.number().int()
const textSchemas = {
  name_da: requiredText(120),
  name_en: requiredText(120),
  help_da: requiredText(400),
  help_en: requiredText(400),
  scale_da: optionalText(1200),
  scale_en: optionalText(1200),
}
const weightSchema = wholeNumber({ min: 1, max: 100 })

export function readTexts(body: unknown): { version: number; texts: CriterionTexts } {
  const { version: seen, ...typed } = parseForm(z.strictObject({ version, ...textSchemas }), body)
  return { version: seen, texts: withScales(typed) }
}

export function readNewCriterion(criteria: CriterionRow[], body: unknown) {
  const schema = z.strictObject({
    version,
    ...textSchemas,
    weight: weightSchema,
    ...weightShape(criteria, false),
  })
  const typed = parseForm(schema, body)
  const { name_da, name_en, help_da, help_en, scale_da, scale_en } = typed
  return {
    version: typed.version,
    texts: withScales({ name_da, name_en, help_da, help_en, scale_da, scale_en }),
    weight: typed.weight,
    weights: weightsIn(criteria, typed),
  }
}

export function readWeights(criteria: CriterionRow[], body: unknown, isOrdered: boolean) {
  const schema = z.strictObject({ version, ...weightShape(criteria, isOrdered) })
  const typed = parseForm(schema, body)
  return { version: typed.version, weights: weightsIn(criteria, typed) }
}

const weightShape = (criteria: CriterionRow[], isOrdered: boolean) =>
  Object.fromEntries(
    criteria.flatMap((c) => [
      [`weight-${c.code}`, weightSchema],
      ...(isOrdered ? [[`position-${c.code}`, wholeNumber({ min: 1, max: 99 })] as const] : []),
    ]),
  )

function weightsIn(criteria: CriterionRow[], typed: object): Weights {
  const values = new Map<string, unknown>(Object.entries(typed))
  return new Map(
    criteria.map((c) => {
      const position = values.get(`position-${c.code}`)
      return [
        c.code,
        {
          weight: Number(values.get(`weight-${c.code}`)),
          ...(position === undefined ? {} : { position: Number(position) }),
        },
      ]
    }),
  )
}

/** Six lines in both languages or none; a point that somebody put before its line is taken off. */
function withScales(typed: CriterionTexts): CriterionTexts {
  const lines = (text: string) =>
    text
      .split('\n')
      .map((line) => line.replace(/^\s*[0-5]\s*[:.)–-]\s*/, '').trim())
      .filter((line) => line !== '')
  const [danish, english] = [lines(typed.scale_da), lines(typed.scale_en)]
  const problems: FieldProblem[] = []
  const expect = (field: string, own: string[], other: string[]) => {
    const isFine = own.length === 6 || (own.length === 0 && other.length === 0)
    if (isFine) return
    problems.push({ field, message: 'settings.sixLines', params: { count: own.length } })
  }
  expect('scale_da', danish, english)
  expect('scale_en', english, danish)
  if (problems.length > 0) throw new InvalidInput(problems)
  return { ...typed, scale_da: danish.join('\n'), scale_en: english.join('\n') }
}
