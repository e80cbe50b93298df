import type { ReportText } from '../../src/reports/advance-report.ts'
import { instalment, report } from './scenes.ts'
import type { Entry } from './story.ts'

/** Instalment number `n`: approved on the day, ordered on the next, in the account three days later. */
export const paid = (day: number, n: number, handler = 'sagsbehandler'): Entry[] => [
  [day, instalment(handler, n, 'approve')],
  [day + 1, instalment('oekonomi', n, 'order')],
  [day + 4, instalment('oekonomi', n, 'confirmPaid')],
]

/** Report number `n`, sent on the day and approved four days later. */
export const reported = (
  day: number,
  n: number,
  applicant: string,
  text: Omit<ReportText, 'spentOre'> & { kroner: number },
  handler = 'sagsbehandler',
): Entry[] => [
  [day, report(applicant, n, 'submitReport', text)],
  [day + 4, report(handler, n, 'approveReport')],
]
