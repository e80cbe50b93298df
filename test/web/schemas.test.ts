import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { InvalidInput } from '../../src/shared/errors.ts'
import { languages, t } from '../../src/templates/i18n.ts'
import {
  amount,
  choice,
  choices,
  cvr,
  datePieces,
  emailAddress,
  optionalText,
  parseForm,
  phone,
  readDate,
  requiredText,
  ticked,
  wholeNumber,
} from '../../src/web/schemas.ts'

const form = z.strictObject({ title: requiredText(10), note: optionalText(10) })

describe('a posted form', () => {
  it('is trimmed, with line breaks of one kind', () => {
    expect(parseForm(form, { title: '  Kaffe ', note: 'a\r\nb\u000bc\rd' })).toEqual({
      title: 'Kaffe',
      note: 'a\nb\nc\nd',
    })
  })

  it('says what is missing at its field', () => {
    const missing = [{ field: 'title', message: 'fields.missing' }]
    expect(refusal(form, { title: '   ' })).toEqual({ status: 422, problems: missing })
    expect(refusal(form, {})).toEqual({ status: 422, problems: missing })
  })

  it('says how much too long a text is', () => {
    const { problems } = refusal(form, { title: 'a'.repeat(13) })
    expect(problems).toEqual([
      { field: 'title', message: 'fields.tooLong', params: { max: 10, over: 3 } },
    ])
  })

  it.each([
    ['an unknown field', { title: 'a', role: 'administrator' }],
    ['a repeated field', { title: ['a', 'b'] }],
    ['a field of another kind', { title: { $gt: '' } }],
    ['no form at all', 'title=a'],
    ['nothing', undefined],
  ])('refuses %s as malformed', (_, body) => {
    expect(refusal(form, body)).toEqual({
      status: 400,
      problems: [{ field: '', message: 'fields.malformed' }],
    })
  })

  it('says what is missing, also when something else is wrong', () => {
    const two = z.strictObject({ title: requiredText(10), cvr })
    expect(refusal(two, { cvr: '12345678' })).toEqual({
      status: 422,
      problems: [
        { field: 'title', message: 'fields.missing' },
        { field: 'cvr', message: 'fields.cvr' },
      ],
    })
  })

  it.each(['\u0000', 'a\u0007', 'a\u202eb', 'a\u0085'])(
    'refuses %j, which nobody types',
    (title) => {
      expect(refusal(form, { title }).problems[0]?.message).toBe('fields.control')
    },
  )

  it('is not deceived by names that objects are born with', () => {
    expect(refusal(form, JSON.parse('{"title":"a","__proto__":{"note":"x"}}')).status).toBe(400)
    expect(refusal(form, { title: 'a', constructor: 'x' }).status).toBe(400)
  })
})

describe('a field', () => {
  it.each([
    [amount(), '250.000 kr.', 25000000],
    [amount({ allowZero: true }), '0', 0],
    [cvr, 'DK 24 25 67 90', '24256790'],
    [phone, '+45 12-34 56 78', '12345678'],
    [emailAddress, ' Navn+pulje@Example.DK ', 'navn+pulje@example.dk'],
    [choice(['a', 'b']), 'b', 'b'],
    [choices(['a', 'b']), 'b', ['b']],
    [choices(['a', 'b']), ['a', 'b', 'a'], 'malformed'],
    [ticked, 'yes', true],
    [wholeNumber({ min: 1, max: 5 }), '5', 5],
  ] as const)('%# reads what was typed', (schema, typed, value) => {
    const read = () => parseForm(z.strictObject({ field: schema }), { field: typed })
    if (value === 'malformed') expect(read).toThrow(InvalidInput)
    else expect(read()).toEqual({ field: value })
  })

  it('takes no ticks as none', () => {
    const boxes = z.strictObject({ groups: choices(['a']), agreed: ticked })
    expect(parseForm(boxes, {})).toEqual({ groups: [], agreed: false })
  })

  it.each([
    [amount(), '0', 'fields.amount.zero'],
    [amount(), '250.00', 'fields.amount.ambiguous'],
    [amount(), '', 'fields.amount.empty'],
    [choice(['a']), 'x', 'fields.choose'],
    [choices(['a']), ['x'], 'fields.choose'],
    [phone, '12', 'fields.phone'],
    [wholeNumber({ min: 1, max: 5 }), '6', 'fields.wholeNumber'],
    [wholeNumber({ min: 1, max: 5 }), '1.5', 'fields.wholeNumber'],
  ] as const)('%# refuses %j as %s', (schema, typed, message) => {
    const { problems, status } = refusal(z.strictObject({ field: schema }), { field: typed })
    expect(status).toBe(422)
    const [problem] = problems
    expect(problem).toMatchObject({ field: 'field', message })
    for (const lang of languages)
      expect(t(lang, message, problem?.params ?? {})).not.toMatch(/[{}]/)
  })

  it.each([
    'Ådmin@x.dk',
    '\u212aaren@x.dk',
    'а@kk.dk',
    '"a@evil.dk x"@kk.dk',
    'a@kk.dk,b@evil.dk',
    'a@kk.dk\nBcc: b@evil.dk',
    'Navn <a@kk.dk>',
    'a..b@kk.dk',
    'a@kk',
    'a@-kk.dk',
    'a@127.0.0.1',
    `${'a'.repeat(65)}@kk.dk`,
  ])('refuses the address %j', (email) => {
    const { problems } = refusal(z.strictObject({ email: emailAddress }), { email })
    expect(problems).toEqual([{ field: 'email', message: 'fields.email' }])
  })

  it('reads a date of three parts, and says when there is no such day', () => {
    const shape = z.strictObject(datePieces('starts'))
    const body = parseForm(shape, { 'starts-day': '1', 'starts-month': '3', 'starts-year': '2026' })
    expect(readDate(body, 'starts')).toBe('2026-03-01')
    expect(() => readDate({ ...body, 'starts-day': '32' }, 'starts')).toThrow('fields.date')
    expect(() => readDate({}, 'starts')).toThrow('fields.missing')
  })
})

function refusal(schema: z.ZodType, body: unknown) {
  try {
    parseForm(schema, body)
  } catch (error) {
    if (error instanceof InvalidInput) return { status: error.status, problems: error.problems }
    throw error
  }
  throw new Error('the form was taken')
}
