import type { Db } from '../db/connection.ts'
import type { CriterionRow } from '../db/tables.ts'
import { NotFound } from '../shared/errors.ts'

/** The criteria of a pool as they stand now: those of the next round that opens. In order. */
export async function listCriteriaInUse(db: Db, poolId: number): Promise<CriterionRow[]> {
  return db<CriterionRow>('criteria')
    .where({ pool_id: poolId })
    .whereNull('ended_at')
    .orderBy('position')
    .orderBy('id')
}

/** One of them; NotFound when it is another pool's or was taken out. */
export async function getCriterionInUse(
  db: Db,
  poolId: number,
  code: string,
): Promise<CriterionRow> {
  const found = (await listCriteriaInUse(db, poolId)).find((c) => c.code === code)
  if (!found) throw new NotFound()
  return found
}
