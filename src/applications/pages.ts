import type { Answers, FormStep } from '../../workflows/application.questions.ts'
import { formSteps, questions, questionsOf } from '../../workflows/application.questions.ts'
import type { Lang } from '../shared/actor.ts'
import { checkAnswers } from '../shared/answers.ts'
import { formatDate, formatTime, formatWeekdayDate } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FormError } from '../web/fields.ts'
import { savedText } from '../web/fields.ts'
import { answerText, questionFields } from './form.ts'
import type { Case } from './queries.ts'

const answersOf = ({ application }: Case) => JSON.parse(application.answers) as Answers

/** One step of the form: what was saved, or what was just typed and refused. */
export function stepPage(
  it: Case,
  step: FormStep,
  lang: Lang,
  typed: Answers | null,
  errors: FormError[],
  isOvertaken = false,
) {
  const stored = answersOf(it)
  const answers = { ...stored, ...typed }
  const { application, pool } = it
  const index = formSteps.indexOf(step)
  const previous = formSteps[index - 1]
  const fields = questionFields(
    step,
    answers,
    { amountOre: application.requested_ore, quickLaneOre: pool.quick_lane_ore },
    errors,
    lang,
  )
  return {
    heading: t(lang, `form.step.${step}.title`),
    intro: t(lang, `form.step.${step}.intro`),
    progress: t(lang, 'form.progress', { number: index + 1, total: formSteps.length + 1 }),
    action: paths.applicationStep(application.reference, step),
    version: String(application.version),
    fields,
    errors,
    storedNow: isOvertaken ? differences(step, stored, answers, lang) : [],
    steps: stepLinks(it, step, lang),
    back: previous
      ? paths.applicationStep(application.reference, previous)
      : paths.application(application.reference),
    saved: savedText(application.saved_at, lang),
    deadline: deadlineText(it, lang),
    pool: lang === 'da' ? pool.name_da : pool.name_en,
    organisation: it.organisation.name,
  }
}

/** What is stored where something else was typed: to be read beside it. */
function differences(step: FormStep, stored: Answers, typed: Answers, lang: Lang) {
  return questionsOf(step)
    .map((q) => ({
      key: t(lang, `form.question.${q.name}.label`),
      value: answerText(q, stored, lang),
      typed: answerText(q, typed, lang),
      change: '',
    }))
    .filter(({ value, typed: other }) => value !== other)
}

function stepLinks(it: Case, current: FormStep | null, lang: Lang) {
  const { problems } = checkAnswers(answersOf(it), it.pool)
  return formSteps.map((step) => ({
    href: paths.applicationStep(it.application.reference, step),
    title: t(lang, `form.step.${step}.title`),
    current: step === current,
    done: !problems.some((p) => p.step === step),
  }))
}

export const deadlineText = ({ round }: Case, lang: Lang): string =>
  t(lang, 'form.deadline', {
    date: formatWeekdayDate(round.closes_at, lang),
    time: formatTime(round.closes_at, lang),
  })

/** "Check your answers": everything typed, what is missing, what may count against it. */
export function checkPage(it: Case, lang: Lang, errors: FormError[]) {
  const { application } = it
  const checked = checkAnswers(answersOf(it), it.pool)
  const message = (p: { message: string; params?: Record<string, string | number> }) =>
    t(lang, p.message, p.params ?? {})
  return {
    ...answersPage(it, lang, true),
    errors,
    missing: checked.problems.map((p) => ({
      href: `${paths.applicationStep(application.reference, p.step)}#${p.field}`,
      text: message(p),
    })),
    warnings: checked.warnings.map(message),
    action: paths.applicationEvent(application.reference, 'submit'),
    version: String(application.version),
    steps: stepLinks(it, null, lang),
    back: paths.applicationStep(application.reference, 'declarations'),
    deadline: deadlineText(it, lang),
    progress: t(lang, 'form.progress', { number: 7, total: 7 }),
  }
}

/** All answers by step, as they are read and printed. */
export function answersPage(it: Case, lang: Lang, mayChange = false) {
  const answers = answersOf(it)
  const { application, pool } = it
  return {
    reference: application.reference,
    title: application.title,
    organisation: it.organisation.name,
    cvr: it.organisation.cvr ?? '',
    pool: lang === 'da' ? pool.name_da : pool.name_en,
    sentAt: application.submitted_at ?? '',
    sections: formSteps.map((step) => ({
      heading: t(lang, `form.step.${step}.title`),
      rows: questionsOf(step).map((q) => ({
        key: t(lang, `form.question.${q.name}.label`),
        value: answerText(q, answers, lang),
        change: mayChange ? `${paths.applicationStep(application.reference, step)}#${q.name}` : '',
      })),
    })),
  }
}

/** After sending: the reference, what happens next and when, and whom to call. */
export function receiptPage(it: Case, lang: Lang) {
  const { application, pool } = it
  return {
    reference: application.reference,
    pool: lang === 'da' ? pool.name_da : pool.name_en,
    expected:
      application.decision_expected_on === null
        ? ''
        : formatDate(application.decision_expected_on, lang),
    contactName: pool.contact_name,
    contactPhone: pool.contact_phone,
    contactEmail: pool.contact_email,
    caseLink: paths.application(application.reference),
    printLink: paths.applicationPrint(application.reference),
    pdfLink: paths.applicationPdf(application.reference),
  }
}

/** Every question of the form, for reading before anything is begun. */
export function allQuestionsPage(lang: Lang) {
  return {
    sections: formSteps.map((step) => ({
      heading: t(lang, `form.step.${step}.title`),
      questions: questions
        .filter((q) => q.step === step)
        .map((q) => ({
          label: t(lang, `form.question.${q.name}.label`),
          hint: t(lang, `form.question.${q.name}.hint`),
          need: t(lang, `form.need.${q.required}`),
        })),
    })),
  }
}
