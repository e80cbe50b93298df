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
