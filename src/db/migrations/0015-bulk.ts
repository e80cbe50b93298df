import type { Knex } from 'knex'
import { oneOf, reference } from './columns.ts'

export const name = '0015-bulk'

/** Where the things that wait for the secretariat are found by when they are due. */
const due: [table: string, columns: string[], name: string][] = [
  ['applications', ['status', 'decision_expected_on', 'id'], 'ix_applications_status_expected'],
  [
    'applications',
    ['case_handler_id', 'status', 'decision_expected_on'],
    'ix_applications_handler_status_expected',
  ],
  ['reviews', ['status', 'due_on'], 'ix_reviews_status_due_on'],
  ['reports', ['status', 'submitted_at'], 'ix_reports_status_submitted_at'],
]

/** One step on many cases at once: what was planned for each, and how it went. And what is due. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('bulk_runs', (t) => {
    t.increments('id')
    reference(t, 'person_id', 'people')
    oneOf(t, 'bulk_runs', 'action', [
      'assignHandler',
      'inviteReviewer',
      'startReview',
      'completeReview',
      'extendDeadline',
      'postpone',
      'sendMessage',
    ])
    /** JSON: what was typed once for all of them. */
    t.text('asked').notNullable()
    t.text('created_at').notNullable()
    t.index(['person_id'], 'ix_bulk_runs_person_id')
  })
  await db.schema.createTable('bulk_items', (t) => {
    t.increments('id')
    reference(t, 'run_id', 'bulk_runs').onDelete('CASCADE')
    reference(t, 'application_id', 'applications').onDelete('CASCADE')
    /** The case as it was when the plan was shown: another version is not touched. */
    t.integer('seen_version').notNullable()
    oneOf(t, 'bulk_items', 'outcome', ['planned', 'done', 'refused'])
    t.text('becomes').nullable()
    /** JSON: who gets which mail; once it is done, who got it. */
    t.text('mails').notNullable()
    /** Why not: a text key, and JSON of what fills it. */
    t.text('hint').nullable()
    t.text('params').notNullable()
    t.text('settled_at').nullable()
    t.unique(['run_id', 'application_id'], { indexName: 'uq_bulk_items_run_application' })
    t.index(['application_id'], 'ix_bulk_items_application_id')
  })
  for (const [table, columns, index] of due) {
    await db.schema.alterTable(table, (t) => t.index(columns, index))
  }
  // The open ones alone: PostgreSQL takes no order from an index whose first column is null.
  await db.schema.alterTable('tasks', (t) => {
    t.index(['created_at'], 'ix_tasks_open', { predicate: db.whereNull('done_at') })
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('tasks', (t) => t.dropIndex(['created_at'], 'ix_tasks_open'))
  for (const [table, columns, index] of due) {
    await db.schema.alterTable(table, (t) => t.dropIndex(columns, index))
  }
  for (const table of ['bulk_items', 'bulk_runs']) await db.schema.dropTable(table)
}
