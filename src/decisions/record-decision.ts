import type { DecisionRow, GrantRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { ApplicationRow, DelegationRow, PoolRow, PoolYearRow } from '../db/tables.ts'
import { planFor } from '../instalments/plan-instalments.ts'
import type { Asked } from '../shared/asked.ts'
import { copenhagenDate, copenhagenYear } from '../shared/danish.ts'
import { Blocked } from '../shared/errors.ts'

type By = { actorId: number; role: string; now: string }

/** A decision with its grounds and the delegation it was made under (forvaltningsloven §§ 22–24). */
export async function recordDecision(
  trx: Db,
  application: ApplicationRow,
  kind: DecisionRow['kind'],
  asked: Asked,
  by: By,
): Promise<number> {
  const delegation = await trx<DelegationRow>('delegations')
    .where({ pool_id: application.pool_id, role: by.role as DelegationRow['role'] })
    .whereNull('ended_at')
    .andWhere('valid_to', '>=', copenhagenDate(by.now))
    .orderBy('limit_ore', 'desc')
    .orderBy('id', 'desc')
    .first('id')
  const [stored] = await trx('decisions')
    .insert({
      application_id: application.id,
      kind,
      amount_ore: asked.amountOre ?? asked.repaymentOre ?? 0,
      conditions: asked.conditions ?? '',
      reasons: asked.reasons ?? '',
      rule: asked.rule ?? '',
      ground: asked.ground ?? null,
      hearing: [asked.hearing, asked.hearingWhy].filter(Boolean).join(': '),
      state_aid: asked.stateAid ?? '',
      onward_help: asked.onwardHelp ?? '',
      delegation_id: delegation?.id ?? null,
      decided_by: by.actorId,
      decided_at: by.now,
    })
    .returning<{ id: number }[]>('id')
  if (!stored) throw new Error('decision was not stored')
  return stored.id
}

/**
 * The grant of a decision, in the pool's money of the decision's year, with the instalments it is
 * offered with: the pool may change its own before the offer is accepted.
 */
export async function recordGrant(
  trx: Db,
  application: ApplicationRow,
  pool: PoolRow,
  decisionId: number,
  amountOre: number,
  now: string,
): Promise<GrantRow> {
  const poolYear = await trx<PoolYearRow>('pool_years')
    .where({ pool_id: application.pool_id, year: copenhagenYear(now) })
    .first('id')
  if (!poolYear) throw new Blocked('lifecycle.application.hint.moneyIsThere')
  const [grant] = await trx('grants')
    .insert({
      application_id: application.id,
      decision_id: decisionId,
      pool_year_id: poolYear.id,
      amount_ore: amountOre,
      plan_parts: JSON.stringify(planFor(pool, amountOre)),
      concept_months: pool.concept_months,
    })
    .returning<GrantRow[]>('*')
  if (!grant) throw new Error('grant was not stored')
  return grant
}

/** The old letter stays readable, marked as no longer in force. */
export async function supersedeDecisions(
  trx: Db,
  applicationId: number,
  now: string,
): Promise<void> {
  await trx<DecisionRow>('decisions')
    .where({ application_id: applicationId })
    .whereNull('superseded_at')
    .update({ superseded_at: now })
}
