import type { OnwardItemRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { ApplicationRow, PersonRow } from '../db/tables.ts'
import { addDays, copenhagenDate } from '../shared/danish.ts'

/**
 * Advice begins: the case gets an adviser and the municipality its first own task, so the promise
 * to help onward has a name and a date. A plan that was begun before goes on.
 */
export async function recordOnwardPlan(
  trx: Db,
  application: ApplicationRow,
  texts: { firstTask: string },
  by: { actorId: number | null; now: string },
): Promise<void> {
  const begun = await trx<OnwardItemRow>('onward_items')
    .where({ application_id: application.id })
    .first('id')
  if (begun) return
  const adviserId = application.adviser_id ?? (await findAdviser(trx, application.pool_id))
  await trx<ApplicationRow>('applications')
    .where({ id: application.id })
    .update({ adviser_id: adviserId })
  await trx<OnwardItemRow>('onward_items').insert({
    application_id: application.id,
    kind: 'task',
    text: texts.firstTask,
    owner_id: adviserId,
    due_on: addDays(copenhagenDate(by.now), 14),
    created_by: by.actorId ?? adviserId ?? application.contact_id,
    created_at: by.now,
  })
}

/** The adviser of the pool with the fewest open cases, so that nobody is forgotten or flooded. */
async function findAdviser(trx: Db, poolId: number): Promise<number | null> {
  const row = await trx<PersonRow>('people as p')
    .join('roles as r', 'r.person_id', 'p.id')
    .leftJoin('applications as a', 'a.adviser_id', 'p.id')
    .where('r.role', 'adviser')
    .whereNull('r.ended_at')
    .whereNull('p.disabled_at')
    .andWhere((q) => void q.whereNull('r.pool_id').orWhere('r.pool_id', poolId))
    .groupBy('p.id')
    .orderByRaw('count(a.id), p.id')
    .first<{ id: number } | undefined>('p.id')
  return row?.id ?? null
}
