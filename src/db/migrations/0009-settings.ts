import type { Knex } from 'knex'

export const name = '0009-settings'

const inUse = 'uq_criteria_pool_id_code_in_use'

/**
 * Criteria are ended and replaced, never rewritten under a case, and each point of their scale can
 * be described; a delegation can be taken back; a pool has words of its own in its letters; and a
 * grant keeps the instalments it was offered with.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('criteria', (t) => {
    t.text('scale_da').notNullable().defaultTo('')
    t.text('scale_en').notNullable().defaultTo('')
    t.text('valid_from').notNullable().defaultTo('1970-01-01T00:00:00.000Z')
    t.text('ended_at').nullable()
    t.dropUnique(['pool_id', 'code'], 'uq_criteria_pool_id_code')
  })
  await db.raw(`create unique index ${inUse} on criteria (pool_id, code) where ended_at is null`)
  await db.schema.alterTable('delegations', (t) => {
    t.text('ended_at').nullable()
  })
  await db.schema.alterTable('pools', (t) => {
    t.text('letter_da').notNullable().defaultTo('')
    t.text('letter_en').notNullable().defaultTo('')
  })
  await db.schema.alterTable('grants', (t) => {
    t.text('plan_parts').nullable()
    t.integer('concept_months').nullable()
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('grants', (t) => {
    t.dropColumns('plan_parts', 'concept_months')
  })
  await db.schema.alterTable('pools', (t) => {
    t.dropColumns('letter_da', 'letter_en')
  })
  await db.schema.alterTable('delegations', (t) => {
    t.dropColumn('ended_at')
  })
  await db.raw(`drop index ${inUse}`)
  await db.schema.alterTable('criteria', (t) => {
    t.dropColumns('scale_da', 'scale_en', 'valid_from', 'ended_at')
    t.unique(['pool_id', 'code'], { indexName: 'uq_criteria_pool_id_code' })
  })
}
