import type { Knex } from 'knex'
import { appendOnly, oneOf, optionalReference, ore, reference, versioned } from './columns.ts'

export const name = '0005-records'

export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('history', (t) => {
    t.increments('id')
    /** One hash chain per case (`application:7`) or contribution (`contribution:3`). */
    t.text('chain').notNullable()
    t.integer('seq').notNullable()
    optionalReference(t, 'application_id', 'applications')
    t.text('machine').notNullable()
    t.integer('row_id').notNullable()
    t.text('event').notNullable()
    t.text('from_status').nullable()
    t.text('to_status').nullable()
    optionalReference(t, 'actor_id', 'people')
    t.text('actor_role').notNullable()
    t.text('details').notNullable()
    t.text('at').notNullable()
    t.text('request_key').nullable()
    t.text('prev_hash').notNullable()
    t.text('hash').notNullable()
    t.unique(['chain', 'seq'], { indexName: 'uq_history_chain_seq' })
    t.unique(['chain', 'request_key'], { indexName: 'uq_history_chain_request_key' })
    t.index(['application_id'], 'ix_history_application_id')
  })
  await appendOnly(db, 'history')

  await db.schema.createTable('ledger_postings', (t) => {
    t.increments('id')
    reference(t, 'pool_year_id', 'pool_years')
    t.integer('seq').notNullable()
    oneOf(t, 'ledger_postings', 'kind', [
      'contribution',
      'commitment',
      'release',
      'order',
      'payment',
      'failure',
      'return',
    ])
    optionalReference(t, 'application_id', 'applications')
    optionalReference(t, 'grant_id', 'grants')
    optionalReference(t, 'instalment_id', 'instalments')
    optionalReference(t, 'contribution_id', 'contributions')
    optionalReference(t, 'actor_id', 'people')
    t.text('posted_at').notNullable()
    t.text('prev_hash').notNullable()
    t.text('hash').notNullable()
    t.unique(['pool_year_id', 'seq'], { indexName: 'uq_ledger_postings_pool_year_seq' })
    t.index(['grant_id'], 'ix_ledger_postings_grant_id')
  })
  await appendOnly(db, 'ledger_postings')

  await db.schema.createTable('ledger_entries', (t) => {
    t.increments('id')
    reference(t, 'posting_id', 'ledger_postings')
    t.integer('line').notNullable()
    reference(t, 'contributor_id', 'contributors')
    oneOf(t, 'ledger_entries', 'account', [
      'contributed',
      'available',
      'committed',
      'ordered',
      'paid',
      'returned',
    ])
    oneOf(t, 'ledger_entries', 'side', ['debit', 'credit'])
    ore(t, 'amount_ore')
    t.check('amount_ore > 0', {}, 'ck_ledger_entries_amount_ore')
    t.unique(['posting_id', 'line'], { indexName: 'uq_ledger_entries_posting_line' })
    t.index(['contributor_id'], 'ix_ledger_entries_contributor_id')
  })
  await appendOnly(db, 'ledger_entries')

  await db.schema.createTable('outbox', (t) => {
    t.increments('id')
    t.text('message_id').notNullable()
    optionalReference(t, 'application_id', 'applications')
    optionalReference(t, 'history_id', 'history')
    optionalReference(t, 'person_id', 'people')
    t.text('event').notNullable()
    t.text('template').notNullable()
    t.text('language').notNullable()
    t.text('to_address').notNullable()
    t.text('subject').notNullable()
    t.text('text').notNullable()
    t.text('html').notNullable()
    /** The whole message as it is sent, byte for byte, on every try. */
    t.text('raw').notNullable()
    oneOf(t, 'outbox', 'status', ['pending', 'sending', 'retrying', 'sent', 'dead', 'suppressed'])
    t.integer('attempts').notNullable().defaultTo(0)
    t.text('next_at').notNullable()
    t.text('lease_until').nullable()
    t.text('worker').nullable()
    t.text('last_error').nullable()
    t.text('created_at').notNullable()
    t.text('sent_at').nullable()
    versioned(t)
    t.unique(['message_id'], { indexName: 'uq_outbox_message_id' })
    t.unique(['history_id', 'to_address', 'template'], {
      indexName: 'uq_outbox_history_to_template',
    })
    t.index(['status', 'next_at'], 'ix_outbox_status_next_at')
    t.index(['person_id'], 'ix_outbox_person_id')
    t.index(['application_id'], 'ix_outbox_application_id')
  })
}

export async function down(db: Knex): Promise<void> {
  for (const table of ['outbox', 'ledger_entries', 'ledger_postings', 'history']) {
    await db.schema.dropTable(table)
  }
  if (db.client.config.client === 'pg') await db.raw('drop function if exists refuse_change()')
}
