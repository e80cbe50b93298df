import type { Knex } from 'knex'

export const name = '0009-settings'

/**
 * Criteria are ended and replaced, never rewritten under a case; each point of their scale can be
 * described; and a pool has words of its own in its letters.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('criteria', (t) => {
    t.text('scale_da').notNullable().defaultTo('')
    t.text('scale_en').notNullable().defaultTo('')
    t.text('valid_from').notNullable().defaultTo('1970-01-01T00:00:00.000Z')
    t.text('ended_at').nullable()
  })
  await db.schema.alterTable('pools', (t) => {
    t.text('letter_da').notNullable().defaultTo('')
    t.text('letter_en').notNullable().defaultTo('')
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('pools', (t) => {
    t.dropColumns('letter_da', 'letter_en')
  })
  await db.schema.alterTable('criteria', (t) => {
    t.dropColumns('scale_da', 'scale_en', 'valid_from', 'ended_at')
  })
}
