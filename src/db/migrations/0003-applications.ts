import type { Knex } from 'knex'
import { oneOf, optionalReference, ore, reference, versioned } from './columns.ts'

export const name = '0003-applications'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('applications', (t) => {
    t.increments('id')
    t.text('reference').notNullable()
    reference(t, 'pool_id', 'pools')
    reference(t, 'round_id', 'rounds')
    reference(t, 'organisation_id', 'organisations')
    reference(t, 'contact_id', 'people')
    optionalReference(t, 'case_handler_id', 'people')
    optionalReference(t, 'adviser_id', 'people')
    optionalReference(t, 'inherits_id', 'applications')
    t.text('title').notNullable().defaultTo('')
    t.text('sort_key').notNullable().defaultTo('')
    t.text('search_text').notNullable().defaultTo('')
    /** JSON: every answer as it was typed, by question name; a draft may hold anything. */
    t.text('answers').notNullable()
    ore(t, 'requested_ore').defaultTo(0)
    ore(t, 'own_de_minimis_ore').defaultTo(0)
    oneOf(t, 'applications', 'status', [
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
    ])
    t.text('came_from').nullable()
    t.text('created_at').notNullable()
    t.text('saved_at').notNullable()
    t.text('submitted_at').nullable()
    t.text('decision_expected_on').nullable()
    t.text('outcome').nullable()
    t.text('learning').nullable()
    versioned(t)
    t.unique(['reference'], { indexName: 'uq_applications_reference' })
    t.index(['organisation_id'], 'ix_applications_organisation_id')
    t.index(['pool_id', 'status'], 'ix_applications_pool_id_status')
    t.index(['case_handler_id'], 'ix_applications_case_handler_id')
  })
  await db.schema.createTable('messages', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    reference(t, 'author_id', 'people')
    oneOf(t, 'messages', 'side', ['applicant', 'municipality'])
    oneOf(t, 'messages', 'kind', ['message', 'adviceNotice'])
    t.text('body').notNullable()
    t.text('created_at').notNullable()
    t.index(['application_id'], 'ix_messages_application_id')
  })
  await db.schema.createTable('information_requests', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    oneOf(t, 'information_requests', 'kind', ['information', 'hearing'])
    t.text('question').notNullable()
    t.text('due_at').notNullable()
    t.text('answer').nullable()
    reference(t, 'asked_by', 'people')
    t.text('asked_at').notNullable()
    optionalReference(t, 'answered_by', 'people')
    t.text('answered_at').nullable()
    t.index(['application_id'], 'ix_information_requests_application_id')
  })
  await db.schema.createTable('tasks', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    oneOf(t, 'tasks', 'kind', ['deadMail', 'callApplicant', 'informationLate', 'decisionLate'])
    t.text('detail').notNullable()
    t.text('created_at').notNullable()
    t.text('done_at').nullable()
    optionalReference(t, 'done_by', 'people')
    t.index(['application_id'], 'ix_tasks_application_id')
  })
}

export async function down(db: Knex): Promise<void> {
  for (const table of ['tasks', 'information_requests', 'messages', 'applications']) {
    await db.schema.dropTable(table)
  }
}
