import { contribution as lifecycle } from '../../workflows/contribution.machine.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { ContributionRow, ContributorRow } from '../db/tables.ts'
import { recordHistory } from '../history/record-history.ts'
import type { Actor } from '../shared/actor.ts'
import { administers } from '../shared/actor.ts'
import { InvalidInput, NotAllowed, NotFound } from '../shared/errors.ts'
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
  /** Null where the program proposes what it was seeded with. */
  actor: Actor | null
  now: string
}

/**
 * Proposes what a contributor puts in: base × percentage (øre, ppm), kept as the calculation it is.
 * Returns the contribution's id. Throws NotAllowed, NotFound, InvalidInput when the contributor is
 * not there in that year, has a contribution in it already, or would put in nothing.
 */
export async function proposeContribution(db: Db, p: Proposal): Promise<number> {
  if (p.actor && !administers(p.actor, p.poolId)) throw new NotAllowed()
  const computedOre = shareOfBase(p.baseOre, p.percentPpm)
  if (computedOre === 0) throw at('percent', 'contributors.nothing')
  return inTransaction(db, async (trx) => {
    const contributor = await trx<ContributorRow>('contributors')
      .where({ id: p.contributorId, pool_id: p.poolId })
      .first()
    if (!contributor) throw new NotFound()
    if (!isThere(contributor, p.year)) throw at('year', 'contributors.notThere')
    const poolYearId = await poolYearOf(trx, p)
    const [row] = await trx('contributions')
      .insert({
        pool_year_id: poolYearId,
        contributor_id: p.contributorId,
        base_ore: p.baseOre,
        percent_ppm: p.percentPpm,
        computed_ore: computedOre,
        base_note_da: p.baseNoteDa,
        base_note_en: p.baseNoteEn,
        base_is_placeholder: p.isPlaceholder ? 1 : 0,
        status: lifecycle.initial,
      } satisfies Partial<ContributionRow>)
      .onConflict(['pool_year_id', 'contributor_id'])
      .ignore()
      .returning<{ id: number }[]>('id')
    if (!row) throw at('year', 'contributors.alreadyThere')
    await recordHistory(trx, {
      chain: `contribution:${row.id}`,
      application_id: null,
      machine: lifecycle.name,
      row_id: row.id,
      event: 'propose',
      from_status: null,
      to_status: lifecycle.initial,
      actor_id: p.actor?.personId ?? null,
      actor_role: p.actor ? 'administrator' : 'clock',
      details: JSON.stringify({
        year: p.year,
        base_ore: p.baseOre,
        percent_ppm: p.percentPpm,
        computed_ore: computedOre,
        isPlaceholder: p.isPlaceholder,
      }),
      at: p.now,
      request_key: null,
    })
    return row.id
  })
}

const at = (field: string, message: string) => new InvalidInput([{ field, message }])

const isThere = ({ valid_from, valid_to }: ContributorRow, year: number): boolean =>
  Number(valid_from.slice(0, 4)) <= year &&
  (valid_to === null || Number(valid_to.slice(0, 4)) >= year)

async function poolYearOf(trx: Db, p: Proposal): Promise<number> {
  await trx('pool_years')
    .insert({ pool_id: p.poolId, year: p.year, available_ore: 0 })
    .onConflict(['pool_id', 'year'])
    .ignore()
  const year = await trx('pool_years')
    .where({ pool_id: p.poolId, year: p.year })
    .first<{ id: number }>('id')
  return year.id
}
