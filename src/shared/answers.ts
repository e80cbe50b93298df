import type { Answers, FormStep, Question } from '../../workflows/application.questions.ts'
import { isRequired, questions } from '../../workflows/application.questions.ts'
import { hasCpr } from './cpr.ts'
import { foldForSearch, parseDateFields, parsePhone } from './danish.ts'
import type { FieldProblem } from './errors.ts'
import { parseAmount } from './money.ts'

export type PoolLimits = {
  min_ore: number
  max_ore: number
  quick_lane_ore: number
  max_share_ppm: number
  wage_cap_ppm: number | null
}

export type CheckedAnswers = {
  /** What stops the application from being sent: missing, or not to be understood. */
  problems: (FieldProblem & { step: FormStep })[]
  /** What may be a reason to say no, and never stops it from being sent. */
  warnings: (FieldProblem & { step: FormStep })[]
  requestedOre: number
  deMinimisOre: number
  wagesOre: number
  totalOre: number
}

/**
 * Reads typed answers: completeness and form block, the pool's limits only warn, for a form may not
 * refuse a citizen (that is a decision). Message keys are under `form.problem` and `form.warning`.
 */
export function checkAnswers(answers: Answers, pool: PoolLimits): CheckedAnswers {
  const requestedOre = oreOf(answers, 'amount')
  const problems = questions.flatMap((question) => {
    const problem = problemWith(question, answers, requestedOre, pool)
    return problem ? [{ ...problem, step: question.step }] : []
  })
  const checked = {
    requestedOre,
    deMinimisOre: oreOf(answers, 'deMinimis'),
    wagesOre: oreOf(answers, 'wages'),
    totalOre: oreOf(answers, 'totalBudget'),
  }
  return { ...checked, problems, warnings: warningsFor(checked, pool) }
}

/** The text of one answer; a list's items one after the other. */
export function textOf(answers: Answers, name: string): string {
  const value = answers[name]
  return Array.isArray(value) ? value.join(', ') : (value ?? '')
}

export function listOf(answers: Answers, name: string): string[] {
  const value = answers[name]
  if (value === undefined || value === '') return []
  return Array.isArray(value) ? value : [value]
}

/** The typed date as `YYYY-MM-DD`, or null when it is not one. */
export function dateOf(answers: Answers, name: string): string | null {
  const read = parseDateFields({
    day: textOf(answers, `${name}-day`),
    month: textOf(answers, `${name}-month`),
    year: textOf(answers, `${name}-year`),
  })
  return 'date' in read ? read.date : null
}

/**
 * What a case is found by, folded: reference with and without hyphens, CVR, names, and every word of
 * the answers. Choices and ticks are left out: nobody searches for `valby` in a form's code.
 */
export function searchText(
  reference: string,
  organisation: { cvr: string | null; name: string },
  contactName: string,
  answers: Answers,
): string {
  const written = questions
    .filter((q) => q.kind === 'text' || q.kind === 'textarea')
    .map((q) => textOf(answers, q.name))
  return foldForSearch(
    [
      reference,
      reference.replaceAll('-', ''),
      organisation.cvr ?? '',
      organisation.name,
      contactName,
      ...written,
    ].join(' '),
  )
}

function oreOf(answers: Answers, name: string): number {
  const read = parseAmount(textOf(answers, name))
  return 'ore' in read ? read.ore : 0
}

function problemWith(
  question: Question,
  answers: Answers,
  amountOre: number,
  pool: PoolLimits,
): FieldProblem | null {
  const { name, kind } = question
  if (isEmpty(question, answers)) {
    return isRequired(question, amountOre, pool.quick_lane_ore)
      ? { field: name, message: `form.question.${name}.missing` }
      : null
  }
  const text = textOf(answers, name)
  if (question.maxLength !== undefined && text.length > question.maxLength) {
    return {
      field: name,
      message: 'form.problem.tooLong',
      params: { max: question.maxLength, length: text.length },
    }
  }
  if (hasCpr(text)) return { field: name, message: 'fields.cpr' }
  if (kind === 'amount') {
    const read = parseAmount(text)
    if ('problem' in read) return { field: name, message: `form.problem.amount.${read.problem}` }
    if (name === 'amount' && read.ore === 0) {
      return { field: name, message: 'form.question.amount.missing' }
    }
  }
  if (kind === 'date' && dateOf(answers, name) === null) {
    return { field: name, message: 'form.problem.date' }
  }
  if (kind === 'tel' && parsePhone(text) === null) {
    return { field: name, message: 'form.problem.phone' }
  }
  if (kind === 'checkboxes' && listOf(answers, name).some((v) => !question.options?.includes(v))) {
    return { field: name, message: 'form.problem.choice' }
  }
  return null
}

function isEmpty(question: Question, answers: Answers): boolean {
  if (question.kind === 'date') {
    return ['day', 'month', 'year'].every(
      (part) => textOf(answers, `${question.name}-${part}`).trim() === '',
    )
  }
  return listOf(answers, question.name).join('').trim() === ''
}

function warningsFor(
  c: Pick<CheckedAnswers, 'requestedOre' | 'wagesOre' | 'totalOre' | 'deMinimisOre'>,
  pool: PoolLimits,
): CheckedAnswers['warnings'] {
  const warnings: CheckedAnswers['warnings'] = []
  const warn = (field: string, message: string) =>
    warnings.push({ field, message: `form.warning.${message}`, step: 'money' })
  if (c.requestedOre > 0 && c.requestedOre < pool.min_ore) warn('amount', 'belowMinimum')
  if (c.requestedOre > pool.max_ore) warn('amount', 'aboveMaximum')
  const shareLimit = (BigInt(c.totalOre) * BigInt(pool.max_share_ppm)) / 1_000_000n
  if (c.totalOre > 0 && BigInt(c.requestedOre) > shareLimit) warn('amount', 'aboveShare')
  if (pool.wage_cap_ppm !== null) {
    const wageLimit = (BigInt(c.requestedOre) * BigInt(pool.wage_cap_ppm)) / 1_000_000n
    if (BigInt(c.wagesOre) > wageLimit) warn('wages', 'wagesAboveCap')
  }
  return warnings
}
