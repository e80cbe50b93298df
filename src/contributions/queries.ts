import type { Db } from '../db/connection.ts'
import type { ContributionRow, ContributorRow } from '../db/tables.ts'
import { NotFound } from '../shared/errors.ts'

/** A contribution and its contributor's code, which says who may see it. Throws NotFound. */
export async function getContribution(
  db: Db,
  id: number,
): Promise<{ row: ContributionRow; code: string }> {
  if (!Number.isSafeInteger(id)) throw new NotFound()
  const row = await db<ContributionRow>('contributions').where({ id }).first()
  const contributor =
    row &&
    (await db<ContributorRow>('contributors').where({ id: row.contributor_id }).first('code'))
  if (!row || !contributor) throw new NotFound()
  return { row, code: contributor.code }
}
