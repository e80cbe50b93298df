import type { FormStep } from '../../workflows/application.questions.ts'
import { formSteps } from '../../workflows/application.questions.ts'
import { paths } from '../shared/paths.ts'
import type { Fields } from './forms.ts'
import type { Person } from './person.ts'

export type Idea = {
  pool: 'TVAER' | 'LOKAL'
  organisation: { name: string; cvr: string | null }
  title: string
  summary: string
  kroner: string
  budgetKroner: string
  wagesKroner: string
  districts: string[]
  startInDays: number
}

/** An applicant's way from signing in to a draft that has a reference. */
export async function beginApplication(applicant: Person, idea: Idea): Promise<string> {
  const { browser } = applicant
  const { name, cvr } = idea.organisation
  await browser.complete(paths.profile(), { name: `Ansøger, ${name}`, phone: '12345678' })
  await browser.complete(paths.newOrganisation(), {
    kind: cvr === null ? 'group' : 'registered',
    name,
    cvr: cvr ?? '',
  })
  const { location } = await browser.complete(paths.newApplication(idea.pool))
  const reference = /ansoegninger\/([^/]+)\//.exec(location)?.[1]
  if (reference === undefined) throw new Error(`no draft was begun: ${location}`)
  return reference
}

/** Fills in the form step by step, as its pages lead, and sends it from the check page. */
export async function sendApplication(applicant: Person, reference: string, idea: Idea) {
  const { browser } = applicant
  const answers = answersOf(idea)
  for (const step of formSteps) {
    await browser.complete(paths.applicationStep(reference, step), { ...answers[step], next: 'go' })
  }
  const sent = await browser.complete(paths.applicationReview(reference))
  if (!sent.location.startsWith(paths.applicationReceipt(reference))) {
    throw new Error(`${reference} has no receipt: ${sent.location}`)
  }
  await browser.open(paths.applicationPrint(reference))
}

function answersOf(idea: Idea): Record<FormStep, Fields> {
  const start = new Date(Date.now() + idea.startInDays * 86_400_000)
  const end = new Date(start.getTime() + 300 * 86_400_000)
  return {
    about: { contactPhone: '12 34 56 78', districts: idea.districts },
    idea: {
      title: idea.title,
      summary: idea.summary,
      targetGroup: 'Unge mellem 15 og 25 år, som står uden for job og uddannelse.',
      purposes: ['social', 'employment'],
    },
    money: {
      amount: idea.kroner,
      totalBudget: idea.budgetKroner,
      wages: idea.wagesKroner,
      budget: 'Løn til to timelønnede, værktøj og materialer, leje af lokale.',
      deMinimis: '0',
      otherGrants: '',
    },
    concept: {
      hypothesis: 'Unge bliver, når de lærer et håndværk og selv sælger det, de laver.',
      measure: 'Vi tæller, hvor mange der stadig kommer efter tre måneder.',
      ...date('startOn', start),
      ...date('endOn', end),
    },
    after: {
      afterwards: 'Salget betaler driften. Vi mangler faste kunder i kommunen.',
      customers: 'To skoler og en boligforening har skrevet under på en hensigt.',
      helpWanted: 'En indgang til kommunens indkøb.',
    },
    declarations: { declaration: 'yes' },
  }
}

/** A date as three fields, the way the form asks for it. */
export function date(name: string, day: Date): Fields {
  return {
    [`${name}-day`]: String(day.getUTCDate()),
    [`${name}-month`]: String(day.getUTCMonth() + 1),
    [`${name}-year`]: String(day.getUTCFullYear()),
  }
}
