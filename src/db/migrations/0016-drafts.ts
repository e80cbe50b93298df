import type { Knex } from 'knex'

export const name = '0016-drafts'

/** Half a review and half a report are kept with the time they were saved; also a word without its score. */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('reviews', (t) => {
    t.text('saved_at').nullable()
    t.text('unscored').notNullable().defaultTo('{}')
  })
  await db.schema.alterTable('reports', (t) => {
    t.text('saved_at').nullable()
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('reports', (t) => {
    t.dropColumns('saved_at')
  })
  await db.schema.alterTable('reviews', (t) => {
    t.dropColumns('saved_at', 'unscored')
  })
}
