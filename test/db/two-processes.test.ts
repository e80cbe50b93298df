import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/connection.ts'
import { migrateDown, migrateUp } from '../../src/db/migrate.ts'
import { migrations } from '../../src/db/migrations/index.ts'
import { atEnd, engines, freshDatabaseAt } from '../support/database.ts'

const worker = new URL('worker.ts', import.meta.url).pathname

function inTwoProcesses(where: object, job: string): Promise<string[]> {
  const run = async () => {
    const args = [worker, JSON.stringify(where), job]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    return stdout.trim()
  }
  return Promise.all([run(), run()])
}

describe.each(engines)('two processes on %s', (engine) => {
  it('read and then write 200 times each: none fails, and no more is taken than there is', async () => {
    const where = await freshDatabaseAt(engine)
    const db = openDatabase(where)
    atEnd(() => db.destroy())
    await migrateUp(db)
    await db('counters').insert({ name: 'money', value: 150 })
    const taken = await inTwoProcesses(where, 'spend')
    expect(taken.map(Number).reduce((a, b) => a + b)).toBe(150)
    expect(await db('counters').where({ name: 'money' }).first('value')).toEqual({ value: 0 })
    expect(await db('counters').count({ n: '*' }).first()).toEqual({ n: 401 })
  })

  it('migrate an empty database at the same moment, once', async () => {
    const where = await freshDatabaseAt(engine)
    const db = openDatabase(where)
    atEnd(() => db.destroy())
    if (engine === 'PostgreSQL') await migrateDown(db)
    await inTwoProcesses(where, 'migrate')
    expect(await db('knex_migrations').pluck('name').orderBy('id')).toEqual(
      migrations.map((migration) => migration.name),
    )
  })
})
