import { instalment } from '../../workflows/instalment.machine.ts'
import { permits } from '../../workflows/lifecycle.ts'
import { report } from '../../workflows/report.machine.ts'
import type { InstalmentRow, ReportRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { advance } from '../lifecycle/advance.ts'

/**
 * The project ends before its plan: instalments that are not on their way to the bank are cancelled,
 * reports that nobody waits for any more are waived. What is ordered runs its course.
 */
export async function recordCancelledPlan(
  trx: Db,
  applicationId: number,
  now: string,
): Promise<void> {
  const common = {
    roles: ['clock'] as const,
    actorId: null,
    chain: `application:${applicationId}`,
    applicationId,
    now,
  }
  const instalments = await trx<InstalmentRow>('instalments')
    .where({ application_id: applicationId })
    .orderBy('number')
  for (const row of instalments) {
    const isOver = !permits('instalment', row.status, 'unsettled')
    if (isOver || permits('instalment', row.status, 'inFlight')) continue
    await advance(trx, {
      ...common,
      lifecycle: instalment,
      table: 'instalments',
      row,
      seen: null,
      event: 'cancel',
      facts: {
        isConflicted: false,
        caseIsRunning: false,
        isDue: false,
        reportIsApproved: false,
        approvedByAnother: false,
        amountOre: row.amount_ore,
        transferredLeftOre: 0,
      },
    })
  }
  const reports = await trx<ReportRow>('reports')
    .where({ application_id: applicationId })
    .orderBy('number')
  for (const row of reports) {
    if (permits('report', row.status, 'ended')) continue
    await advance(trx, {
      ...common,
      lifecycle: report,
      table: 'reports',
      row,
      seen: null,
      event: 'cancelReport',
      facts: { isConflicted: false, caseIsRunning: false, isOverdue: false, missingAnswers: 0 },
    })
  }
  await trx('deadlines')
    .where({ application_id: applicationId })
    .whereNull('handled_at')
    .andWhere((q) => void q.whereNotNull('report_id').orWhereNotNull('instalment_id'))
    .update({ handled_at: now })
}
