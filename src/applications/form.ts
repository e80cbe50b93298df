import { z } from 'zod'
import type { Answers, FormStep, Question } from '../../workflows/application.questions.ts'
import { isRequired, questionsOf } from '../../workflows/application.questions.ts'
import type { Ask } from '../../workflows/vocabulary.ts'
import type { Lang } from '../shared/actor.ts'
import type { Asked } from '../shared/asked.ts'
import { dateOf, listOf, textOf } from '../shared/answers.ts'
import { copenhagenDate, formatDate } from '../shared/danish.ts'
import { InvalidInput } from '../shared/errors.ts'
import { formatOre, parseAmount } from '../shared/money.ts'
import { t } from '../templates/i18n.ts'
import type { Field, FieldSpec, FormError, Typed } from '../web/fields.ts'
import { fieldOf } from '../web/fields.ts'
import {
  amount,
  choice,
  datePieces,
  optionalText,
  parseForm,
  readDate,
  requiredText,
} from '../web/schemas.ts'

/** One step of the application form, as fields in the reader's language. */
export function questionFields(
  step: FormStep,
  answers: Answers,
  sizes: { amountOre: number; quickLaneOre: number },
  errors: FormError[],
  lang: Lang,
): Field[] {
  return questionsOf(step).map((q) => fieldOf(specOf(q, answers, sizes, lang), answers, errors))
}

function specOf(
  q: Question,
  answers: Answers,
  sizes: { amountOre: number; quickLaneOre: number },
  lang: Lang,
): FieldSpec {
  const read = q.kind === 'amount' ? parseAmount(textOf(answers, q.name)) : null
  return {
    name: q.name,
    kind: q.kind,
    label: t(lang, `form.question.${q.name}.label`),
    hint: t(lang, `form.question.${q.name}.hint`),
    optional: !isRequired(q, sizes.amountOre, sizes.quickLaneOre),
    ...(dependsOnAmount(q, sizes)
      ? { need: t(lang, 'form.needAbove', { amount: formatOre(sizes.quickLaneOre, lang) }) }
      : {}),
    rows: (q.maxLength ?? 0) > 1000 ? 8 : 4,
    echo:
      read && 'ore' in read
        ? t(lang, 'form.understood', { amount: formatOre(read.ore, lang) })
        : '',
    options: (q.options ?? []).map((value) => ({
      value,
      label: t(lang, `form.question.${q.name}.options.${value}`),
    })),
    ...(q.kind === 'tel' ? { autocomplete: 'tel' } : {}),
  }
}

/** Before an amount is typed, nobody knows whether a question of the larger grants is asked. */
const dependsOnAmount = (q: Question, sizes: { amountOre: number; quickLaneOre: number }) =>
  q.required === 'aboveQuickLane' && sizes.amountOre === 0 && sizes.quickLaneOre > 0

/** Typed answers of one step, whatever they are; only the step's own fields are let in. */
export function readStep(step: FormStep, body: Typed): { typed: Answers; version: number } {
  const shape: Record<string, z.ZodType> = {
    version: z.coerce.number().int(),
    next: z.string().default(''),
  }
  for (const q of questionsOf(step)) {
    if (q.kind === 'date') Object.assign(shape, datePieces(q.name))
    else if (q.kind === 'checkboxes') {
      shape[q.name] = z.union([z.string(), z.array(z.string()).max(50)]).default('')
    } else shape[q.name] = z.string({ error: 'fields.malformed' }).default('')
  }
  const { version, ...typed } = parseForm(z.strictObject(shape), body) as Answers & {
    version: unknown
  }
  delete typed.next
  for (const [name, value] of Object.entries(typed)) {
    typed[name] = Array.isArray(value) ? value.map(withoutNul) : withoutNul(value)
  }
  return { typed, version: Number(version) }
}

const withoutNul = (text: string) => text.replace(/\u0000/g, '').replace(/\r\n?/g, '\n')

/** The answer as a person reads it: choices by their labels, amounts and dates in words. */
export function answerText(q: Question, answers: Answers, lang: Lang): string {
  if (q.kind === 'checkboxes') {
    return listOf(answers, q.name)
      .map((value) =>
        q.options?.includes(value) ? t(lang, `form.question.${q.name}.options.${value}`) : value,
      )
      .join(', ')
  }
  if (q.kind === 'checkbox') return textOf(answers, q.name) === 'yes' ? t(lang, 'common.yes') : ''
  if (q.kind === 'date') {
    const date = dateOf(answers, q.name)
    if (date !== null) return formatDate(date, lang)
    const parts = ['day', 'month', 'year'].map((part) => textOf(answers, `${q.name}-${part}`))
    return parts.some((part) => part !== '') ? parts.join('.') : ''
  }
  if (q.kind === 'amount') {
    const read = parseAmount(textOf(answers, q.name))
    return 'ore' in read ? formatOre(read.ore, lang) : textOf(answers, q.name)
  }
  return textOf(answers, q.name)
}

const long = 4000

/** The form fields of each ask: some asks take two fields. */
const askShapes: Record<Ask, z.ZodRawShape> = {
  reason: { reason: requiredText(long) },
  optionalReason: { reason: optionalText(long) },
  question: { question: requiredText(long) },
  answer: { answer: requiredText(20_000) },
  answerBy: datePieces('answerBy'),
  ground: { ground: choice(['late', 'outOfScope']) },
  reasons: { reasons: requiredText(long) },
  reasonsIfNotFull: { reasons: optionalText(long) },
  rule: { rule: requiredText(500) },
  ruleIfNotFull: { rule: optionalText(500) },
  facts: { facts: requiredText(long) },
  amount: { amount: amount() },
  conditions: { conditions: optionalText(long) },
  hearing: { hearing: choice(['held', 'notNeeded']), hearingWhy: optionalText(1000) },
  stateAid: { stateAid: choice(['yes', 'no']), stateAidWhy: requiredText(1000) },
  onwardHelp: { onwardHelp: requiredText(long) },
  newDate: datePieces('newDate'),
  outcome: { outcome: choice(['proved', 'partly']) },
  learning: { learning: requiredText(long) },
  spent: { spent: amount({ allowZero: true }) },
  repayment: { repayment: amount() },
  received: { received: amount({ allowZero: true }) },
  settledBy: { settledBy: choice(['paid', 'waived', 'writtenOff']) },
  cameBy: { cameBy: choice(['phone', 'letter', 'visit']) },
  toPool: { toPool: requiredText(20, 'fields.choose') },
}

/** What a step was asked and answered. Throws InvalidInput with a message at each field. */
export function readAsked(
  asks: readonly Ask[],
  body: Typed,
  now: string,
): { asked: Asked; version: number } {
  const shape = Object.assign({}, ...asks.map((ask) => askShapes[ask])) as z.ZodRawShape
  const value = parseForm(
    z.strictObject({ version: z.coerce.number().int(), ...shape }),
    body,
  ) as Record<string, unknown> & { version: number }
  const { version, amount: amountOre, spent, repayment, received, ...rest } = value
  const asked = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !/-(day|month|year)$/.test(name)),
  ) as Asked
  for (const [name, ore] of [
    ['amountOre', amountOre],
    ['spentOre', spent],
    ['repaymentOre', repayment],
    ['receivedOre', received],
  ] as const) {
    if (typeof ore === 'number') asked[name] = ore
  }
  for (const name of ['answerBy', 'newDate'] as const) {
    if (!asks.includes(name)) continue
    const date = readDate(body, name)
    if (date <= copenhagenDate(now)) {
      throw new InvalidInput([{ field: name, message: 'fields.dateInPast' }])
    }
    asked[name] = date
  }
  return { asked, version }
}

const choicesOfAsk: Partial<Record<string, readonly string[]>> = {
  ground: ['late', 'outOfScope'],
  hearing: ['held', 'notNeeded'],
  stateAid: ['yes', 'no'],
  outcome: ['proved', 'partly'],
  settledBy: ['paid', 'waived', 'writtenOff'],
  cameBy: ['phone', 'letter', 'visit'],
}

/** What can be chosen where the choice is data: by the name of the field. */
export type AskOptions = Record<string, { value: string; label: string }[]>

/** The fields that a step's asks put on its page. */
export function askFields(
  asks: readonly Ask[],
  typed: Typed,
  errors: FormError[],
  lang: Lang,
  options: AskOptions = {},
): Field[] {
  return asks.flatMap((ask) => {
    const names = ask === 'answerBy' || ask === 'newDate' ? [ask] : Object.keys(askShapes[ask])
    return names.map((name) =>
      fieldOf(
        {
          name,
          kind: kindOf(ask, name),
          label: t(lang, `steps.ask.${name}.label`),
          hint: ask.endsWith('IfNotFull')
            ? t(lang, 'steps.ifNotFull')
            : t(lang, `steps.ask.${name}.hint`),
          optional:
            ['optionalReason', 'conditions', 'reasonsIfNotFull', 'ruleIfNotFull'].includes(ask) ||
            name === 'hearingWhy',
          rows: 5,
          options:
            options[name] ??
            (choicesOfAsk[name] ?? []).map((value) => ({
              value,
              label: t(lang, `steps.ask.${name}.options.${value}`),
            })),
        },
        typed,
        errors,
      ),
    )
  })
}

function kindOf(ask: Ask, name: string): FieldSpec['kind'] {
  if (name === 'answerBy' || name === 'newDate') return 'date'
  if (choicesOfAsk[name] || name === 'toPool') return 'radio'
  if (['amount', 'spent', 'repayment', 'received'].includes(name)) return 'amount'
  return ask === 'rule' || ask === 'ruleIfNotFull' ? 'text' : 'textarea'
}
