import { paths } from '../shared/paths.ts'
import { date } from './application.ts'
import type { Fields } from './forms.ts'
import type { Person } from './person.ts'

/** Who acts in a case, each in a browser of their own. */
export type Cast = {
  applicant: Person
  secretariat: Person
  reviewers: readonly [Person, Person]
  decisionMaker: Person
  finance: Person
  adviser: Person
}

export type Money = {
  /** Kroner as typed, e.g. `250.000`. */
  amount: string
  conditions: string
}

const week = 7 * 86_400_000
const inAWeek = () => date('answerBy', new Date(Date.now() + week))
const stepOf = (reference: string, event: string) =>
  new RegExp(paths.applicationEvent(reference, event))
const anInstalment = (event: string) => new RegExp(`/udbetalinger/\\d+/trin/${event}`)

/** A step of the case, found on its page. */
export const step = (who: Person, reference: string, event: string, fields: Fields = {}) =>
  who.take(paths.application(reference), stepOf(reference, event), fields)

/** The secretariat asks for something that is missing; the applicant answers from the mail. */
export async function askAndAnswer(reference: string, { secretariat, applicant }: Cast) {
  await step(secretariat, reference, 'requestInformation', {
    question: 'Hvem står for regnskabet?',
    ...inAWeek(),
  })
  const page = await applicant.followMail(new RegExp(paths.application(reference)))
  await applicant.take(page, stepOf(reference, 'provideInformation'), {
    answer: 'Vores kasserer, som er revisor i sit daglige arbejde.',
  })
}

/** The case gets its handler and two reviewers without conflicts; returns where each will score. */
export async function openReview(reference: string, cast: Cast): Promise<string[]> {
  const { secretariat, reviewers } = cast
  const casePage = paths.application(reference)
  const action = paths.assignHandler(reference)
  const form = await secretariat.browser.formOf(casePage, action)
  await secretariat.browser.post(form.action, form.fields)
  for (const reviewer of reviewers) {
    const invite = paths.inviteReviewer(reference)
    const id = await idInList(secretariat, casePage, invite, reviewer)
    await secretariat.browser.complete(casePage, { reviewer: id }, invite)
  }
  const pages = await Promise.all(
    reviewers.map(async (reviewer) => {
      const page = await reviewPageOf(reviewer, reference)
      await reviewer.browser.complete(page)
      return page
    }),
  )
  await step(secretariat, reference, 'startReview')
  return pages
}

/** The reviewers read, score and send; the secretariat closes the review. */
export async function review(reference: string, cast: Cast): Promise<void> {
  const { secretariat, reviewers } = cast
  const pages = await openReview(reference, cast)
  for (const [i, reviewer] of reviewers.entries()) {
    const page = pages[i] ?? ''
    const { names } = await reviewer.browser.formOf(page)
    const scores = names.filter((name) => name.startsWith('score-'))
    const given = Object.fromEntries(scores.map((name, n) => [name, String(5 - ((n + i) % 3))]))
    await reviewer.browser.complete(page, { ...given, comment: 'Klar og modig ansøgning.' })
  }
  await step(secretariat, reference, 'completeReview')
}

/** A reviewer's own page for this case, from the link in the invitation. */
async function reviewPageOf(reviewer: Person, reference: string): Promise<string> {
  const list = await reviewer.browser.open(paths.reviews())
  const cards = list.body.split(/<(?:li|tr)\b/)
  const card = cards.find((html) => html.includes(reference)) ?? ''
  const page = /href="(\/bedoemmelser\/\d+)"/.exec(card)?.[1]
  if (page === undefined) throw new Error(`${reviewer.email} has no review of ${reference}`)
  await reviewer.followMail(new RegExp(`${page}\\b`))
  return page
}

/** The value that stands for a person in a list of the page. */
async function idInList(who: Person, page: string, action: string, person: Person) {
  const { body } = await who.browser.open(page)
  const form = body.slice(body.indexOf(`action="${action}"`))
  const name = (await person.browser.open(paths.profile())).body
  const own = /name="name"[^>]*value="([^"]*)"/.exec(name)?.[1]
  const option = [...form.matchAll(/<option value="(\d+)"[^>]*>([^<]*)</g)].find(
    ([, , label]) => label === own,
  )
  if (!option?.[1]) throw new Error(`${own ?? person.email} is not to be chosen on ${page}`)
  return option[1]
}

/** A recommendation by one person, the decision by another, accepted by the applicant. */
export async function grant(reference: string, cast: Cast, money: Money): Promise<void> {
  const { secretariat, decisionMaker, applicant } = cast
  await secretariat.browser.complete(paths.recommendation(reference), {
    outcome: 'grant',
    amount: money.amount,
    reasons: 'Begge bedømmere peger på idéen, og budgettet hænger sammen.',
    conditions: money.conditions,
  })
  await step(decisionMaker, reference, 'grant', {
    amount: money.amount,
    conditions: money.conditions,
    reasons: 'Projektet opfylder puljens formål, se bedømmelserne.',
    rule: 'Puljens kriterier 1–5',
    hearing: 'notNeeded',
    hearingWhy: 'Afgørelsen bygger kun på jeres egne oplysninger.',
    stateAid: 'no',
    stateAidWhy: 'Aktiviteten er lokal og uden for markedet.',
  })
  const page = await applicant.followMail(new RegExp(paths.application(reference)))
  await applicant.take(page, stepOf(reference, 'accept'))
}

/** One instalment: approved by the secretariat, ordered and confirmed by finance. */
export async function pay(reference: string, { secretariat, finance }: Cast): Promise<void> {
  const page = paths.application(reference)
  await secretariat.take(page, anInstalment('approve'))
  await finance.take(page, anInstalment('order'))
  await finance.take(page, anInstalment('confirmPaid'))
}

/** One report: written by the applicant, read and approved by the secretariat. */
export async function report(
  reference: string,
  number: number,
  { applicant, secretariat }: Cast,
  spent: string,
): Promise<void> {
  const page = paths.report(reference, number)
  const { names } = await applicant.browser.formOf(page)
  const told: Fields = {
    done: 'Værkstedet har haft åbent tre dage om ugen.',
    learned: 'De unge bliver, når de selv står for salget.',
    result: '14 af 18 kommer stadig.',
    onward: 'Vi taler med to skoler om en fast aftale.',
    spent,
  }
  const asked = Object.entries(told).filter(([name]) => names.includes(name))
  await applicant.browser.complete(page, Object.fromEntries(asked))
  await secretariat.take(page, new RegExp(paths.reportEvent(reference, number, 'approveReport')))
}

/** Where to go, whom to bring, the own tasks done, and the case closed. */
export async function adviseAndClose(reference: string, { adviser, applicant }: Cast) {
  const plan = paths.onwardPlan(reference)
  const add = (kind: string, text: string, contact: string) =>
    adviser.browser.complete(plan, { kind, text, contact }, plan)
  await add('where', 'Kommunens indkøb af reparationer: rammeaftalen fra 2027', 'Indkøb')
  await add('who', 'Lederen af den lokale boligforening', 'Omstilling, tlf. 12 34 56 78')
  const { body } = await adviser.browser.open(plan)
  const tasks = [...body.matchAll(new RegExp(`action="(${plan}/\\d+)"`, 'g'))]
  for (const [, action = ''] of tasks) {
    await adviser.browser.complete(plan, { how: 'done' }, action)
  }
  await applicant.browser.open(plan)
  await step(adviser, reference, 'close')
}
