import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import knex from 'knex'
import type { Knex } from 'knex'
import pg from 'pg'

export type Db = Knex | Knex.Transaction

type Where = { databaseUrl: string } | { sqliteFile: string }

/**
 * Opens the embedded SQLite file or PostgreSQL; the rest of the program cannot tell which.
 * Integers and sums come back as numbers on both, and one that is not safe throws a RangeError.
 */
export function openDatabase(where: Where): Knex {
  return 'databaseUrl' in where ? openPostgres(where.databaseUrl) : openSqlite(where.sqliteFile)
}

export const isPostgres = (db: Db): boolean => db.client.config.client === 'pg'

/** Runs the work in one transaction. Refuses to nest: inside one, pass `trx` down. */
export async function inTransaction<T>(
  db: Db,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  if (db.isTransaction) throw new Error('a transaction is already open: pass trx down')
  return db.transaction(work)
}

type SqliteTransaction = { begin(connection: unknown): unknown }
type SqliteClient = {
  transaction(...args: unknown[]): SqliteTransaction
  query(connection: unknown, sql: string): unknown
}

/** knex begins with a plain BEGIN; two processes that read and then write would lose to each other. */
function immediateDialect(): typeof Knex.Client {
  const require = createRequire(import.meta.url)
  const Dialect = require('knex/lib/dialects/better-sqlite3/index.js') as new (
    ...args: unknown[]
  ) => SqliteClient
  class Immediate extends Dialect {
    override transaction(...args: unknown[]): SqliteTransaction {
      const transaction = super.transaction(...args)
      transaction.begin = (connection) => this.query(connection, 'BEGIN IMMEDIATE;')
      return transaction
    }
  }
  return Immediate as unknown as typeof Knex.Client
}

type SqliteConnection = { pragma(text: string, options?: { simple: boolean }): unknown }

function openSqlite(file: string): Knex {
  if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true })
  return knex({
    client: immediateDialect(),
    connection: { filename: file },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate(connection: SqliteConnection, done: (error: Error | null, c: unknown) => void) {
        connection.pragma('journal_mode = WAL')
        connection.pragma('synchronous = FULL')
        connection.pragma('foreign_keys = ON')
        connection.pragma('busy_timeout = 5000')
        const full = connection.pragma('synchronous', { simple: true }) === 2
        done(full ? null : new Error('SQLite does not keep synchronous=FULL'), connection)
      },
    },
  })
}

function openPostgres(url: string): Knex {
  for (const oid of [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]) {
    pg.types.setTypeParser(oid, safeNumber)
  }
  return knex({ client: 'pg', connection: url, pool: { min: 0, max: 10 } })
}

function safeNumber(text: string): number {
  const value = Number(text)
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new RangeError(`too large: ${text}`)
  return value
}
