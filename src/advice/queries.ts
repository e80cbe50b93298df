import type { OnwardRouteRow } from '../db/tables.ts'
import type { OnwardItemRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'

export type OnwardLine = OnwardItemRow & { owner_name: string | null }

/** The onward plan of a case: where to go, whom to bring, what the municipality has promised. */
export async function listOnwardItems(db: Db, applicationId: number): Promise<OnwardLine[]> {
  return db('onward_items as i')
    .leftJoin('people as p', 'p.id', 'i.owner_id')
    .where('i.application_id', applicationId)
    .orderBy('i.id')
    .select('i.*', 'p.name as owner_name')
}

/** The catalogue of places to go, in its own order. */
export async function listRoutes(db: Db): Promise<OnwardRouteRow[]> {
  return db<OnwardRouteRow>('onward_routes').orderBy('position')
}

/** How many of the municipality's own tasks are open and past their date, for each of some cases. */
export async function countLateTasks(
  db: Db,
  applicationIds: number[],
  today: string,
): Promise<Map<number, number>> {
  const rows = await db('onward_items')
    .whereIn('application_id', applicationIds)
    .andWhere('kind', 'task')
    .whereNull('done_at')
    .whereNull('waived_at')
    .andWhere('due_on', '<', today)
    .groupBy('application_id')
    .select<{ application_id: number; late: number }[]>(
      'application_id',
      db.raw('count(*) as late'),
    )
  return new Map(rows.map((r) => [r.application_id, r.late]))
}
