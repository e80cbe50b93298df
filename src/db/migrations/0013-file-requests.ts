import type { Knex } from 'knex'
import { changeWords, oneOf, optionalReference, reference } from './columns.ts'

export const name = '0013-file-requests'

const before = [
  'roundClosing',
  'draftReminder',
  'informationDue',
  'hearingDue',
  'decisionDue',
  'acceptanceReminder',
  'acceptanceCall',
  'acceptanceDue',
  'adviceOfferDue',
  'reviewDue',
  'reportDue',
  'instalmentDue',
]

/** Access to files: who asked for what and by when, and what was given of each document. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('file_requests', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    t.integer('number').notNullable()
    /** The applicant who asked; null when somebody else did, and an official wrote it in. */
    optionalReference(t, 'asked_by', 'people')
    optionalReference(t, 'entered_by', 'people')
    t.text('name').notNullable()
    t.text('contact').notNullable()
    t.text('language').notNullable()
    t.text('body').notNullable()
    t.integer('is_before_decision').notNullable()
    t.text('asked_on').notNullable()
    t.text('asked_at').notNullable()
    t.text('due_on').notNullable()
    t.text('delayed_to').nullable()
    t.text('decided_at').nullable()
    optionalReference(t, 'decided_by', 'people')
    t.text('answer').notNullable().defaultTo('')
    t.unique(['application_id', 'number'], { indexName: 'uq_file_requests_application_id_number' })
    t.index(['decided_at', 'due_on'], 'ix_file_requests_decided_at_due_on')
  })
  await db.schema.createTable('file_request_documents', (t) => {
    t.increments('id')
    reference(t, 'file_request_id', 'file_requests')
    reference(t, 'application_id', 'applications')
    t.integer('number').notNullable()
    oneOf(t, 'file_request_documents', 'kind', [
      'application',
      'message',
      'informationRequest',
      'attachment',
      'note',
      'review',
      'recommendation',
      'decision',
      'report',
      'mail',
    ])
    t.integer('document_id').notNullable()
    t.text('title').notNullable()
    t.text('document_at').notNullable()
    oneOf(t, 'file_request_documents', 'decision', ['full', 'extract', 'refused'])
    /** What was given, as it was given. */
    t.text('body').notNullable()
    t.text('reason').notNullable()
    t.text('rule').notNullable()
    t.unique(['file_request_id', 'number'], {
      indexName: 'uq_file_request_documents_file_request_id_number',
    })
  })
  await db.schema.alterTable('deadlines', (t) => {
    optionalReference(t, 'file_request_id', 'file_requests')
  })
  await changeWords(db, 'deadlines', 'kind', [...before, 'fileRequestDue'])
}

export async function down(db: Knex): Promise<void> {
  await db('deadlines').where({ kind: 'fileRequestDue' }).delete()
  await changeWords(db, 'deadlines', 'kind', before)
  await db.schema.alterTable('deadlines', (t) => {
    t.dropForeign('file_request_id')
    t.dropColumn('file_request_id')
  })
  for (const table of ['file_request_documents', 'file_requests']) await db.schema.dropTable(table)
}
