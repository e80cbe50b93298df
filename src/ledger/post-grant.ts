import type { GrantRow, GrantShareRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { Blocked } from '../shared/errors.ts'
import { splitByLargestRemainder } from '../shared/shares.ts'
import type { Share } from '../shared/shares.ts'
import { balancesOf, balancesOfGrant, sumOf } from './balances.ts'
import { lockPoolYear, postEntries } from './post-entries.ts'

type By = { actorId: number | null; now: string }
type Money = Pick<GrantRow, 'id' | 'application_id' | 'pool_year_id' | 'amount_ore'>

/**
 * Commits a grant: splits it over what each contributor has available in the pool-year, keeps the
 * shares for good, and moves the money from available to committed. Throws Blocked when the pool
 * does not hold the amount; two deciders at once cannot both get it.
 */
export async function commitGrant(trx: Db, grant: Money, by: By): Promise<Share[]> {
  await lockPoolYear(trx, grant.pool_year_id)
  const balances = await balancesOf(trx, grant.pool_year_id)
  if (sumOf(balances, 'available') < grant.amount_ore) {
    throw new Blocked('lifecycle.application.hint.moneyIsThere')
  }
  const shares = splitByLargestRemainder(
    grant.amount_ore,
    balances.map(({ code, available }) => ({ code, weight: available })),
  )
  const idOf = new Map(balances.map((b) => [b.code, b.contributorId]))
  const parts = shares.flatMap(({ code, ore }) => {
    const contributorId = idOf.get(code)
    return contributorId === undefined || ore === 0 ? [] : [{ contributorId, ore }]
  })
  await trx<GrantShareRow>('grant_shares').insert(
    parts.map(({ contributorId, ore }) => ({
      grant_id: grant.id,
      contributor_id: contributorId,
      amount_ore: ore,
    })),
  )
  await postEntries(trx, {
    ...headerOf(grant, by),
    kind: 'commitment',
    movements: parts.map(({ contributorId, ore }) => ({
      contributorId,
      from: 'available',
      to: 'committed',
      ore,
    })),
  })
  return shares
}

/**
 * Gives back what a grant holds and has neither ordered nor paid, to each contributor it came from.
 * Returns the sum in øre; 0 when nothing was held.
 */
export async function releaseGrant(trx: Db, grant: Money, by: By): Promise<number> {
  await lockPoolYear(trx, grant.pool_year_id)
  const balances = await balancesOfGrant(trx, grant.id)
  await postEntries(trx, {
    ...headerOf(grant, by),
    kind: 'release',
    movements: balances.map(({ contributorId, committed }) => ({
      contributorId,
      from: 'committed',
      to: 'available',
      ore: committed,
    })),
  })
  return sumOf(balances, 'committed')
}

export function headerOf(grant: Money, by: By) {
  return {
    poolYearId: grant.pool_year_id,
    applicationId: grant.application_id,
    grantId: grant.id,
    actorId: by.actorId,
    now: by.now,
  }
}
