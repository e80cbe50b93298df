/**
 * What an application asks. The lifecycle's own list: `submit` is blocked until the required ones
 * are answered, the form and the printed copy are drawn from it. Texts live in the locales under
 * `form.question.<name>`.
 */

export const formSteps = ['about', 'idea', 'money', 'concept', 'after', 'declarations'] as const
export type FormStep = (typeof formSteps)[number]

export type QuestionKind =
  'text' | 'textarea' | 'tel' | 'amount' | 'date' | 'checkboxes' | 'checkbox'

export type Question = {
  name: string
  step: FormStep
  kind: QuestionKind
  /** `always`, or only above the pool's quick lane: the form grows with the amount. */
  required: 'always' | 'aboveQuickLane' | 'never'
  maxLength?: number
  options?: readonly string[]
}

export const districts = [
  'amagerVest',
  'amagerOest',
  'bispebjerg',
  'broenshoejHusum',
  'christianshavn',
  'indreBy',
  'kongensEnghave',
  'noerrebro',
  'valby',
  'vanloese',
  'vesterbro',
  'oesterbro',
  'wholeCity',
] as const

export const purposes = ['social', 'employment', 'health', 'environment', 'culture'] as const

export const questions: readonly Question[] = [
  { name: 'contactPhone', step: 'about', kind: 'tel', required: 'always', maxLength: 30 },
  { name: 'districts', step: 'about', kind: 'checkboxes', required: 'always', options: districts },
  { name: 'title', step: 'idea', kind: 'text', required: 'always', maxLength: 100 },
  { name: 'summary', step: 'idea', kind: 'textarea', required: 'always', maxLength: 1500 },
  { name: 'targetGroup', step: 'idea', kind: 'textarea', required: 'always', maxLength: 800 },
  {
    name: 'purposes',
    step: 'idea',
    kind: 'checkboxes',
    required: 'aboveQuickLane',
    options: purposes,
  },
  { name: 'amount', step: 'money', kind: 'amount', required: 'always' },
  { name: 'totalBudget', step: 'money', kind: 'amount', required: 'always' },
  { name: 'wages', step: 'money', kind: 'amount', required: 'aboveQuickLane' },
  { name: 'budget', step: 'money', kind: 'textarea', required: 'aboveQuickLane', maxLength: 2000 },
  { name: 'deMinimis', step: 'money', kind: 'amount', required: 'always' },
  { name: 'otherGrants', step: 'money', kind: 'textarea', required: 'never', maxLength: 800 },
  { name: 'hypothesis', step: 'concept', kind: 'textarea', required: 'always', maxLength: 800 },
  { name: 'measure', step: 'concept', kind: 'textarea', required: 'always', maxLength: 800 },
  { name: 'startOn', step: 'concept', kind: 'date', required: 'always' },
  { name: 'endOn', step: 'concept', kind: 'date', required: 'aboveQuickLane' },
  {
    name: 'afterwards',
    step: 'after',
    kind: 'textarea',
    required: 'aboveQuickLane',
    maxLength: 1200,
  },
  {
    name: 'customers',
    step: 'after',
    kind: 'textarea',
    required: 'aboveQuickLane',
    maxLength: 800,
  },
  { name: 'helpWanted', step: 'after', kind: 'textarea', required: 'never', maxLength: 800 },
  { name: 'declaration', step: 'declarations', kind: 'checkbox', required: 'always' },
]

/** Answers exactly as typed, by name; a date is `<name>-day|-month|-year`, choices are lists. */
export type Answers = Record<string, string | string[]>

export const questionsOf = (step: FormStep) => questions.filter((q) => q.step === step)

/** Whether this question must be answered for an application of this size (øre). */
export function isRequired(question: Question, amountOre: number, quickLaneOre: number): boolean {
  if (question.required === 'always') return true
  const isLarge = quickLaneOre === 0 || amountOre > quickLaneOre
  return question.required === 'aboveQuickLane' && isLarge
}
