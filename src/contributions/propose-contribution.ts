import { contribution as lifecycle } from '../../workflows/contribution.machine.ts'
import type { Db } from '../db/connection.ts'
import type { ContributionRow } from '../db/tables.ts'
import { shareOfBase } from '../shared/money.ts'

export type Proposal = {
  poolId: number
  contributorId: number
  year: number
  baseOre: number
  percentPpm: number
  baseNoteDa: string
  baseNoteEn: string
  isPlaceholder: boolean
}

/** Proposes what a contributor puts in: base × percentage, kept as the calculation it is. */
export async function proposeContribution(db: Db, p: Proposal): Promise<number> {
  await db('pool_years')
    .insert({ pool_id: p.poolId, year: p.year, available_ore: 0 })
    .onConflict(['pool_id', 'year'])
    .ignore()
  const year = await db('pool_years')
    .where({ pool_id: p.poolId, year: p.year })
    .first<{ id: number }>('id')
  const [row] = await db('contributions')
    .insert({
      pool_year_id: year.id,
      contributor_id: p.contributorId,
      base_ore: p.baseOre,
      percent_ppm: p.percentPpm,
      computed_ore: shareOfBase(p.baseOre, p.percentPpm),
      base_note_da: p.baseNoteDa,
      base_note_en: p.baseNoteEn,
      base_is_placeholder: p.isPlaceholder ? 1 : 0,
      status: lifecycle.initial,
    } satisfies Partial<ContributionRow>)
    .returning<{ id: number }[]>('id')
  return row?.id ?? 0
}
