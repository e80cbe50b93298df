import type { Knex } from 'knex'

export const name = '0008-search'

const sorted = ['submitted_at', 'decision_expected_on', 'sort_key', 'requested_ore'] as const

/**
 * Parts of words are found through trigrams: FTS5 on SQLite, kept in step by triggers; pg_trgm on
 * PostgreSQL where it is at hand (it is trusted: the owner of the database may create it), and a
 * plain scan where it is not. And one index for each order that the list of cases has.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('applications', (t) => {
    for (const column of sorted) t.index([column, 'id'], `ix_applications_${column}_id`)
  })
  if (db.client.config.client === 'pg') {
    if (await hasTrigrams(db)) {
      await db.raw('create extension if not exists pg_trgm')
      await db.raw(
        'create index ix_applications_search_text on applications using gin (search_text gin_trgm_ops)',
      )
    }
    return
  }
  await db.raw(`create virtual table case_search using fts5(
    search_text, content='applications', content_rowid='id', tokenize='trigram')`)
  await db.raw("insert into case_search(case_search) values('rebuild')")
  const gone =
    "insert into case_search(case_search, rowid, search_text) values('delete', old.id, old.search_text)"
  const made = 'insert into case_search(rowid, search_text) values(new.id, new.search_text)'
  await db.raw(`create trigger tr_applications_search_insert after insert on applications
    begin ${made}; end`)
  await db.raw(`create trigger tr_applications_search_delete after delete on applications
    begin ${gone}; end`)
  await db.raw(`create trigger tr_applications_search_update
    after update of search_text on applications begin ${gone}; ${made}; end`)
}

export async function down(db: Knex): Promise<void> {
  if (db.client.config.client === 'pg') {
    await db.raw('drop index if exists ix_applications_search_text')
  } else {
    for (const change of ['insert', 'delete', 'update']) {
      await db.raw(`drop trigger tr_applications_search_${change}`)
    }
    await db.raw('drop table case_search')
  }
  await db.schema.alterTable('applications', (t) => {
    for (const column of sorted) t.dropIndex([column, 'id'], `ix_applications_${column}_id`)
  })
}

async function hasTrigrams(db: Knex): Promise<boolean> {
  const row = await db('pg_available_extensions')
    .where({ name: 'pg_trgm' })
    .first<{ name: string } | undefined>('name')
  return row !== undefined
}
