import type { Knex } from 'knex'
import { oneOf, optionalReference, reference, versioned } from './columns.ts'

export const name = '0001-people'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('people', (t) => {
    t.increments('id')
    t.text('email').notNullable()
    t.text('name').notNullable().defaultTo('')
    oneOf(t, 'people', 'language', ['da', 'en'])
    t.text('phone').nullable()
    t.text('issuer').nullable()
    t.text('subject').nullable()
    t.integer('is_demo').notNullable().defaultTo(0)
    t.text('created_at').notNullable()
    t.text('disabled_at').nullable()
    versioned(t)
    t.unique(['email'], { indexName: 'uq_people_email' })
    t.unique(['issuer', 'subject'], { indexName: 'uq_people_issuer_subject' })
  })
  await db.schema.createTable('sign_in_codes', (t) => {
    t.increments('id')
    t.text('email').notNullable()
    t.text('token_hash').notNullable()
    t.text('code_hash').notNullable()
    t.text('browser_hash').notNullable()
    t.text('language').notNullable()
    t.text('next_path').notNullable()
    t.integer('tries').notNullable().defaultTo(0)
    t.text('created_at').notNullable()
    t.text('expires_at').notNullable()
    t.text('used_at').nullable()
    t.unique(['token_hash'], { indexName: 'uq_sign_in_codes_token_hash' })
    t.index(['email'], 'ix_sign_in_codes_email')
  })
  await db.schema.createTable('sessions', (t) => {
    t.text('id').primary()
    reference(t, 'person_id', 'people')
    t.text('created_at').notNullable()
    t.text('seen_at').notNullable()
    t.text('expires_at').notNullable()
    t.text('ended_at').nullable()
    t.index(['person_id'], 'ix_sessions_person_id')
  })
  await db.schema.createTable('kept_forms', (t) => {
    t.text('id').primary()
    reference(t, 'person_id', 'people')
    t.text('path').notNullable()
    t.text('body').notNullable()
    t.text('created_at').notNullable()
  })
  await db.schema.createTable('request_keys', (t) => {
    t.text('key').notNullable()
    t.text('who').notNullable()
    t.text('body_hash').notNullable()
    t.text('location').nullable()
    t.text('created_at').notNullable()
    t.primary(['key', 'who'])
  })
  await db.schema.createTable('organisations', (t) => {
    t.increments('id')
    oneOf(t, 'organisations', 'kind', ['registered', 'group'])
    t.text('name').notNullable()
    t.text('sort_key').notNullable()
    t.text('cvr').nullable()
    t.text('address').notNullable().defaultTo('')
    t.text('website').notNullable().defaultTo('')
    t.text('created_at').notNullable()
    versioned(t)
    t.unique(['cvr'], { indexName: 'uq_organisations_cvr' })
  })
  await db.schema.createTable('memberships', (t) => {
    t.increments('id')
    reference(t, 'organisation_id', 'organisations')
    reference(t, 'person_id', 'people')
    t.integer('may_bind').notNullable().defaultTo(0)
    t.text('asked_at').notNullable()
    t.text('approved_at').nullable()
    optionalReference(t, 'approved_by', 'people')
    t.text('removed_at').nullable()
    t.unique(['organisation_id', 'person_id'], { indexName: 'uq_memberships_organisation_person' })
    t.index(['person_id'], 'ix_memberships_person_id')
  })
  await db.schema.createTable('counters', (t) => {
    t.text('name').primary()
    t.integer('value').notNullable()
  })
}

export async function down(db: Knex): Promise<void> {
  for (const table of [
    'counters',
    'memberships',
    'organisations',
    'request_keys',
    'kept_forms',
    'sessions',
    'sign_in_codes',
    'people',
  ]) {
    await db.schema.dropTable(table)
  }
}
