import type { GrantRow, GrantShareRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { PoolYearRow } from '../db/tables.ts'
import { InvalidInput } from '../shared/errors.ts'
import { splitReturn } from '../shared/shares.ts'
import { balancesOfGrant, sumOf } from './balances.ts'
import { lockPoolYear, postEntries } from './post-entries.ts'
import { headerOf } from './post-grant.ts'

/**
 * Books money that came back from a grantee, in the budget year it was received: the final shares
 * are fixed first, then each contributor (or the one that took over from it) gets paid − final.
 * `year` is the Copenhagen year of the receipt. Throws InvalidInput when more comes back than was
 * paid.
 */
export async function postReturn(
  trx: Db,
  grant: GrantRow,
  receivedOre: number,
  year: number,
  by: { actorId: number | null; now: string },
): Promise<void> {
  if (receivedOre === 0) return
  const poolYearId = await poolYearFor(trx, grant.pool_year_id, year)
  await lockPoolYear(trx, poolYearId)
  const balances = new Map((await balancesOfGrant(trx, grant.id)).map((b) => [b.contributorId, b]))
  const heldOre = sumOf([...balances.values()], 'paid') - sumOf([...balances.values()], 'returned')
  if (receivedOre > heldOre) {
    throw new InvalidInput([{ field: 'received', message: 'fields.moreThanPaid' }])
  }
  const shares = await trx<GrantShareRow>('grant_shares as s')
    .join('contributors as c', 'c.id', 's.contributor_id')
    .where('s.grant_id', grant.id)
    .select<
      { contributor_id: number; amount_ore: number; code: string; successor_id: number | null }[]
    >('s.contributor_id', 's.amount_ore', 'c.code', 'c.successor_id')
  const byCode = new Map(shares.map((s) => [s.code, s]))
  const parts = splitReturn(
    heldOre - receivedOre,
    shares.map((s) => {
      const balance = balances.get(s.contributor_id)
      return {
        code: s.code,
        shareOre: s.amount_ore,
        paidOre: (balance?.paid ?? 0) - (balance?.returned ?? 0),
      }
    }),
  )
  await postEntries(trx, {
    ...headerOf({ ...grant, pool_year_id: poolYearId }, by),
    kind: 'return',
    movements: parts.flatMap(({ code, ore }) => {
      const share = byCode.get(code)
      if (!share) return []
      const contributorId = share.successor_id ?? share.contributor_id
      return [{ contributorId, from: 'returned' as const, to: 'available' as const, ore }]
    }),
  })
}

/** The pool's row for a budget year, made when money first needs it. */
async function poolYearFor(trx: Db, samePoolAs: number, year: number): Promise<number> {
  const { pool_id: poolId } = await trx<PoolYearRow>('pool_years')
    .where({ id: samePoolAs })
    .first('pool_id')
    .then((row) => {
      if (!row) throw new Error('the grant has no pool-year')
      return row
    })
  await trx('pool_years')
    .insert({ pool_id: poolId, year, available_ore: 0 })
    .onConflict(['pool_id', 'year'])
    .ignore()
  const row = await trx<PoolYearRow>('pool_years').where({ pool_id: poolId, year }).first('id')
  if (!row) throw new Error('the pool-year was not made')
  return row.id
}
