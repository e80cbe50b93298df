import type { Lang } from '../shared/actor.ts'
import { formatDate, formatDateTime } from '../shared/danish.ts'
import { formatOre, formatPpm } from '../shared/money.ts'
import { hasText, t } from '../templates/i18n.ts'

/** How a value that a line keeps is said; a value of no kind is not said at all. */
type Kind =
  | 'text'
  | 'ore'
  | 'ppm'
  | 'date'
  | 'time'
  | 'person'
  | 'contributor'
  | 'pool'
  | 'poolCode'
  | 'role'
  | 'may'
  | 'deadline'
  | 'report'
  | 'kindOf'
  | 'placeholder'
  | 'cameBy'
  | 'changed'

/**
 * What may be read of a line, machine by machine. All else stays in it: reasons and answers are the
 * case's, scores and why somebody is conflicted are sealed, and what will come is not known here.
 */
const shown: Record<string, Record<string, Kind>> = {
  application: {
    amountOre: 'ore',
    answerBy: 'date',
    newDate: 'date',
    toPool: 'poolCode',
    cameBy: 'cameBy',
    enteredFor: 'cameBy',
    spentOre: 'ore',
    repaymentOre: 'ore',
    receivedOre: 'ore',
  },
  review: { reviewerId: 'person' },
  instalment: { number: 'text', amountOre: 'ore' },
  report: { number: 'text', kind: 'report' },
  note: { number: 'text' },
  fileRequest: {
    number: 'text',
    askedOn: 'date',
    dueOn: 'date',
    full: 'text',
    extract: 'text',
    refused: 'text',
  },
  contact: { from: 'person', contactId: 'person' },
  member: { personId: 'person', from: 'may', role: 'may' },
  deadline: { kind: 'deadline', from: 'date', newDate: 'date' },
  handler: { handlerId: 'person' },
  recommendation: {},
  mail: { subject: 'text', reason: 'text' },
  contribution: {
    year: 'text',
    base_ore: 'ore',
    percent_ppm: 'ppm',
    computed_ore: 'ore',
    isPlaceholder: 'placeholder',
    caseNumber: 'text',
    transferringOre: 'ore',
    reason: 'text',
  },
  contributor: {
    code: 'text',
    name_da: 'text',
    name_en: 'text',
    kind: 'kindOf',
    valid_from: 'date',
    valid_to: 'date',
    successor_id: 'contributor',
  },
  round: {
    opens_at: 'time',
    closes_at: 'time',
    decision_on: 'date',
    from: 'time',
    to: 'time',
    reason: 'text',
  },
  person: { role: 'role', pool_id: 'pool', contributor_id: 'contributor', reason: 'text' },
  pool: {
    ...columns('text', 'name short purpose legal_basis complaint letter', true),
    ...columns('text', 'body help scale', true),
    ...columns('text', 'contact_name contact_phone contact_email case_number reason'),
    ...columns('text', 'decision_weeks quick_weeks accept_days concept_months'),
    ...columns('text', 'reviewers_required advice_clips weight position'),
    ...columns('ore', 'min_ore max_ore quick_lane_ore four_eyes_ore de_minimis_ore limit_ore'),
    ...columns('ppm', 'max_share_ppm wage_cap_ppm'),
    ...columns('date', 'decided_on valid_to'),
    role: 'role',
    instalment_plan: 'changed',
  },
}

function columns(kind: Kind, names: string, inBoth = false): Record<string, Kind> {
  const all = names.split(' ').flatMap((name) => (inBoth ? [`${name}_da`, `${name}_en`] : [name]))
  return Object.fromEntries(all.map((name) => [name, kind]))
}

/** What happened, in words; what nobody wrote words for is said to have been changed. */
export function eventWords(machine: string, event: string, lang: Lang): string {
  const keys = [`history.event.${machine}.${event}`, `lifecycle.${machine}.done.${event}`]
  const key = keys.find((k) => hasText(lang, k)) ?? 'history.changed'
  return t(lang, key, { what: machineWords(machine, lang) })
}

export function machineWords(machine: string, lang: Lang): string {
  const key = `history.machine.${machine}`
  return t(lang, hasText(lang, key) ? key : 'history.machine.other')
}

/** The names that ids in a line stand for. */
export type Names = Record<'person' | 'contributor' | 'pool', Map<number, string>> & {
  poolCode: Map<string, string>
}

/** The ids of people that these lines name, each once. */
export function peopleNamed(lines: { machine: string; details: string }[]): number[] {
  const ids = lines.flatMap(({ machine, details }) =>
    entriesOf(machine, details).flatMap(([, kind, value]) =>
      kind === 'person' ? [value].flat().map(Number) : [],
    ),
  )
  return [...new Set(ids.filter((id) => Number.isSafeInteger(id)))]
}

/** What a line keeps, as `Lukker: før → efter`; only what may be read. */
export function detailWords(
  line: { machine: string; details: string },
  names: Names,
  lang: Lang,
): string[] {
  return entriesOf(line.machine, line.details).flatMap(([name, kind, value, of]) => {
    const say = (one: unknown) => valueWords(kind, one, names, lang)
    const label = `${of}${t(lang, `history.detail.${name}`)}`
    if (kind === 'changed') return [`${label}: ${t(lang, 'history.wasChanged')}`]
    if (kind === 'placeholder') return value === true ? [label] : []
    if (!Array.isArray(value)) return isNothing(value) ? [] : [`${label}: ${say(value)}`]
    const [before, after] = value as unknown[]
    const became = isNothing(after) ? t(lang, 'history.nothing') : say(after)
    return [`${label}: ${isNothing(before) ? became : `${say(before)} → ${became}`}`]
  })
}

const isNothing = (value: unknown) => value === null || value === undefined || value === ''

/** Name, kind and value of what may be said; criteria say which one they are: `Effekt.weight`. */
function entriesOf(machine: string, details: string): [string, Kind, unknown, string][] {
  const kept = parsed(details)
  return Object.entries(kept).flatMap(([key, value]): [string, Kind, unknown, string][] => {
    const cut = machine === 'pool' ? key.lastIndexOf('.') : -1
    const name = key.slice(cut + 1)
    const kind = shown[machine]?.[name]
    return kind === undefined ? [] : [[name, kind, value, cut > 0 ? `${key.slice(0, cut)}, ` : '']]
  })
}

function parsed(details: string): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(details)
    return typeof kept === 'object' && kept !== null ? { ...kept } : {}
  } catch {
    return {}
  }
}

function valueWords(kind: Kind, value: unknown, names: Names, lang: Lang): string {
  const text = String(value)
  switch (kind) {
    case 'ore':
      return formatOre(Number(value), lang)
    case 'ppm':
      return formatPpm(Number(value), lang)
    case 'date':
      return formatDate(text, lang)
    case 'time':
      return formatDateTime(text, lang)
    case 'person':
    case 'contributor':
    case 'pool':
      return names[kind].get(Number(value)) ?? text
    case 'poolCode':
      return names.poolCode.get(text) ?? text
    case 'role':
      return t(lang, `lifecycle.role.${text}`)
    case 'may':
      return worded(`organisations.role.${text}`, text, lang)
    case 'deadline':
      return worded(`casework.kind.${text}`, text, lang)
    case 'report':
      return worded(`history.report.${text}`, text, lang)
    case 'kindOf':
      return worded(`contributors.kindOf.${text}`, text, lang)
    case 'cameBy':
      return worded(`steps.ask.cameBy.options.${text}`, text, lang)
    case 'placeholder':
    case 'changed':
    case 'text':
      return text.length > 200 ? `${text.slice(0, 200)} …` : text
  }
}

const worded = (key: string, otherwise: string, lang: Lang) =>
  hasText(lang, key) ? t(lang, key) : otherwise
