import type { Knex } from 'knex'

export const name = '0017-history-found'

const indexes: [columns: string[], name: string][] = [
  [['machine', 'at', 'id'], 'ix_history_machine_at_id'],
  [['event', 'at', 'id'], 'ix_history_event_at_id'],
  [['actor_id', 'at', 'id'], 'ix_history_actor_id_at_id'],
]

/** What is rare in the history is found as quickly as what is common: what, which event, by whom. */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('history', (t) => {
    for (const [columns, index] of indexes) t.index(columns, index)
  })
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('history', (t) => {
    for (const [columns, index] of indexes) t.dropIndex(columns, index)
  })
}
