import type { Knex } from 'knex'
import { notNegative, oneOf, optionalReference, ore, reference, versioned } from './columns.ts'

export const name = '0004-decisions'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('reviews', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    reference(t, 'reviewer_id', 'people')
    oneOf(t, 'reviews', 'status', [
      'invited',
      'accepted',
      'drafted',
      'cleared',
      'conflictReported',
      'submitted',
      'declined',
      'excluded',
      'voided',
      'replaced',
    ])
    t.text('conflict_reason').nullable()
    t.text('comment').notNullable().defaultTo('')
    t.text('due_on').notNullable()
    t.text('invited_at').notNullable()
    t.text('submitted_at').nullable()
    versioned(t)
    t.index(['application_id'], 'ix_reviews_application_id')
    t.index(['reviewer_id'], 'ix_reviews_reviewer_id')
  })
  await db.schema.createTable('scores', (t) => {
    t.increments('id')
    reference(t, 'review_id', 'reviews')
    reference(t, 'criterion_id', 'criteria')
    t.integer('score').notNullable()
    t.text('comment').notNullable().defaultTo('')
    t.check('score between 0 and 5', {}, 'ck_scores_score')
    t.unique(['review_id', 'criterion_id'], { indexName: 'uq_scores_review_criterion' })
  })
  await db.schema.createTable('recommendations', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    oneOf(t, 'recommendations', 'outcome', ['grant', 'reject'])
    ore(t, 'amount_ore')
    t.text('reasons').notNullable()
    t.text('conditions').notNullable().defaultTo('')
    reference(t, 'prepared_by', 'people')
    t.text('prepared_at').notNullable()
    t.index(['application_id'], 'ix_recommendations_application_id')
  })
  await db.schema.createTable('decisions', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    oneOf(t, 'decisions', 'kind', ['grant', 'reject', 'dismiss', 'terminate', 'repay'])
    ore(t, 'amount_ore').defaultTo(0)
    t.text('conditions').notNullable().defaultTo('')
    t.text('reasons').notNullable().defaultTo('')
    t.text('rule').notNullable().defaultTo('')
    t.text('ground').nullable()
    t.text('hearing').notNullable().defaultTo('')
    t.text('state_aid').notNullable().defaultTo('')
    t.text('onward_help').notNullable().defaultTo('')
    optionalReference(t, 'delegation_id', 'delegations')
    reference(t, 'decided_by', 'people')
    t.text('decided_at').notNullable()
    t.text('superseded_at').nullable()
    t.index(['application_id'], 'ix_decisions_application_id')
  })
  await db.schema.createTable('grants', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    reference(t, 'decision_id', 'decisions')
    reference(t, 'pool_year_id', 'pool_years')
    ore(t, 'amount_ore')
    /** What the grant ended at, once that is known: approved costs within the amount. */
    t.bigInteger('final_ore').nullable()
    ore(t, 'demanded_ore').defaultTo(0)
    ore(t, 'forgiven_ore').defaultTo(0)
    t.text('accepted_at').nullable()
    optionalReference(t, 'accepted_by', 'people')
    t.text('ended_at').nullable()
    t.index(['application_id'], 'ix_grants_application_id')
  })
  await db.schema.createTable('grant_shares', (t) => {
    t.increments('id')
    reference(t, 'grant_id', 'grants')
    reference(t, 'contributor_id', 'contributors')
    ore(t, 'amount_ore')
    notNegative(t, 'grant_shares', 'amount_ore')
    t.unique(['grant_id', 'contributor_id'], { indexName: 'uq_grant_shares_grant_contributor' })
  })
  await db.schema.createTable('reports', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    reference(t, 'grant_id', 'grants')
    t.integer('number').notNullable()
    oneOf(t, 'reports', 'kind', ['proofOfConcept', 'status', 'final'])
    t.text('due_on').notNullable()
    oneOf(t, 'reports', 'status', ['due', 'overdue', 'submitted', 'returned', 'approved', 'waived'])
    t.text('done').notNullable().defaultTo('')
    t.text('learned').notNullable().defaultTo('')
    t.text('result').notNullable().defaultTo('')
    t.text('onward').notNullable().defaultTo('')
    t.bigInteger('spent_ore').nullable()
    t.text('submitted_at').nullable()
    t.text('approved_at').nullable()
    optionalReference(t, 'approved_by', 'people')
    t.text('returned_reason').nullable()
    versioned(t)
    t.index(['application_id'], 'ix_reports_application_id')
  })
  await db.schema.createTable('instalments', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    reference(t, 'grant_id', 'grants')
    t.integer('number').notNullable()
    oneOf(t, 'instalments', 'stage', ['proofOfConcept', 'tapering'])
    ore(t, 'amount_ore')
    t.text('expected_on').notNullable()
    /** The report that must be approved first; none for the first instalment. */
    optionalReference(t, 'report_id', 'reports')
    oneOf(t, 'instalments', 'status', [
      'planned',
      'due',
      'approved',
      'ordered',
      'failed',
      'withheld',
      'paid',
      'cancelled',
    ])
    optionalReference(t, 'approved_by', 'people')
    t.text('approved_at').nullable()
    optionalReference(t, 'ordered_by', 'people')
    t.text('ordered_at').nullable()
    t.text('paid_at').nullable()
    t.text('failure_reason').nullable()
    versioned(t)
    t.index(['application_id'], 'ix_instalments_application_id')
    t.index(['status'], 'ix_instalments_status')
  })
  await db.schema.createTable('instalment_shares', (t) => {
    t.increments('id')
    reference(t, 'instalment_id', 'instalments')
    reference(t, 'contributor_id', 'contributors')
    ore(t, 'amount_ore')
    t.unique(['instalment_id', 'contributor_id'], {
      indexName: 'uq_instalment_shares_instalment_contributor',
    })
  })
  await db.schema.createTable('onward_items', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    oneOf(t, 'onward_items', 'kind', ['where', 'who', 'task'])
    t.text('text').notNullable()
    t.text('contact').notNullable().defaultTo('')
    optionalReference(t, 'owner_id', 'people')
    t.text('due_on').nullable()
    t.text('done_at').nullable()
    t.text('waived_at').nullable()
    t.text('waived_reason').nullable()
    /** The applicant has seen the waiver: only then does it count. */
    t.text('waiver_seen_at').nullable()
    reference(t, 'created_by', 'people')
    t.text('created_at').notNullable()
    t.index(['application_id'], 'ix_onward_items_application_id')
  })
  await db.schema.createTable('onward_routes', (t) => {
    t.increments('id')
    oneOf(t, 'onward_routes', 'kind', ['customer', 'finance', 'network', 'premises'])
    t.text('name_da').notNullable()
    t.text('name_en').notNullable()
    t.text('link').notNullable().defaultTo('')
    t.text('checked_on').notNullable()
    t.integer('position').notNullable()
  })
  await db.schema.createTable('deadlines', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    oneOf(t, 'deadlines', 'kind', [
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
    ])
    optionalReference(t, 'review_id', 'reviews')
    optionalReference(t, 'report_id', 'reports')
    optionalReference(t, 'instalment_id', 'instalments')
    t.text('due_at').notNullable()
    t.text('handled_at').nullable()
    t.index(['handled_at', 'due_at'], 'ix_deadlines_handled_at_due_at')
    t.index(['application_id'], 'ix_deadlines_application_id')
  })
}

export async function down(db: Knex): Promise<void> {
  for (const table of [
    'deadlines',
    'onward_routes',
    'onward_items',
    'instalment_shares',
    'instalments',
    'reports',
    'grant_shares',
    'grants',
    'decisions',
    'recommendations',
    'scores',
    'reviews',
  ]) {
    await db.schema.dropTable(table)
  }
}
