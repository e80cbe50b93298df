import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import knex from 'knex'
import type { Knex } from 'knex'
import pg from 'pg'
import { nameUniqueConstraint } from './constraints.ts'

export type Db = Knex | Knex.Transaction

type Where = { databaseUrl: string } | { sqliteFile: string }

/**
 * Opens the embedded SQLite file or PostgreSQL; the rest of the program cannot tell which.
 * Integers and sums come back as numbers on both; a broken constraint has its name (constraints.ts).
 * PostgreSQL throws a RangeError for a number beyond 2^53; SQLite cannot tell.
 */
export function openDatabase(where: Where): Knex {
  return 'databaseUrl' in where ? openPostgres(where.databaseUrl) : openSqlite(where.sqliteFile)
}

export const isPostgres = (db: Db): boolean => db.client.config.client === 'pg'

const joinable = new WeakSet<Db>()

/** Runs the work in one transaction. Refuses to nest: inside one, pass `trx` down. */
export async function inTransaction<T>(
  db: Db,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  if (db.isTransaction && !joinable.has(db)) {
    throw new Error('a transaction is already open: pass trx down')
  }
  return db.transaction(work)
}

/** One transaction around operations that open their own: theirs are parts of it, and all stand or fall together. */
export async function together<T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> {
  return inTransaction(db, async (trx) => {
    joinable.add(trx)
    return work(trx)
  })
}

/** What the work would come to: it is done, looked at, and rolled back. Throws what the work throws. */
export async function rehearse<T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> {
  const played: T[] = []
  const curtain = new Error('rehearsed')
  try {
    await together(db, async (trx) => {
      played.push(await work(trx))
      throw curtain
    })
  } catch (error) {
    if (error !== curtain) throw error
  }
  return played[0] as T
}

type SqliteTransaction = { begin(connection: unknown): unknown }
type SqliteClient = {
  transaction(...args: unknown[]): SqliteTransaction
  query(connection: unknown, sql: string): unknown
  _query(connection: unknown, query: unknown): Promise<unknown>
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
    override async _query(connection: unknown, query: unknown): Promise<unknown> {
      try {
        return await super._query(connection, query)
      } catch (error) {
        nameUniqueConstraint(error, connection)
        throw error
      }
    }
  }
  return Immediate as unknown as typeof Knex.Client
}

type SqliteConnection = {
  pragma(text: string, options?: { simple: boolean }): unknown
  prepare(sql: string): unknown
}

function openSqlite(file: string): Knex {
  if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true })
  return knex({
    client: immediateDialect(),
    connection: { filename: file },
    useNullAsDefault: true,
    compileSqlOnError: false, // an error's text is logged: it must not hold the values
    acquireConnectionTimeout: 15_000, // only a query outside its own transaction waits that long
    pool: {
      min: 1,
      max: 1,
      afterCreate(connection: SqliteConnection, done: (error: Error | null, c: unknown) => void) {
        connection.pragma('busy_timeout = 5000')
        connection.pragma('journal_mode = WAL')
        connection.pragma('synchronous = FULL')
        connection.pragma('foreign_keys = ON')
        keepPrepared(connection)
        done(lostPragma(connection), connection)
      },
    },
  })
}

/** Preparing costs more than running: the statements that are used again and again are kept. */
function keepPrepared(connection: SqliteConnection): void {
  const prepare = connection.prepare.bind(connection)
  const kept = new Map<string, unknown>()
  connection.prepare = (sql) => {
    const found = kept.get(sql)
    if (found) return found
    const statement = prepare(sql)
    if (kept.size >= 500) kept.clear()
    kept.set(sql, statement)
    return statement
  }
}

function lostPragma(connection: SqliteConnection): Error | null {
  const expected = { synchronous: 2, foreign_keys: 1, busy_timeout: 5000 }
  for (const [name, value] of Object.entries(expected)) {
    if (connection.pragma(name, { simple: true }) !== value) {
      return new Error(`SQLite does not keep ${name}=${value}`)
    }
  }
  return null
}

function openPostgres(url: string): Knex {
  for (const oid of [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]) {
    pg.types.setTypeParser(oid, safeNumber)
  }
  return knex({
    client: 'pg',
    connection: url,
    compileSqlOnError: false,
    pool: { min: 0, max: 10 },
  })
}

function safeNumber(text: string): number {
  const value = Number(text)
  if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER))
    throw new RangeError(`not a safe number: ${text}`)
  return value
}
