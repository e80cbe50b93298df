import { z } from 'zod'
import { hasCpr } from '../shared/cpr.ts'
import { parseCvr, parseDateFields, parsePhone } from '../shared/danish.ts'
import { InvalidInput } from '../shared/errors.ts'
import type { FieldProblem } from '../shared/errors.ts'
import { parseAmount } from '../shared/money.ts'

/** Pieces of form schemas. Every message is a text key; `parseForm` turns refusals into problems. */

/** What people cannot type must not get in: control characters, turned reading directions. */
const control = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

/** Line breaks of every kind, also those that come along from a word processor, become one. */
const cleaned = z
  .string({ error: 'fields.malformed' })
  .transform((text) => text.replace(/\r\n?|[\u000b\u000c\u2028\u2029]/g, '\n').trim())
  .refine((text) => !control.test(text), { error: 'fields.control', abort: true })

/** Text of at most `max` characters, as the counter under the field counts them, without a CPR. */
const limited = (max: number) =>
  cleaned.superRefine((text, context) => {
    if (hasCpr(text)) context.addIssue('fields.cpr')
    if (text.length <= max) return
    const params = { max, over: text.length - max }
    context.addIssue({ code: 'custom', message: 'fields.tooLong', params })
  })

/** Text that must be there, at most `max` characters. */
export const requiredText = (max: number, missing = 'fields.missing') =>
  limited(max).refine((text) => text !== '', { error: missing })

/** Text that may be left out: then it is empty. */
export const optionalText = (max: number) => limited(max).default('')

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

/** A percentage as Danes type it (`33,33` or `60 %`), into parts per million; up to `max` percent. */
export const percentage = (max: number) =>
  cleaned.transform((text, context) => {
    const read = /^(\d{1,3})(?:[.,](\d{1,4}))?\s*%?$/.exec(text)
    const [, whole = '', part = ''] = read ?? []
    const ppm = Number(whole) * 10_000 + Number(part.padEnd(4, '0'))
    if (read && ppm <= max * 10_000) return ppm
    context.addIssue(
      text === ''
        ? 'fields.missing'
        : { code: 'custom', message: 'fields.percentage', params: { max } },
    )
    return z.NEVER
  })

/** The number of a row, chosen from a list. */
export const rowId = z
  .string({ error: 'fields.choose' })
  .regex(/^[1-9]\d{0,8}$/, { error: 'fields.choose' })
  .transform(Number)

export const choice = <T extends string>(values: readonly [T, ...T[]]) =>
  z.enum(values, { error: 'fields.choose' })

/** Checkboxes of one name: nothing, one value or several become a list without doubles. */
export const choices = <T extends string>(values: readonly [T, ...T[]]) =>
  z
    .preprocess(
      (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
      z.array(z.enum(values, { error: 'fields.choose' })).max(values.length),
    )
    .transform((chosen) => [...new Set(chosen)])

/** A lone checkbox (`value="yes"`): ticked or not. */
export const ticked = z
  .literal('yes', { error: 'fields.malformed' })
  .optional()
  .transform((value) => value === 'yes')

/** A whole number between two bounds, as typed. */
export const wholeNumber = (bounds: { min: number; max: number }) =>
  cleaned.transform((text, context) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN
    if (value >= bounds.min && value <= bounds.max) return value
    context.addIssue(
      text === ''
        ? 'fields.missing'
        : { code: 'custom', message: 'fields.wholeNumber', params: bounds },
    )
    return z.NEVER
  })

/** A time of day as Danes type it (`9.30`, `12:00`, `23.59`), into `HH:MM`. */
export const clockTime = cleaned.transform((text, context) => {
  const [, hour = '', minute = ''] = /^(?:kl\. ?)?(\d{1,2})[.:](\d\d)$/i.exec(text) ?? []
  if (hour !== '' && Number(hour) < 24 && Number(minute) < 60) {
    return `${hour.padStart(2, '0')}:${minute}`
  }
  context.addIssue(text === '' ? 'fields.missing' : 'fields.time')
  return z.NEVER
})

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

const ascii = /^[\u0021-\u007e]*$/
const address =
  /^[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_+-])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/

/** One plain mail address in lower case: no quotes, lists, comments or look-alike letters. */
export const emailAddress = cleaned.transform((text, context) => {
  const lower = text.toLowerCase()
  // A Kelvin sign becomes an ordinary k in lower case: letters are told apart before.
  if (!ascii.test(text) || lower.length > 254 || !address.test(lower) || lower.includes('..')) {
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
  const posted = typeof body === 'object' && body !== null ? new Map(Object.entries(body)) : null
  const read = schema.safeParse(posted ? Object.fromEntries(posted) : body)
  if (read.success) return read.data
  const problems = new Map<string, FieldProblem>()
  for (const issue of read.error.issues) {
    const field = String(issue.path[0] ?? '')
    const isAbsent = posted !== null && field !== '' && posted.get(field) === undefined
    if (!isAbsent && isMalformed(issue)) {
      throw new InvalidInput([{ field: '', message: 'fields.malformed' }], 400)
    }
    const message = isAbsent && isMalformed(issue) ? 'fields.missing' : issue.message
    if (!problems.has(field)) problems.set(field, { field, message, ...paramsOf(issue) })
  }
  throw new InvalidInput([...problems.values()])
}

/** What no page of ours can send: unknown or repeated fields, other types than text. */
const isMalformed = (issue: z.core.$ZodIssue) =>
  ['unrecognized_keys', 'invalid_type', 'invalid_union', 'too_big'].includes(issue.code) ||
  !/^[a-zA-Z]+(\.[a-zA-Z]+)+$/.test(issue.message) || // zod's own words, not a text key
  issue.message === 'fields.malformed'

const paramsOf = (issue: z.core.$ZodIssue): Pick<FieldProblem, 'params'> =>
  issue.code === 'custom' && issue.params
    ? { params: issue.params as Record<string, string | number> }
    : {}
