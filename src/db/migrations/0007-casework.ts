import type { Knex } from 'knex'
import { appendOnly, changeWords, oneOf, optionalReference, reference } from './columns.ts'

export const name = '0007-casework'

const before = [
  'draft',
  'submitted',
  'awaitingInformation',
  'underReview',
  'reviewed',
  'partyHearing',
  'granted',
  'proofOfConcept',
  'tapering',
  'followUpAdvice',
  'repaymentDue',
  'rejected',
  'dismissed',
  'notSent',
  'withdrawn',
  'lapsed',
  'closed',
]

/** What the secretariat needs day by day: notes, leave, words entered for others, moves. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('case_notes', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    t.integer('number').notNullable()
    oneOf(t, 'case_notes', 'kind', ['call', 'meeting', 'other'])
    t.text('party').notNullable()
    t.text('body').notNullable()
    t.text('happened_on').notNullable()
    reference(t, 'author_id', 'people')
    t.text('created_at').notNullable()
    t.unique(['application_id', 'number'], { indexName: 'uq_case_notes_application_id_number' })
  })
  await appendOnly(db, 'case_notes')
  await db.schema.createTable('leaves', (t) => {
    t.increments('id')
    reference(t, 'person_id', 'people')
    optionalReference(t, 'substitute_id', 'people')
    t.text('from_on').notNullable()
    t.text('to_on').notNullable()
    t.text('created_at').notNullable()
    t.text('ended_at').nullable()
    t.check('to_on >= from_on', {}, 'ck_leaves_to_on')
    t.index(['person_id'], 'ix_leaves_person_id')
    t.index(['substitute_id'], 'ix_leaves_substitute_id')
  })
  await db.schema.createTable('pool_moves', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    reference(t, 'to_pool_id', 'pools')
    t.text('reason').notNullable()
    reference(t, 'proposed_by', 'people')
    t.text('proposed_at').notNullable()
    optionalReference(t, 'answered_by', 'people')
    t.text('answered_at').nullable()
    t.integer('is_accepted').nullable()
    t.index(['application_id'], 'ix_pool_moves_application_id')
  })
  await db.schema.alterTable('applications', (t) => {
    optionalReference(t, 'entered_by', 'people')
    t.text('came_by').nullable()
  })
  await changeWords(db, 'applications', 'status', [...before, 'moveProposed'])
  await db.schema.alterTable('information_requests', (t) => {
    t.text('came_by').nullable()
  })
  await db.schema.alterTable('rounds', (t) => {
    t.text('extended_from').nullable()
    t.text('extended_reason').nullable()
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('rounds', (t) => {
    t.dropColumns('extended_from', 'extended_reason')
  })
  await db.schema.alterTable('information_requests', (t) => {
    t.dropColumn('came_by')
  })
  await changeWords(db, 'applications', 'status', before)
  await db.schema.alterTable('applications', (t) => {
    t.dropForeign('entered_by')
    t.dropColumns('entered_by', 'came_by')
  })
  for (const table of ['pool_moves', 'leaves', 'case_notes']) await db.schema.dropTable(table)
}
