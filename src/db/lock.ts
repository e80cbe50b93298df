import type { Db } from './connection.ts'

/**
 * Makes every other transaction that takes the same name wait until this one ends. SQLite has one
 * writer anyway (BEGIN IMMEDIATE); PostgreSQL needs to be asked.
 */
export async function lockName(trx: Db, name: string): Promise<void> {
  if (trx.client.config.client !== 'pg') return
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [name])
}

/** Keeps a row as it is, and whatever hangs on it from growing, until this transaction ends. */
export async function lockRow(trx: Db, table: string, id: number): Promise<void> {
  if (trx.client.config.client !== 'pg') return
  await trx(table).where({ id }).forUpdate().first('id')
}
