import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Knex } from 'knex'
import { afterEach, inject } from 'vitest'
import { openDatabase } from '../../src/db/connection.ts'
import { migrateUp } from '../../src/db/migrate.ts'

export const engines = ['SQLite', 'PostgreSQL'] as const
export type Engine = (typeof engines)[number]

const cleanUps: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** Something to end when this test is over, whatever its result. */
export function atEnd(cleanUp: () => Promise<void>): void {
  cleanUps.push(cleanUp)
}

/** Where a fresh, empty database of this engine is, for a process of its own; gone after the test. */
export async function freshDatabaseAt(engine: Engine) {
  if (engine === 'SQLite') {
    const folder = mkdtempSync(path.join(tmpdir(), 'faellespuljen-'))
    cleanUps.push(() => {
      rmSync(folder, { recursive: true, force: true })
      return Promise.resolve()
    })
    return { sqliteFile: path.join(folder, 'faellespuljen.sqlite') }
  }
  const name = `test_${randomBytes(6).toString('hex')}`
  await onServer(
    `create database ${name} template ${inject('postgresTemplate')} strategy file_copy`,
  )
  cleanUps.push(() => onServer(`drop database if exists ${name} with (force)`))
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return { databaseUrl: url.href }
}

/** A migrated, empty database of this engine; closed and gone after the test. */
export async function freshDatabase(engine: Engine): Promise<Knex> {
  const db =
    engine === 'SQLite'
      ? openDatabase({ sqliteFile: ':memory:' })
      : openDatabase(await freshDatabaseAt(engine))
  cleanUps.push(() => db.destroy())
  if (engine === 'SQLite') await migrateUp(db)
  return db
}

async function onServer(sql: string): Promise<void> {
  const server = openDatabase({ databaseUrl: inject('postgresUrl') })
  try {
    await server.raw(sql)
  } finally {
    await server.destroy()
  }
}
