import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { DelegationRow, PoolRow } from '../db/tables.ts'
import type { PlanBand } from '../instalments/plan-instalments.ts'
import { changesBetween, recordSetting } from '../settings/record-setting.ts'
import type { Actor } from '../shared/actor.ts'
import { rolesInPool } from '../shared/actor.ts'
import { addDays, copenhagenDate } from '../shared/danish.ts'
import { InvalidInput, NotAllowed, NotFound, Stale } from '../shared/errors.ts'

type By = { actor: Actor; now: string; poolId: number }

/**
 * Changes what a pool says and allows, from now on: what is granted keeps what it was granted
 * under. The rows before and after are in the history. Throws NotAllowed, InvalidInput, Stale.
 */
export async function changePool(
  db: Db,
  c: By & { version: number; values: Partial<PoolRow> },
): Promise<void> {
  await asAdministrator(db, c, async (trx, pool) => {
    assertHangsTogether({ ...pool, ...c.values })
    const changed = await trx<PoolRow>('pools')
      .where({ id: pool.id, version: c.version })
      .update({ ...c.values, version: c.version + 1 })
    if (changed === 0) throw new Stale()
    const details = changesBetween(pool, c.values)
    await recordSetting(trx, { of: 'pool', id: pool.id, event: 'changePool', details, ...c })
  })
}

function assertHangsTogether(pool: PoolRow): void {
  if (pool.min_ore > pool.max_ore) {
    throw new InvalidInput([{ field: 'max_ore', message: 'settings.maxBelowMin' }])
  }
  if (pool.quick_lane_ore > pool.max_ore) {
    throw new InvalidInput([{ field: 'quick_lane_ore', message: 'settings.quickAboveMax' }])
  }
  for (const { parts } of JSON.parse(pool.instalment_plan) as PlanBand[]) {
    if (parts.reduce((sum, part) => sum + part.ppm, 0) !== 1_000_000) {
      throw new InvalidInput([{ field: 'ppm1', message: 'settings.partsNotWhole' }])
    }
    if (parts.some((part, i) => part.afterMonths < (parts[i - 1]?.afterMonths ?? 0))) {
      throw new InvalidInput([{ field: 'months1', message: 'settings.partsOutOfOrder' }])
    }
  }
}

/** Who may decide how much, by which decision, until when. The old ones stay, until they end. */
export async function addDelegation(
  db: Db,
  a: By & { delegation: Omit<DelegationRow, 'id' | 'pool_id'> },
): Promise<void> {
  await asAdministrator(db, a, async (trx, pool) => {
    const { delegation } = a
    const today = copenhagenDate(a.now)
    if (delegation.decided_on > today) {
      throw new InvalidInput([{ field: 'decidedOn', message: 'settings.notDecidedYet' }])
    }
    if (delegation.valid_to < today) {
      throw new InvalidInput([{ field: 'validTo', message: 'fields.dateInPast' }])
    }
    await trx<DelegationRow>('delegations').insert({ ...delegation, pool_id: pool.id })
    const details = { ...delegation }
    await recordSetting(trx, { of: 'pool', id: pool.id, event: 'addDelegation', details, ...a })
  })
}

/** Takes a delegation back: the very next decision is without it. */
export async function endDelegation(db: Db, e: By & { delegationId: number }): Promise<void> {
  await asAdministrator(db, e, async (trx, pool) => {
    const today = copenhagenDate(e.now)
    const changed = await trx<DelegationRow>('delegations')
      .where({ id: e.delegationId, pool_id: pool.id })
      .andWhere('valid_to', '>=', today)
      .update({ valid_to: addDays(today, -1) })
    if (changed === 0) throw new NotFound()
    const details = { delegation: e.delegationId }
    await recordSetting(trx, { of: 'pool', id: pool.id, event: 'endDelegation', details, ...e })
  })
}

async function asAdministrator(
  db: Db,
  { actor, poolId }: By,
  work: (trx: Db, pool: PoolRow) => Promise<void>,
): Promise<void> {
  if (!rolesInPool(actor, poolId).includes('administrator')) throw new NotAllowed()
  await inTransaction(db, async (trx) => {
    const pool = await trx<PoolRow>('pools').where({ id: poolId }).first()
    if (!pool) throw new NotFound()
    await work(trx, pool)
  })
}
