import { permits } from '../../workflows/lifecycle.ts'
import { addDays, addMonths, copenhagenDate } from './danish.ts'

export type EndKind = 'draft' | 'notSent' | 'withdrawn' | 'refused' | 'lapsed' | 'granted'

/** How a case ended, and on which day in Copenhagen (`YYYY-MM-DD`). */
export type Ending = { kind: EndKind; on: string }

/** What the history of the application itself says, oldest first. */
export type PastStep = { event: string; to_status: string | null; at: string }

/** How long: months from the day it ended, or from the end of that year. */
export type Period = { months: number; from_year_end: number }

/** The steps that end a case before anything was decided, or after it was given up. */
const endings: Partial<Record<string, EndKind>> = {
  roundClosed: 'notSent',
  withdraw: 'withdrawn',
  decline: 'lapsed',
  acceptanceDeadlinePassed: 'lapsed',
}

/**
 * How and when a case ended, or null while it is going on. The last end counts: one that was
 * reopened goes by the day it ended again, and once money was granted it is a matter of accounts,
 * whatever came after. A draft that nobody sent ends on the day it was last saved.
 */
export function endingOf(
  application: { status: string; saved_at: string },
  steps: readonly PastStep[],
): Ending | null {
  if (steps.length === 0 && permits('application', application.status, 'editable')) {
    return { kind: 'draft', on: copenhagenDate(application.saved_at) }
  }
  const last = steps.findLast((step) => step.to_status === application.status)
  if (!last || !permits('application', application.status, 'ended')) return null
  const kind = steps.some((step) => step.event === 'grant') ? 'granted' : 'refused'
  return { kind: endings[last.event] ?? kind, on: copenhagenDate(last.at) }
}

/** The first day on which the whole period is over: the day after its last month. */
export function eraseOn(endedOn: string, { months, from_year_end }: Period): string {
  const from = from_year_end === 1 ? `${endedOn.slice(0, 4)}-12-31` : endedOn
  return addDays(addMonths(from, months), 1)
}
