import type { Knex } from 'knex'
import { notNegative, oneOf, optionalReference, ore, reference, versioned } from './columns.ts'

export const name = '0002-pools'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('pools', (t) => {
    t.increments('id')
    t.text('code').notNullable()
    for (const column of ['name', 'purpose', 'legal_basis', 'complaint', 'short']) {
      t.text(`${column}_da`).notNullable()
      t.text(`${column}_en`).notNullable()
    }
    ore(t, 'min_ore')
    ore(t, 'max_ore')
    ore(t, 'quick_lane_ore')
    t.integer('max_share_ppm').notNullable()
    t.integer('wage_cap_ppm').nullable()
    /** JSON: [{upToOre|null, parts: [{stage, ppm, afterMonths}]}], smallest band first. */
    t.text('instalment_plan').notNullable()
    t.integer('reviewers_required').notNullable()
    t.integer('decision_weeks').notNullable()
    t.integer('quick_weeks').notNullable()
    t.integer('accept_days').notNullable()
    t.integer('concept_months').notNullable()
    t.integer('advice_clips').notNullable()
    ore(t, 'de_minimis_ore')
    ore(t, 'four_eyes_ore')
    t.text('contact_name').notNullable()
    t.text('contact_phone').notNullable()
    t.text('contact_email').notNullable()
    versioned(t)
    t.unique(['code'], { indexName: 'uq_pools_code' })
  })
  await db.schema.createTable('delegations', (t) => {
    t.increments('id')
    reference(t, 'pool_id', 'pools')
    oneOf(t, 'delegations', 'role', ['secretariat', 'decisionMaker'])
    t.text('body_da').notNullable()
    t.text('body_en').notNullable()
    t.text('case_number').notNullable()
    t.text('decided_on').notNullable()
    ore(t, 'limit_ore')
    t.text('valid_to').notNullable()
  })
  await db.schema.createTable('criteria', (t) => {
    t.increments('id')
    reference(t, 'pool_id', 'pools')
    t.text('code').notNullable()
    t.text('name_da').notNullable()
    t.text('name_en').notNullable()
    t.text('help_da').notNullable()
    t.text('help_en').notNullable()
    t.integer('weight').notNullable()
    t.integer('position').notNullable()
    t.unique(['pool_id', 'code'], { indexName: 'uq_criteria_pool_id_code' })
  })
  await db.schema.createTable('rounds', (t) => {
    t.increments('id')
    reference(t, 'pool_id', 'pools')
    t.text('opens_at').notNullable()
    t.text('closes_at').notNullable()
    t.text('decision_on').notNullable()
    versioned(t)
    t.unique(['pool_id', 'closes_at'], { indexName: 'uq_rounds_pool_id_closes_at' })
  })
  await db.schema.createTable('contributors', (t) => {
    t.increments('id')
    reference(t, 'pool_id', 'pools')
    t.text('code').notNullable()
    oneOf(t, 'contributors', 'kind', ['administration', 'localCouncil'])
    t.text('name_da').notNullable()
    t.text('name_en').notNullable()
    t.text('sort_key').notNullable()
    t.text('valid_from').notNullable()
    t.text('valid_to').nullable()
    optionalReference(t, 'successor_id', 'contributors')
    t.unique(['code'], { indexName: 'uq_contributors_code' })
  })
  await db.schema.createTable('roles', (t) => {
    t.increments('id')
    reference(t, 'person_id', 'people')
    oneOf(t, 'roles', 'role', [
      'reviewer',
      'secretariat',
      'decisionMaker',
      'contributor',
      'adviser',
      'finance',
      'administrator',
    ])
    optionalReference(t, 'pool_id', 'pools')
    optionalReference(t, 'contributor_id', 'contributors')
    t.text('granted_at').notNullable()
    optionalReference(t, 'granted_by', 'people')
    t.text('ended_at').nullable()
    t.index(['person_id'], 'ix_roles_person_id')
  })
  await db.schema.createTable('pool_years', (t) => {
    t.increments('id')
    reference(t, 'pool_id', 'pools')
    t.integer('year').notNullable()
    ore(t, 'available_ore').defaultTo(0)
    notNegative(t, 'pool_years', 'available_ore')
    versioned(t)
    t.unique(['pool_id', 'year'], { indexName: 'uq_pool_years_pool_id_year' })
  })
  await db.schema.createTable('contributions', (t) => {
    t.increments('id')
    reference(t, 'pool_year_id', 'pool_years')
    reference(t, 'contributor_id', 'contributors')
    ore(t, 'base_ore')
    t.integer('percent_ppm').notNullable()
    ore(t, 'computed_ore')
    t.text('base_note_da').notNullable()
    t.text('base_note_en').notNullable()
    t.integer('base_is_placeholder').notNullable()
    ore(t, 'decided_ore').defaultTo(0)
    ore(t, 'transferred_ore').defaultTo(0)
    t.text('decision_case_number').nullable()
    t.text('decided_on').nullable()
    oneOf(t, 'contributions', 'status', [
      'proposed',
      'promised',
      'decided',
      'partlyTransferred',
      'transferred',
      'withdrawn',
    ])
    versioned(t)
    t.check('transferred_ore <= decided_ore', {}, 'ck_contributions_transferred_ore')
    t.unique(['pool_year_id', 'contributor_id'], {
      indexName: 'uq_contributions_pool_year_contributor',
    })
  })
}

export async function down(db: Knex): Promise<void> {
  for (const table of [
    'contributions',
    'pool_years',
    'roles',
    'contributors',
    'rounds',
    'criteria',
    'delegations',
    'pools',
  ]) {
    await db.schema.dropTable(table)
  }
}
