import { describe, expect, it } from 'vitest'
import { inTransaction } from '../../src/db/connection.ts'
import { migrateDown, migrateUp } from '../../src/db/migrate.ts'
import { engines, freshDatabase } from '../support/database.ts'

describe.each(engines)('the database on %s', (engine) => {
  it('gives sums as numbers, and goes down and up again', async () => {
    const db = await freshDatabase(engine)
    await db('counters').insert([
      { name: 'a', value: 10 },
      { name: 'b', value: 20 },
    ])
    const sum = await db('counters').sum({ total: 'value' }).first<{ total: number }>()
    expect(sum.total + 1).toBe(31)
    await migrateDown(db)
    await migrateUp(db)
    expect(await db('counters')).toEqual([])
  })

  it('takes a guarded step for each of forty at once, and no more than there are', async () => {
    const db = await freshDatabase(engine)
    await db('counters').insert({ name: 'money', value: 10 })
    const taken = await Promise.all(
      Array.from({ length: 40 }, () =>
        inTransaction(db, (trx) =>
          trx('counters').where({ name: 'money' }).andWhere('value', '>', 0).decrement('value', 1),
        ),
      ),
    )
    expect(taken.reduce((sum, n) => sum + n, 0)).toBe(10)
  })
})
