import type { Db } from '../db/connection.ts'
import { lockPoolYear, postEntries } from './post-entries.ts'

/** Books a decided contribution: from now on the pool can grant it. Amount in øre. */
export async function postContribution(
  trx: Db,
  c: {
    poolYearId: number
    contributionId: number
    contributorId: number
    amountOre: number
    actorId: number | null
    now: string
  },
): Promise<void> {
  await lockPoolYear(trx, c.poolYearId)
  await postEntries(trx, {
    poolYearId: c.poolYearId,
    kind: 'contribution',
    contributionId: c.contributionId,
    actorId: c.actorId,
    now: c.now,
    movements: [
      {
        contributorId: c.contributorId,
        from: 'contributed',
        to: 'available',
        ore: c.amountOre,
      },
    ],
  })
}
