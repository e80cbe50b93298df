import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import { violatedConstraint } from '../db/constraints.ts'
import { lockName } from '../db/lock.ts'
import type { ContributorRow } from '../db/tables.ts'
import { changesBetween, recordSetting } from '../settings/record-setting.ts'
import type { Actor } from '../shared/actor.ts'
import { administers } from '../shared/actor.ts'
import { sortKey } from '../shared/danish.ts'
import { InvalidInput, NotAllowed, Stale } from '../shared/errors.ts'
import { getOwnContributor, latestYearWithMoney, listLiveContributors } from './queries.ts'

type By = { actor: Actor; now: string }
type Names = Pick<ContributorRow, 'name_da' | 'name_en'>

/** Adds somebody who will put money into a pool. Throws NotAllowed, InvalidInput. */
export async function addContributor(
  db: Db,
  a: By & {
    contributor: Names & Pick<ContributorRow, 'pool_id' | 'code' | 'kind' | 'valid_from'>
  },
): Promise<void> {
  const { contributor } = a
  if (!administers(a.actor, contributor.pool_id)) throw new NotAllowed()
  await inTransaction(db, async (trx) => {
    const id = await insert(trx, { ...contributor, sort_key: sortKey(contributor.name_da) })
    const details = { ...contributor }
    await recordSetting(trx, { ...a, of: 'contributor', id, event: 'addContributor', details })
  })
}

async function insert(trx: Db, row: Partial<ContributorRow>): Promise<number> {
  try {
    const [made] = await trx('contributors').insert(row).returning<{ id: number }[]>('id')
    return made?.id ?? 0
  } catch (error) {
    if (violatedConstraint(error) !== 'uq_contributors_code') throw error
    throw new InvalidInput([{ field: 'code', message: 'contributors.codeTaken' }])
  }
}

/** Gives a contributor another name, in both languages. The code stays: the ledger goes by it. */
export async function renameContributor(
  db: Db,
  r: By & { code: string; version: number; names: Names },
): Promise<void> {
  await ofContributor(db, r, async (trx, contributor) => {
    await change(trx, contributor, r, 'renameContributor', {
      ...r.names,
      sort_key: sortKey(r.names.name_da),
    })
  })
}

/**
 * Ends a contributor on a day. What it has put in stays in the pool; what comes back later goes to
 * the successor, if there is one, also for those that this one had taken over from.
 * Throws NotFound, InvalidInput, Stale.
 */
export async function endContributor(
  db: Db,
  e: By & { code: string; version: number; lastDay: string; successorId: number | null },
): Promise<void> {
  await ofContributor(db, e, async (trx, contributor) => {
    if (e.lastDay < contributor.valid_from) {
      throw new InvalidInput([{ field: 'lastDay', message: 'contributors.endsBeforeBegin' }])
    }
    const money = await latestYearWithMoney(trx, contributor.id)
    if (money !== null && money > Number(e.lastDay.slice(0, 4))) {
      const params = { year: String(money) }
      throw new InvalidInput([{ field: 'lastDay', message: 'contributors.moneyLater', params }])
    }
    const able = await listLiveContributors(trx, contributor)
    if (e.successorId !== null && !able.some((c) => c.id === e.successorId)) {
      throw new InvalidInput([{ field: 'successor', message: 'fields.choose' }])
    }
    const ends = { valid_to: e.lastDay, successor_id: e.successorId }
    await change(trx, contributor, e, 'endContributor', ends)
    if (e.successorId === null) return
    const before = await trx<ContributorRow>('contributors').where({ successor_id: contributor.id })
    for (const earlier of before) {
      const step = { ...e, version: earlier.version }
      await change(trx, earlier, step, 'changeSuccessor', { successor_id: e.successorId })
    }
  })
}

/** One change to a pool's contributors at a time: who takes over must still be there. */
async function ofContributor(
  db: Db,
  { actor, code }: { actor: Actor; code: string },
  work: (trx: Db, contributor: ContributorRow) => Promise<void>,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { pool_id: poolId } = await getOwnContributor(trx, actor, code)
    await lockName(trx, `contributors:${poolId}`)
    await work(trx, await getOwnContributor(trx, actor, code))
  })
}

async function change(
  trx: Db,
  before: ContributorRow,
  by: By & { version: number },
  event: string,
  values: Partial<ContributorRow>,
): Promise<void> {
  const changed = await trx<ContributorRow>('contributors')
    .where({ id: before.id, version: by.version })
    .update({ ...values, version: by.version + 1 })
  if (changed === 0) throw new Stale()
  const { sort_key: _, ...said } = values
  const details = changesBetween(before, said)
  await recordSetting(trx, { ...by, of: 'contributor', id: before.id, event, details })
}
