import type { Knex } from 'knex'
import { inTransaction, isPostgres } from './connection.ts'
import { lockName } from './lock.ts'
import { migrations } from './migrations/index.ts'
import type { Migration } from './migrations/index.ts'

/**
 * Brings the schema up to date: all of it in one transaction, so that a process killed half-way
 * leaves the old schema and no lock. Two processes may start at once: the second waits.
 */
export async function migrateUp(db: Knex, list: readonly Migration[] = migrations): Promise<void> {
  await alone(db, (trx) => trx.migrate.latest(settingsOf(list)))
}

/** Takes every migration back, newest first, with all that was stored. */
export async function migrateDown(
  db: Knex,
  list: readonly Migration[] = migrations,
): Promise<void> {
  await alone(db, (trx) => trx.migrate.rollback(settingsOf(list), true))
}

/** Migrations by name, so the same list serves whatever file extension they were loaded from. */
function settingsOf(list: readonly Migration[]): Knex.MigratorConfig {
  const migrationSource: Knex.MigrationSource<Migration> = {
    getMigrations: () => Promise.resolve([...list]),
    getMigrationName: (migration) => migration.name,
    getMigration: (migration) => Promise.resolve({ up: migration.up, down: migration.down }),
  }
  return { migrationSource, disableTransactions: true }
}

async function alone(db: Knex, work: (trx: Knex.Transaction) => Promise<unknown>): Promise<void> {
  if (isPostgres(db)) return inTransaction(db, (trx) => locked(trx, work))
  // SQLite changes a table by copying it, which must not cascade; the pragma is deaf inside.
  await db.raw('pragma foreign_keys = off')
  try {
    await untilFree(() => inTransaction(db, (trx) => locked(trx, work)))
  } finally {
    await db.raw('pragma foreign_keys = on')
  }
}

async function locked(trx: Knex.Transaction, work: (trx: Knex.Transaction) => Promise<unknown>) {
  await lockName(trx, 'migrations')
  await work(trx)
  if (isPostgres(trx)) return
  const broken: { table: string }[] = await trx.raw('pragma foreign_key_check')
  if (broken[0]) throw new Error(`a migration leaves ${broken[0].table} with broken references`)
}

async function untilFree(attempt: () => Promise<void>): Promise<void> {
  const until = Date.now() + 60_000
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      const isBusy = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY'
      if (!isBusy || Date.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
