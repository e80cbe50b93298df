import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { CriterionRow, PoolRow } from '../db/tables.ts'
import { getAdministeredPool } from '../settings/queries.ts'
import { changesBetween, recordSetting } from '../settings/record-setting.ts'
import type { Actor } from '../shared/actor.ts'
import { Blocked, InvalidInput, NotFound, Stale } from '../shared/errors.ts'
import { listCriteriaInUse } from './queries.ts'

/** `code` is the pool's; two who change its criteria at once meet at its `version`. */
type By = { actor: Actor; now: string; code: string; version: number }

/** What a criterion says in both languages; the scale is one line for each point from 0, or empty. */
export type CriterionTexts = Pick<
  CriterionRow,
  'name_da' | 'name_en' | 'help_da' | 'help_en' | 'scale_da' | 'scale_en'
>
/** By the criterion's code. */
export type Weights = Map<string, { weight: number; position?: number }>

type Wanted = CriterionTexts & Pick<CriterionRow, 'code' | 'weight' | 'position'>

/**
 * Changes what a criterion says. As every change here it is for rounds that open from now on: a
 * round, and every case in it, keeps the criteria it opened with. Throws NotFound, NotAllowed,
 * InvalidInput, Stale.
 */
export const changeCriterion = (db: Db, c: By & { criterion: string; texts: CriterionTexts }) =>
  change(db, c, 'changeCriterion', (now) =>
    now.map((x) => (x.code === c.criterion ? { ...x, ...c.texts } : x)),
  )

/** Adds a criterion, last, and weighs the others anew: all give 100. Throws as `changeCriterion`. */
export const addCriterion = (
  db: Db,
  a: By & { texts: CriterionTexts; weight: number; weights: Weights },
) =>
  change(db, a, 'addCriterion', (now, everyCode) => [
    ...weighed(now, a.weights),
    { ...a.texts, weight: a.weight, code: freeCode(everyCode), position: now.length + 1 },
  ])

/** Takes a criterion out and weighs the others anew. Throws as `changeCriterion`, and Blocked. */
export const endCriterion = (db: Db, e: By & { criterion: string; weights: Weights }) =>
  change(db, e, 'endCriterion', (now) => {
    if (now.length === 1) throw new Blocked('settings.lastCriterion')
    return weighed(
      now.filter((c) => c.code !== e.criterion),
      e.weights,
    )
  })

/** Weighs the criteria and puts them in order. Throws as `changeCriterion`. */
export const weighCriteria = (db: Db, w: By & { weights: Weights }) =>
  change(db, w, 'weighCriteria', (now) => weighed(now, w.weights))

const weighed = (criteria: Wanted[], weights: Weights): Wanted[] =>
  criteria.map((c) => ({ ...c, ...weights.get(c.code) })).sort((a, b) => a.position - b.position)

async function change(
  db: Db,
  by: By & { criterion?: string },
  event: string,
  wantedOf: (now: CriterionRow[], everyCode: string[]) => Wanted[],
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const pool = await getAdministeredPool(trx, by.actor, by.code)
    const inUse = await listCriteriaInUse(trx, pool.id)
    if (by.criterion !== undefined && !inUse.some((c) => c.code === by.criterion)) {
      throw new NotFound()
    }
    const everyCode = await trx('criteria').where({ pool_id: pool.id }).pluck<string[]>('code')
    const wanted = wantedOf(inUse, everyCode).map((c, i) => ({ ...c, position: i + 1 }))
    assertWhole(wanted)
    await takeTurn(trx, pool, by.version)
    const details = await replace(trx, pool, inUse, wanted, by.now)
    if (Object.keys(details).length === 0) return
    await recordSetting(trx, { ...by, of: 'pool', id: pool.id, event, details })
  })
}

/** Criteria weigh against each other: two who change them at once would not give 100 together. */
async function takeTurn(trx: Db, pool: PoolRow, version: number): Promise<void> {
  const changed = await trx<PoolRow>('pools')
    .where({ id: pool.id, version })
    .update({ version: version + 1 })
  if (changed === 0) throw new Stale()
}

function assertWhole(wanted: Wanted[]): void {
  const sum = wanted.reduce((total, c) => total + c.weight, 0)
  if (sum === 100) return
  const field = `weight-${wanted[0]?.code ?? ''}`
  throw new InvalidInput([{ field, message: 'settings.weightsNotWhole', params: { sum } }])
}

/** Ends the rows that are changed or gone, adds the new ones, and tells what differs. */
async function replace(
  trx: Db,
  pool: PoolRow,
  inUse: CriterionRow[],
  wanted: Wanted[],
  now: string,
): Promise<Record<string, unknown>> {
  const gone = inUse.filter((old) => !wanted.some((c) => c.code === old.code))
  const ended = gone.map((old) => old.id)
  const details: Record<string, unknown> = Object.fromEntries(
    gone.map((old) => [`${old.name_da}.weight`, [old.weight, 0]]),
  )
  for (const row of wanted) {
    const old = inUse.find((c) => c.code === row.code)
    const changes = changesBetween(old ?? {}, wordsOf(row))
    if (Object.keys(changes).length === 0) continue
    if (old) ended.push(old.id)
    for (const [column, pair] of Object.entries(changes)) {
      details[`${(old ?? row).name_da}.${column}`] = pair
    }
  }
  await trx<CriterionRow>('criteria').whereIn('id', ended).update({ ended_at: now })
  const kept = inUse.filter((old) => !ended.includes(old.id)).map((old) => old.code)
  const added = wanted.filter((c) => !kept.includes(c.code))
  if (added.length > 0) {
    await trx('criteria').insert(
      added.map((c) => ({ ...wordsOf(c), code: c.code, pool_id: pool.id, valid_from: now })),
    )
  }
  return details
}

const wordsOf = (c: Wanted) => ({
  name_da: c.name_da,
  name_en: c.name_en,
  help_da: c.help_da,
  help_en: c.help_en,
  scale_da: c.scale_da,
  scale_en: c.scale_en,
  weight: c.weight,
  position: c.position,
})

/** A name for its answers that no criterion of the pool ever had. */
function freeCode(taken: string[]): string {
  let n = taken.length + 1
  while (taken.includes(`c${n}`)) n += 1
  return `c${n}`
}
