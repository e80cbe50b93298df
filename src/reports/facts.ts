import { permits } from '../../workflows/lifecycle.ts'
import type { ReportFacts } from '../../workflows/report.machine.ts'
import type { ReportRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { ApplicationRow } from '../db/tables.ts'
import { isExcluded } from '../applications/queries.ts'
import type { Actor } from '../shared/actor.ts'
import { isMember } from '../shared/actor.ts'
import { copenhagenDate } from '../shared/danish.ts'

/** What a report's guards look at, for this person at this moment; null is the clock. */
export async function reportFacts(
  db: Db,
  row: ReportRow,
  actor: Actor | null,
  now: string,
): Promise<ReportFacts> {
  const application = await db<ApplicationRow>('applications')
    .where({ id: row.application_id })
    .first('status', 'organisation_id')
  if (!application) throw new Error('a report without a case')
  return {
    isConflicted:
      actor !== null &&
      (isMember(actor, application.organisation_id) ||
        (await isExcluded(db, actor.personId, row.application_id))),
    caseIsRunning: permits('application', application.status, 'running'),
    isOverdue: copenhagenDate(now) > row.due_on,
    missingAnswers: [row.done, row.learned].filter((text) => text.trim() === '').length,
  }
}
