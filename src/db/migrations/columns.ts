import type { Knex } from 'knex'

type Table = Knex.CreateTableBuilder

/** Column shapes used by every migration; frozen: a change of shape is a new migration. */

export const reference = (t: Table, column: string, to: string) =>
  t.integer(column).notNullable().references('id').inTable(to).withKeyName(`fk_${column}_${to}`)

export const optionalReference = (t: Table, column: string, to: string) =>
  t.integer(column).nullable().references('id').inTable(to)

export const ore = (t: Table, column: string) => t.bigInteger(column).notNullable()

export const versioned = (t: Table) => t.integer('version').notNullable().defaultTo(1)

/** `ck_<table>_<column>`: the column holds one of these words. */
export function oneOf(t: Table, table: string, column: string, words: readonly string[]): void {
  t.text(column).notNullable()
  t.check(
    `${column} in (${words.map((word) => `'${word}'`).join(', ')})`,
    {},
    `ck_${table}_${column}`,
  )
}

export function notNegative(t: Table, table: string, column: string): void {
  t.check(`${column} >= 0`, {}, `ck_${table}_${column}`)
}

/** Rows of this table can be added, never changed or removed, on either engine. */
export async function appendOnly(db: Knex, table: string): Promise<void> {
  if (db.client.config.client === 'pg') {
    await db.raw(`create or replace function refuse_change() returns trigger as $$
      begin raise exception '% is append-only', tg_table_name; end; $$ language plpgsql`)
    await db.raw(`create trigger tr_${table}_append_only before update or delete on ${table}
      for each row execute function refuse_change()`)
    return
  }
  for (const change of ['update', 'delete']) {
    await db.raw(`create trigger tr_${table}_${change} before ${change} on ${table}
      begin select raise(abort, '${table} is append-only'); end`)
  }
}

/**
 * Lets a column hold other words than it was made for (`ck_<table>_<column>` is replaced). SQLite
 * cannot change a check: the table is made anew under the same name, rows and indexes with it.
 */
export async function changeWords(
  db: Knex,
  table: string,
  column: string,
  words: readonly string[],
): Promise<void> {
  const check = `${column} in (${words.map((word) => `'${word}'`).join(', ')})`
  const constraint = `ck_${table}_${column}`
  if (db.client.config.client === 'pg') {
    await db.raw('alter table ?? drop constraint ??', [table, constraint])
    await db.raw(`alter table ?? add constraint ?? check (${check})`, [table, constraint])
    return
  }
  const made = await db('sqlite_master')
    .where({ tbl_name: table })
    .whereNotNull('sql')
    .orderByRaw("type = 'table' desc, name")
    .select<{ type: string; sql: string }[]>('type', 'sql')
  const [old, ...others] = made.map((row) => row.sql)
  const anew = old?.replace(
    new RegExp(`(\`?${constraint}\`? CHECK \\()${column} in\\s*\\([^)]*\\)`, 'i'),
    `$1${check}`,
  )
  if (old === undefined || anew === undefined || anew === old) {
    throw new Error(`${table} has no ${constraint}`)
  }
  await db.raw(anew.replace(/^CREATE TABLE ["`]?\w+["`]?/i, `CREATE TABLE \`${table}_anew\``))
  await db.raw(`insert into ${table}_anew select * from ${table}`)
  await db.raw(`drop table ${table}`)
  await db.raw(`alter table ${table}_anew rename to ${table}`)
  for (const sql of others) await db.raw(sql)
}
