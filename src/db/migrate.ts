import type { Knex } from 'knex'
import { migrations } from './migrations/index.ts'
import type { Migration } from './migrations/index.ts'

/** Migrations by name, so the same list serves whatever file extension they were loaded from. */
const migrationSource: Knex.MigrationSource<Migration> = {
  getMigrations: () => Promise.resolve(migrations),
  getMigrationName: (migration) => migration.name,
  getMigration: (migration) => Promise.resolve({ up: migration.up, down: migration.down }),
}

/** Brings the schema up to date. Two processes may start at once: the second waits for the first. */
export async function migrateUp(db: Knex): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await db.migrate.latest({ migrationSource })
      return
    } catch (error) {
      if (!isLocked(error) || tries >= 50) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/** Takes every migration back, newest first. */
export async function migrateDown(db: Knex): Promise<void> {
  await db.migrate.rollback({ migrationSource }, true)
}

function isLocked(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'MigrationLocked' || /lock|already exists|duplicate key/i.test(error.message))
  )
}
