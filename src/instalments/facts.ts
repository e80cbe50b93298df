import type { InstalmentFacts } from '../../workflows/instalment.machine.ts'
import { permits } from '../../workflows/lifecycle.ts'
import type { InstalmentRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { ApplicationRow, PoolYearRow } from '../db/tables.ts'
import { isExcluded } from '../applications/queries.ts'
import type { Actor } from '../shared/actor.ts'
import { isMember } from '../shared/actor.ts'
import { addDays, copenhagenDate } from '../shared/danish.ts'

/** An instalment is made ready this many days before it is expected in the account. */
export const readyDays = 7

/**
 * What an instalment's guards look at. What may still be ordered is counted over the whole pool:
 * transferred money less what is ordered and paid, so one late department stops nobody.
 */
export async function instalmentFacts(
  db: Db,
  row: InstalmentRow,
  actor: Actor | null,
  now: string,
): Promise<InstalmentFacts> {
  const application = await db<ApplicationRow>('applications')
    .where({ id: row.application_id })
    .first('status', 'pool_id', 'organisation_id')
  if (!application) throw new Error('an instalment without a case')
  const report = row.report_id
    ? await db('reports').where({ id: row.report_id }).first<{ status: string }>('status')
    : null
  return {
    isConflicted:
      actor !== null &&
      (isMember(actor, application.organisation_id) ||
        (await isExcluded(db, actor.personId, row.application_id))),
    caseIsRunning: permits('application', application.status, 'running'),
    isDue: copenhagenDate(now) >= addDays(row.expected_on, -readyDays) || row.number === 1,
    reportIsApproved: report === null || permits('report', report.status, 'accepted'),
    approvedByAnother: row.approved_by !== actor?.personId,
    amountOre: row.amount_ore,
    transferredLeftOre: await transferredLeft(db, application.pool_id),
  }
}

async function transferredLeft(db: Db, poolId: number): Promise<number> {
  const years = db<PoolYearRow>('pool_years').where({ pool_id: poolId }).select('id')
  const transferred = await db('contributions')
    .whereIn('pool_year_id', years.clone())
    .select(db.raw('coalesce(sum(transferred_ore), 0) as ore'))
    .first<{ ore: number }>()
  const used = await db('ledger_entries as e')
    .join('ledger_postings as p', 'p.id', 'e.posting_id')
    .whereIn('p.pool_year_id', years.clone())
    .whereIn('e.account', ['ordered', 'paid', 'returned'])
    .select(
      db.raw(
        "coalesce(sum(case when e.side = 'debit' then e.amount_ore else -e.amount_ore end), 0) as ore",
      ),
    )
    .first<{ ore: number }>()
  return transferred.ore - used.ore
}
