import { z } from 'zod'
import { parseCvr, parseDateFields, parsePhone } from '../shared/danish.ts'
import { InvalidInput } from '../shared/errors.ts'
import type { FieldProblem } from '../shared/errors.ts'
import { parseAmount } from '../shared/money.ts'

/** Pieces of form schemas. Every message is a text key; `parseForm` turns refusals into problems. */

// eslint-disable-next-line no-control-regex -- what people cannot type must not get in
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

const cleaned = z
  .string({ error: 'fields.malformed' })
  .transform((text) => text.replace(/\r\n?/g, '\n').trim())
  .refine((text) => !control.test(text), { error: 'fields.control' })

/** Text that must be there, at most `max` characters. */
export const requiredText = (max: number, missing = 'fields.missing') =>
  cleaned
    .refine((text) => text !== '', { error: missing })
    .refine((text) => text.length <= max, { error: 'fields.tooLong' })

/** Text that may be left out: then it is empty. */
export const optionalText = (max: number) =>
  cleaned.refine((text) => text.length <= max, { error: 'fields.tooLong' }).default('')

/** An amount as Danes type it, into øre; `allowZero` for amounts that may be nothing. */
export const amount = (options: { allowZero?: boolean } = {}) =>
  cleaned.transform((text, context) => {
    const read = parseAmount(text)
    if ('problem' in read) {
      context.addIssue(`fields.amount.${read.problem}`)
      return z.NEVER
    }
    if (read.ore === 0 && !options.allowZero) {
      context.addIssue('fields.amount.zero')
      return z.NEVER
    }
    return read.ore
  })

export const choice = <T extends string>(values: readonly [T, ...T[]]) =>
  z.enum(values, { error: 'fields.choose' })

export const cvr = cleaned.transform((text, context) => {
  const digits = parseCvr(text)
  if (digits === null) {
    context.addIssue(text === '' ? 'fields.missing' : 'fields.cvr')
    return z.NEVER
  }
  return digits
})

export const phone = cleaned.transform((text, context) => {
  const digits = parsePhone(text)
  if (digits === null) {
    context.addIssue(text === '' ? 'fields.missing' : 'fields.phone')
    return z.NEVER
  }
  return digits
})

const address =
  /^[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_+-])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/

/** One plain mail address in lower case: no quotes, lists, comments or look-alike letters. */
export const emailAddress = cleaned.transform((text, context) => {
  const lower = text.toLowerCase()
  if (lower.length > 254 || !address.test(lower) || lower.includes('..')) {
    context.addIssue(text === '' ? 'fields.missing' : 'fields.email')
    return z.NEVER
  }
  return lower
})

/** The three parts of a date field called `name`, for a strict object. */
export const datePieces = <N extends string>(name: N) =>
  ({
    [`${name}-day`]: z.string().default(''),
    [`${name}-month`]: z.string().default(''),
    [`${name}-year`]: z.string().default(''),
  }) as Record<`${N}-day` | `${N}-month` | `${N}-year`, z.ZodDefault<z.ZodString>>

/** The date of three parts, or a problem at the field. */
export function readDate(body: Record<string, unknown>, name: string): string {
  const part = (key: string) => {
    const value = body[`${name}-${key}`]
    return typeof value === 'string' ? value : ''
  }
  const read = parseDateFields({ day: part('day'), month: part('month'), year: part('year') })
  if ('date' in read) return read.date
  const message = read.problem === 'empty' ? 'fields.missing' : 'fields.date'
  throw new InvalidInput([{ field: name, message }])
}

/**
 * Reads a posted body by a strict schema: an unknown, repeated or wrongly typed field is refused
 * as malformed (400), the rest as problems at their fields (422). Throws InvalidInput.
 */
export function parseForm<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const malformed = read.error.issues.some(
    (issue) => issue.code === 'unrecognized_keys' || issue.message === 'fields.malformed',
  )
  const known = isRecord(body) ? body : {}
  const problems = new Map<string, FieldProblem>()
  for (const issue of read.error.issues) {
    const field = String(issue.path[0] ?? '')
    const missing = issue.code === 'invalid_type' && known[field] === undefined
    const message = malformed
      ? 'fields.malformed'
      : missing || issue.message === 'fields.malformed'
        ? 'fields.missing'
        : issue.message
    if (!problems.has(field)) problems.set(field, { field, message })
  }
  const onlyMissing = read.error.issues.every(
    (issue) => known[String(issue.path[0] ?? '')] === undefined && issue.code === 'invalid_type',
  )
  throw new InvalidInput(
    onlyMissing
      ? [...problems.values()].map((p) => ({ ...p, message: 'fields.missing' }))
      : [...problems.values()],
    malformed && !onlyMissing ? 400 : 422,
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
