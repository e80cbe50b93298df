import { randomBytes } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../src/db/connection.ts'
import { migrateUp } from '../../src/db/migrate.ts'
import { startPostgres } from './start-postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
    postgresTemplate: string
  }
}

/** One PostgreSQL for the whole run: the one that is named, or a real one from npm, in a temporary folder. */
export default async function setup(project: TestProject) {
  const started = await start()
  const template = `faellespuljen_template_${randomBytes(4).toString('hex')}`
  try {
    await onServer(started.url, `create database ${template}`)
    const url = new URL(started.url)
    url.pathname = `/${template}`
    const db = openDatabase({ databaseUrl: url.href })
    await migrateUp(db).finally(() => db.destroy())
  } catch (error) {
    await started.stop()
    throw error
  }
  project.provide('postgresUrl', started.url)
  project.provide('postgresTemplate', template)
  return async () => {
    await onServer(started.url, `drop database if exists ${template} with (force)`)
    await started.stop()
  }
}

async function start() {
  const named = process.env.TEST_DATABASE_URL
  if (named) return { url: named, stop: () => Promise.resolve() }
  try {
    return await startPostgres()
  } catch (cause) {
    throw new Error(
      'The tests need PostgreSQL and could not start the one that npm brings. Run "npm ci" without ' +
        '--ignore-scripts, or name an empty server: TEST_DATABASE_URL=postgres://user:word@host/db npm test',
      { cause },
    )
  }
}

async function onServer(url: string, sql: string): Promise<void> {
  const db = openDatabase({ databaseUrl: url })
  try {
    await db.raw(sql)
  } finally {
    await db.destroy()
  }
}
