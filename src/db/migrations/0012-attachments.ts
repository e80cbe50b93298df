import type { Knex } from 'knex'
import { notNegative, oneOf, reference } from './columns.ts'

export const name = '0012-attachments'

/**
 * Files, and their bytes apart from them in parts of a megabyte: no list ever reads one, and a file
 * of any size is written and read with the memory of a part.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('attachments', (t) => {
    t.increments('id')
    reference(t, 'application_id', 'applications')
    oneOf(t, 'attachments', 'owner_kind', ['message', 'answer'])
    /** Null until the form it was chosen in is sent. */
    t.integer('owner_id').nullable()
    t.text('name').notNullable()
    t.text('kind').notNullable()
    t.integer('size_bytes').notNullable()
    notNegative(t, 'attachments', 'size_bytes')
    t.text('sha256').notNullable()
    reference(t, 'uploaded_by', 'people')
    oneOf(t, 'attachments', 'side', ['applicant', 'municipality'])
    t.text('created_at').notNullable()
    t.index(['application_id'], 'ix_attachments_application_id')
    t.index(['uploaded_by'], 'ix_attachments_uploaded_by')
  })
  await db.schema.createTable('attachment_parts', (t) => {
    t.integer('attachment_id')
      .notNullable()
      .references('id')
      .inTable('attachments')
      .onDelete('CASCADE')
      .withKeyName('fk_attachment_id_attachments')
    t.integer('part').notNullable()
    t.binary('bytes').notNullable()
    t.primary(['attachment_id', 'part'])
  })
}

export async function down(db: Knex): Promise<void> {
  for (const table of ['attachment_parts', 'attachments']) await db.schema.dropTable(table)
}
