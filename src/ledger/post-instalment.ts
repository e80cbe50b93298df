import type {
  GrantRow,
  GrantShareRow,
  InstalmentRow,
  InstalmentShareRow,
} from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { splitPayment } from '../shared/shares.ts'
import { balancesOfGrant } from './balances.ts'
import { lockPoolYear, postEntries } from './post-entries.ts'
import { headerOf } from './post-grant.ts'

type By = { actorId: number | null; now: string }

/**
 * Orders one instalment: splits it over the grant's own shares, deficit first, keeps the split with
 * the instalment, and moves it from committed to ordered. An instalment that failed before and is
 * ordered again keeps the split it had only if nothing else was ordered meanwhile; it is made anew.
 */
export async function orderInstalment(
  trx: Db,
  grant: GrantRow,
  instalment: Pick<InstalmentRow, 'id' | 'amount_ore'>,
  by: By,
): Promise<void> {
  await lockPoolYear(trx, grant.pool_year_id)
  const balances = new Map((await balancesOfGrant(trx, grant.id)).map((b) => [b.contributorId, b]))
  const shares = await trx<GrantShareRow>('grant_shares as s')
    .join('contributors as c', 'c.id', 's.contributor_id')
    .where('s.grant_id', grant.id)
    .select<{ contributor_id: number; amount_ore: number; code: string }[]>(
      's.contributor_id',
      's.amount_ore',
      'c.code',
    )
  const idOf = new Map(shares.map((s) => [s.code, s.contributor_id]))
  const parts = splitPayment(
    instalment.amount_ore,
    shares.map((s) => {
      const balance = balances.get(s.contributor_id)
      return {
        code: s.code,
        shareOre: s.amount_ore,
        paidOre: (balance?.ordered ?? 0) + (balance?.paid ?? 0),
      }
    }),
  ).flatMap(({ code, ore }) => {
    const contributorId = idOf.get(code)
    return contributorId === undefined || ore === 0 ? [] : [{ contributorId, ore }]
  })

  await trx<InstalmentShareRow>('instalment_shares').where({ instalment_id: instalment.id }).del()
  await trx<InstalmentShareRow>('instalment_shares').insert(
    parts.map(({ contributorId, ore }) => ({
      instalment_id: instalment.id,
      contributor_id: contributorId,
      amount_ore: ore,
    })),
  )
  await postEntries(trx, {
    ...headerOf(grant, by),
    kind: 'order',
    instalmentId: instalment.id,
    movements: parts.map(({ contributorId, ore }) => ({
      contributorId,
      from: 'committed',
      to: 'ordered',
      ore,
    })),
  })
}

/** The bank has paid: ordered becomes paid, in the split that was ordered. */
export async function payInstalment(
  trx: Db,
  grant: GrantRow,
  instalmentId: number,
  by: By,
): Promise<void> {
  await moveOrdered(trx, grant, instalmentId, by, 'paid')
}

/** The bank could not pay: ordered goes back to committed, in the split that was ordered. */
export async function failInstalment(
  trx: Db,
  grant: GrantRow,
  instalmentId: number,
  by: By,
): Promise<void> {
  await moveOrdered(trx, grant, instalmentId, by, 'committed')
}

async function moveOrdered(
  trx: Db,
  grant: GrantRow,
  instalmentId: number,
  by: By,
  to: 'paid' | 'committed',
): Promise<void> {
  await lockPoolYear(trx, grant.pool_year_id)
  const shares = await trx<InstalmentShareRow>('instalment_shares')
    .where({ instalment_id: instalmentId })
    .orderBy('contributor_id')
  await postEntries(trx, {
    ...headerOf(grant, by),
    kind: to === 'paid' ? 'payment' : 'failure',
    instalmentId,
    movements: shares.map((s) => ({
      contributorId: s.contributor_id,
      from: 'ordered',
      to,
      ore: s.amount_ore,
    })),
  })
}
