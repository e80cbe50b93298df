import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/connection.ts'
import { migrateUp } from '../../src/db/migrate.ts'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { review } from '../../src/journey/stages.ts'
import { atEnd, engines, freshDatabaseAt } from '../support/database.ts'
import { moneyOf } from '../support/money.ts'
import { aTown } from '../support/town.ts'

const worker = new URL('grant-worker.ts', import.meta.url).pathname
const amountOre = 100_000_00

/** Money for one grant of 100.000 kr., and not an øre more. */
const moneyForOne = moneyOf([
  { code: 'AMV', baseOre: 1_000_000_00, percentPpm: 60_000, upTo: 'transferred' },
  { code: 'VAL', baseOre: 1_000_000_00, percentPpm: 40_000, upTo: 'transferred' },
])

describe.each(engines)('two processes that grant at once on %s', (engine) => {
  it('from a pool with money for one: exactly one succeeds, however often it is tried', async () => {
    for (let round = 0; round < 3; round += 1) {
      const where = await freshDatabaseAt(engine)
      const db = openDatabase(where)
      atEnd(() => db.destroy())
      await migrateUp(db)
      const town = await aTown(engine, { money: moneyForOne, at: db })
      const cases = [
        await town.sent({ kroner: '100.000', wagesKroner: '0' }),
        await town.sent({ kroner: '100.000', wagesKroner: '0' }),
      ]
      for (const { reference, cast } of cases) await review(reference, cast)
      const decider = await town.official('puljeudvalg')
      const at = String(Date.now() + 1_500)
      const said = await Promise.all(
        cases.map(async ({ reference }) => {
          const args = [worker, JSON.stringify(where), reference, String(decider.id)]
          const { stdout } = await promisify(execFile)(process.execPath, [
            ...args,
            String(amountOre),
            at,
          ])
          return stdout.trim()
        }),
      )
      expect(said.sort()).toEqual(['granted', 'lifecycle.application.hint.moneyIsThere'])
      expect(await db('applications').orderBy('status').pluck('status')).toEqual([
        'granted',
        'reviewed',
      ])
      expect(await db('grants').count({ n: '*' }).first()).toEqual({ n: 1 })
      expect(await db('pool_years').where('available_ore', '>', 0).pluck('id')).toEqual([])
      expect((await runDoctor(db)).filter((finding) => !finding.ok)).toEqual([])
    }
  }, 120_000)
})
