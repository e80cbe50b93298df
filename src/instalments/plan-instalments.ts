import type { GrantRow, InstalmentRow, ReportRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { PoolRow } from '../db/tables.ts'
import { addDays, addMonths, copenhagenDate, copenhagenInstant } from '../shared/danish.ts'
import { readyDays } from './facts.ts'

export type PlanPart = { stage: 'proofOfConcept' | 'tapering'; ppm: number; afterMonths: number }
export type PlanBand = { upToOre: number | null; parts: PlanPart[] }

/** The parts of the band that an amount (øre) falls in. */
export function planFor(pool: Pick<PoolRow, 'instalment_plan'>, amountOre: number): PlanPart[] {
  const bands = JSON.parse(pool.instalment_plan) as PlanBand[]
  const band = bands.find((b) => b.upToOre === null || amountOre <= b.upToOre)
  if (!band) throw new Error('the pool has no instalment plan for this amount')
  return band.parts
}

/** Each part in øre: whole kroner but the last, which takes what is left. */
export function partsOf(parts: PlanPart[], amountOre: number): number[] {
  const sizes = parts.map(({ ppm }) =>
    Number(((BigInt(amountOre) * BigInt(ppm)) / 1_000_000n / 100n) * 100n),
  )
  const rest = amountOre - sizes.slice(0, -1).reduce((sum, ore) => sum + ore, 0)
  return [...sizes.slice(0, -1), rest]
}

/**
 * The plan of an accepted grant: the tapering instalments and, between them, the reports that open
 * the next one; the last report is the accounts. Every date starts a deadline of its own.
 */
export async function planInstalments(
  trx: Db,
  grant: GrantRow,
  pool: PoolRow,
  now: string,
): Promise<void> {
  const parts =
    grant.plan_parts === null
      ? planFor(pool, grant.amount_ore)
      : (JSON.parse(grant.plan_parts) as PlanPart[])
  const conceptMonths = grant.concept_months ?? pool.concept_months
  const sizes = partsOf(parts, grant.amount_ore)
  const today = copenhagenDate(now)
  const reportIds: number[] = []
  for (const [i, part] of parts.entries()) {
    const next = parts[i + 1]
    const dueOn = next
      ? addDays(addMonths(today, next.afterMonths), -14)
      : addMonths(today, part.afterMonths + conceptMonths)
    reportIds.push(
      await insertReport(trx, grant, {
        number: i + 1,
        kind: i === 0 ? 'proofOfConcept' : next ? 'status' : 'final',
        dueOn,
      }),
    )
  }
  if (parts.length === 1) {
    reportIds.push(
      await insertReport(trx, grant, {
        number: 2,
        kind: 'final',
        dueOn: addMonths(today, conceptMonths + 1),
      }),
    )
  }
  for (const [i, part] of parts.entries()) {
    const expectedOn = i === 0 ? addDays(today, 14) : addMonths(today, part.afterMonths)
    const [row] = await trx('instalments')
      .insert({
        application_id: grant.application_id,
        grant_id: grant.id,
        number: i + 1,
        stage: part.stage,
        amount_ore: sizes[i] ?? 0,
        expected_on: expectedOn,
        report_id: i === 0 ? null : (reportIds[i - 1] ?? null),
        status: 'planned',
      } satisfies Partial<InstalmentRow>)
      .returning<{ id: number }[]>('id')
    await insertDeadline(trx, grant.application_id, 'instalmentDue', {
      instalment_id: row?.id ?? null,
      due_at: copenhagenInstant(i === 0 ? today : addDays(expectedOn, -readyDays), '08:00'),
    })
  }
}

async function insertReport(
  trx: Db,
  grant: GrantRow,
  report: { number: number; kind: ReportRow['kind']; dueOn: string },
): Promise<number> {
  const [row] = await trx('reports')
    .insert({
      application_id: grant.application_id,
      grant_id: grant.id,
      number: report.number,
      kind: report.kind,
      due_on: report.dueOn,
      status: 'due',
    } satisfies Partial<ReportRow>)
    .returning<{ id: number }[]>('id')
  if (!row) throw new Error('report was not planned')
  await insertDeadline(trx, grant.application_id, 'reportDue', {
    report_id: row.id,
    due_at: copenhagenInstant(addDays(report.dueOn, 1), '08:00'),
  })
  return row.id
}

async function insertDeadline(
  trx: Db,
  applicationId: number,
  kind: 'instalmentDue' | 'reportDue',
  rest: { instalment_id?: number | null; report_id?: number; due_at: string },
): Promise<void> {
  await trx('deadlines').insert({ application_id: applicationId, kind, ...rest })
}
