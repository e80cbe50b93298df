import type { Knex } from 'knex'

export const name = '0006-deadline-tries'

/** A deadline whose step is refused for now (a report is missing, a call not made) comes back. */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('deadlines', (t) => {
    t.text('try_at').nullable()
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('deadlines', (t) => {
    t.dropColumn('try_at')
  })
}
