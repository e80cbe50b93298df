import type { Db } from '../db/connection.ts'
import type { ApplicationRow, DeadlineRow, PoolMoveRow, PoolRow, RoundRow } from '../db/tables.ts'
import type { Asked } from '../shared/asked.ts'
import { addDays, copenhagenDate } from '../shared/danish.ts'
import { InvalidInput } from '../shared/errors.ts'
import { findRoundFor } from './queries.ts'
import { startDeadline } from './record-deadlines.ts'

type By = { actorId: number | null; now: string }

/** The secretariat thinks that another pool fits better; nothing moves before the applicants agree. */
export async function recordMoveProposal(
  trx: Db,
  application: ApplicationRow,
  asked: Asked,
  by: By,
): Promise<void> {
  const pool = await trx<PoolRow>('pools')
    .where({ code: asked.toPool ?? '' })
    .first()
  if (!pool || pool.id === application.pool_id) {
    throw new InvalidInput([{ field: 'toPool', message: 'fields.choose' }])
  }
  if (!(await findRoundFor(trx, pool.id, by.now))) {
    throw new InvalidInput([{ field: 'toPool', message: 'casework.noRoundThere' }])
  }
  await trx<PoolMoveRow>('pool_moves').insert({
    application_id: application.id,
    to_pool_id: pool.id,
    reason: asked.reason ?? '',
    proposed_by: by.actorId ?? application.contact_id,
    proposed_at: by.now,
  })
}

/** The proposal is answered, or taken back: `isAccepted` 0 for both no and not any more. */
export async function recordMoveAnswer(
  trx: Db,
  applicationId: number,
  isAccepted: boolean,
  by: By,
): Promise<void> {
  await trx<PoolMoveRow>('pool_moves')
    .where({ application_id: applicationId })
    .whereNull('answered_at')
    .update({
      is_accepted: isAccepted ? 1 : 0,
      answered_by: by.actorId,
      answered_at: by.now,
    })
}

/**
 * The application stands in the other pool, with every answer as it was and the same reference: in
 * the round that is open there, or the next one, with that pool's date for the decision.
 */
export async function recordMove(trx: Db, application: ApplicationRow, now: string): Promise<void> {
  const move = await trx<PoolMoveRow>('pool_moves')
    .where({ application_id: application.id, is_accepted: 1 })
    .orderBy('id', 'desc')
    .first()
  const pool = move && (await trx<PoolRow>('pools').where({ id: move.to_pool_id }).first())
  const round = pool && (await findRoundFor(trx, pool.id, now))
  if (!pool || !round) throw new Error(`application ${application.id} has nowhere to move`)
  const decisionExpectedOn = expectedIn(pool, round, application.requested_ore, now)
  await trx<ApplicationRow>('applications').where({ id: application.id }).update({
    pool_id: pool.id,
    round_id: round.id,
    case_handler_id: null,
    adviser_id: null,
    decision_expected_on: decisionExpectedOn,
  })
  await trx<DeadlineRow>('deadlines')
    .where({ application_id: application.id, kind: 'decisionDue' })
    .whereNull('handled_at')
    .update({ handled_at: now })
  await startDeadline(trx, 'decisionDue', {
    applicationId: application.id,
    pool,
    round,
    decisionExpectedOn,
    asked: {},
    now,
  })
}

const expectedIn = (pool: PoolRow, round: RoundRow, requestedOre: number, now: string): string =>
  requestedOre <= pool.quick_lane_ore
    ? addDays(copenhagenDate(now), pool.quick_weeks * 7)
    : round.decision_on
