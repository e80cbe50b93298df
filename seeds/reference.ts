import type { Db } from '../src/db/connection.ts'
import type { PoolRow } from '../src/db/tables.ts'
import {
  addDays,
  addMonths,
  copenhagenDate,
  copenhagenInstant,
  sortKey,
} from '../src/shared/danish.ts'
import { bases, onwardRoutes } from './contributors.ts'
import { criteria } from './criteria.ts'
import { pools } from './pools.ts'

/** The two pools with all that belongs to them, and who puts money in. No money, no people, no cases. */
export async function seedReference(db: Db, now: string): Promise<void> {
  const today = copenhagenDate(now)
  for (const { rounds, delegations, ...pool } of pools) {
    const [stored] = await db('pools')
      .insert({ ...pool, instalment_plan: JSON.stringify(pool.instalment_plan) })
      .returning<PoolRow[]>('*')
    if (!stored) throw new Error(`pool ${pool.code} was not seeded`)
    await db('criteria').insert(
      (criteria[pool.code] ?? []).map((c, i) => ({ ...c, pool_id: stored.id, position: i + 1 })),
    )
    await db('delegations').insert(
      delegations.map((d) => ({
        ...d,
        pool_id: stored.id,
        decided_on: addMonths(today, -20),
        valid_to: addMonths(today, 30),
      })),
    )
    await db('rounds').insert(roundsFor(stored, rounds, today))
    await db('contributors').insert(
      (bases[pool.code] ?? []).map((b) => ({
        pool_id: stored.id,
        code: b.code,
        kind: pool.code === 'TVAER' ? 'administration' : 'localCouncil',
        name_da: b.da,
        name_en: b.en,
        sort_key: sortKey(b.da),
        valid_from: '2018-01-01',
      })),
    )
  }
  await db('onward_routes').insert(
    onwardRoutes.map((r, i) => ({ ...r, checked_on: today, position: i + 1 })),
  )
}

type Rounds = { time: string; dates: (year: number) => string[] }

/** Deadlines from a year back to a year ahead; a round opens when the one before it closes. */
function roundsFor(pool: PoolRow, rounds: Rounds, today: string) {
  const year = Number(today.slice(0, 4))
  const deadlines = [year - 2, year - 1, year, year + 1, year + 2].flatMap(rounds.dates).sort()
  return deadlines.slice(1).map((date, i) => ({
    pool_id: pool.id,
    opens_at: new Date(
      Date.parse(copenhagenInstant(deadlines[i] ?? date, rounds.time)) + 1000,
    ).toISOString(),
    closes_at: copenhagenInstant(date, rounds.time),
    decision_on: addDays(date, pool.decision_weeks * 7),
  }))
}
