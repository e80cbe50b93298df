import type { Knex } from 'knex'
import { describe, expect, it } from 'vitest'
import { isPostgres } from '../../src/db/connection.ts'
import { migrateDown, migrateUp } from '../../src/db/migrate.ts'
import { migrations } from '../../src/db/migrations/index.ts'
import { engines, freshDatabase } from '../support/database.ts'

async function schemaOf(db: Knex): Promise<string[]> {
  const rows = isPostgres(db)
    ? await db('information_schema.columns')
        .where({ table_schema: 'public' })
        .orderBy(['table_name', 'column_name'])
        .select('table_name', 'column_name', 'data_type', 'is_nullable', 'column_default')
    : await db('sqlite_master').orderBy(['type', 'name']).select('type', 'name', 'sql')
  return rows.map((row) => JSON.stringify(row))
}

describe.each(engines)('migrations on %s', (engine) => {
  it('go down to nothing, and up again to the very same schema', async () => {
    const db = await freshDatabase(engine)
    const before = await schemaOf(db)
    await migrateDown(db)
    expect((await schemaOf(db)).filter((row) => !row.includes('knex_mig'))).toEqual(
      engine === 'SQLite' ? [expect.stringContaining('sqlite_sequence')] : [],
    )
    await migrateUp(db)
    expect(await schemaOf(db)).toEqual(before)
    expect(before.length).toBeGreaterThan(50)
  })

  it('leave the old schema and no lock when one of them fails', async () => {
    const db = await freshDatabase(engine)
    const before = await schemaOf(db)
    const broken = {
      name: '9999-broken',
      up: async (trx: Knex) => {
        await trx.schema.createTable('half', (t) => t.increments('id'))
        throw new Error('the disk is full')
      },
      down: () => Promise.resolve(),
    }
    await expect(migrateUp(db, [...migrations, broken])).rejects.toThrow('the disk is full')
    expect(await schemaOf(db)).toEqual(before)
    await migrateUp(db)
  })
})

it('does not let a SQLite migration break references, and watches them again afterwards', async () => {
  const db = await freshDatabase('SQLite')
  const session = { id: 's', person_id: 99, created_at: '', seen_at: '', expires_at: '' }
  const careless = {
    name: '9999-careless',
    up: async (trx: Knex) => {
      await trx('sessions').insert(session)
    },
    down: () => Promise.resolve(),
  }
  await expect(migrateUp(db, [...migrations, careless])).rejects.toThrow(/sessions with broken/)
  expect(await db('sessions')).toEqual([])
  await expect(db('sessions').insert(session)).rejects.toThrow(/FOREIGN KEY/)
})
