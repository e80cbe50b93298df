import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { DelegationRow, PoolRow } from '../db/tables.ts'
import type { PlanBand, PlanPart } from '../instalments/plan-instalments.ts'
import type { Actor } from '../shared/actor.ts'
import { copenhagenDate } from '../shared/danish.ts'
import type { FieldProblem } from '../shared/errors.ts'
import { Blocked, InvalidInput, NotFound, Stale } from '../shared/errors.ts'
import { typedPpm } from '../shared/money.ts'
import { getAdministeredPool } from './queries.ts'
import { changesBetween, recordSetting } from './record-setting.ts'

type By = { actor: Actor; now: string; code: string }

/**
 * Changes what a pool says and allows, from now on: what is granted keeps what it was granted
 * under. The values before and after are in the history; a change of nothing is none. Throws
 * NotFound, NotAllowed, InvalidInput, Stale.
 */
export async function changePool(
  db: Db,
  c: By & { version: number; values: Partial<PoolRow> },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const pool = await getAdministeredPool(trx, c.actor, c.code)
    await update(trx, pool, c, 'changePool', c.values)
  })
}

/**
 * Sets how grants up to an amount are paid out (`band` counts from 0; null adds one). The band
 * without a limit is for all greater amounts and stays the last. Throws as `changePool`.
 */
export async function setPayoutBand(
  db: Db,
  s: By & { version: number; band: number | null; upToOre: number | null; parts: PlanPart[] },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const pool = await getAdministeredPool(trx, s.actor, s.code)
    const bands = JSON.parse(pool.instalment_plan) as PlanBand[]
    const old = s.band === null ? null : bands[s.band]
    if (old === undefined) throw new NotFound()
    const upToOre = old?.upToOre === null ? null : s.upToOre
    const others = bands.filter((band) => band !== old)
    if (others.some((band) => band.upToOre === upToOre)) {
      throw new InvalidInput([{ field: 'upTo', message: 'settings.sameLimit' }])
    }
    const sorted = [...others, { upToOre, parts: s.parts }].sort(
      (a, b) => (a.upToOre ?? Infinity) - (b.upToOre ?? Infinity),
    )
    assertPartsAreWhole(s.parts)
    await update(trx, pool, s, 'setPayoutBand', { instalment_plan: JSON.stringify(sorted) })
  })
}

/** Takes a band away; its grants are then paid as those of the next greater. Never the last one. */
export async function removePayoutBand(
  db: Db,
  r: By & { version: number; band: number },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const pool = await getAdministeredPool(trx, r.actor, r.code)
    const bands = JSON.parse(pool.instalment_plan) as PlanBand[]
    const old = bands[r.band]
    if (!old) throw new NotFound()
    if (old.upToOre === null) throw new Blocked('settings.lastBand')
    const rest = bands.filter((band) => band !== old)
    await update(trx, pool, r, 'removePayoutBand', { instalment_plan: JSON.stringify(rest) })
  })
}

async function update(
  trx: Db,
  pool: PoolRow,
  by: By & { version: number },
  event: string,
  values: Partial<PoolRow>,
): Promise<void> {
  const problems = whatDoesNotFit({ ...pool, ...values }).filter((p) => p.field in values)
  if (problems.length > 0) throw new InvalidInput(problems)
  const details = changesBetween(pool, values)
  const changed = await trx<PoolRow>('pools')
    .where({ id: pool.id, version: by.version })
    .update({ ...values, version: by.version + 1 })
  if (changed === 0) throw new Stale()
  if (Object.keys(details).length === 0) return
  await recordSetting(trx, { ...by, of: 'pool', id: pool.id, event, details })
}

/** What a pool may not say at once, each at the field that is likeliest to be wrong. */
function whatDoesNotFit(pool: PoolRow): FieldProblem[] {
  const rules: [boolean, keyof PoolRow, string][] = [
    [pool.min_ore > pool.max_ore, 'max_ore', 'settings.maxBelowMin'],
    [pool.quick_lane_ore > pool.max_ore, 'quick_lane_ore', 'settings.quickAboveMax'],
    [pool.max_share_ppm === 0, 'max_share_ppm', 'settings.shareOfNothing'],
    [pool.quick_weeks > pool.decision_weeks, 'quick_weeks', 'settings.quickIsSlower'],
    [pool.letter_da === '' && pool.letter_en !== '', 'letter_da', 'settings.bothLanguages'],
    [pool.letter_da !== '' && pool.letter_en === '', 'letter_en', 'settings.bothLanguages'],
  ]
  return rules.flatMap(([isWrong, field, message]) => (isWrong ? [{ field, message }] : []))
}

/** Part by part: 100 % in all, the first at once, each of the others later than the one before. */
function assertPartsAreWhole(parts: PlanPart[]): void {
  const sum = parts.reduce((ppm, part) => ppm + part.ppm, 0)
  if (sum !== 1_000_000) {
    const params = { sum: typedPpm(sum) }
    throw new InvalidInput([{ field: 'percent1', message: 'settings.partsNotWhole', params }])
  }
  const early = parts.findIndex(
    (part, i) => i > 0 && part.afterMonths <= (parts[i - 1]?.afterMonths ?? 0),
  )
  if (early > 0) {
    throw new InvalidInput([{ field: `months${early + 1}`, message: 'settings.partsOutOfOrder' }])
  }
}

/**
 * Says who may decide how much, by which decision, until when. The old ones stay, until they end.
 * Throws NotFound, NotAllowed, InvalidInput.
 */
export async function addDelegation(
  db: Db,
  a: By & { delegation: Omit<DelegationRow, 'id' | 'pool_id' | 'ended_at'> },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const pool = await getAdministeredPool(trx, a.actor, a.code)
    const { delegation } = a
    const today = copenhagenDate(a.now)
    const problems: FieldProblem[] = []
    if (delegation.decided_on > today) {
      problems.push({ field: 'decidedOn', message: 'settings.notDecidedYet' })
    }
    if (delegation.valid_to < today) {
      problems.push({ field: 'validTo', message: 'fields.dateInPast' })
    }
    if (problems.length > 0) throw new InvalidInput(problems)
    await trx<DelegationRow>('delegations').insert({ ...delegation, pool_id: pool.id })
    const details = changesBetween({}, delegation)
    await recordSetting(trx, { ...a, of: 'pool', id: pool.id, event: 'addDelegation', details })
  })
}

/**
 * Takes a delegation back: the very next decision is without it. Decisions already made under it
 * still name it. Throws NotFound, NotAllowed, and Blocked when it has ended.
 */
export async function endDelegation(
  db: Db,
  e: By & { delegationId: number; reason: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const pool = await getAdministeredPool(trx, e.actor, e.code)
    const its = { id: e.delegationId, pool_id: pool.id }
    const delegation = await trx<DelegationRow>('delegations').where(its).first()
    if (!delegation) throw new NotFound()
    const changed = await trx<DelegationRow>('delegations')
      .where(its)
      .whereNull('ended_at')
      .update({ ended_at: e.now })
    if (changed === 0) throw new Blocked('settings.delegationIsOver')
    const { case_number, body_da } = delegation
    await recordSetting(trx, {
      ...e,
      of: 'pool',
      id: pool.id,
      event: 'endDelegation',
      details: { case_number, body_da, reason: e.reason },
    })
  })
}
