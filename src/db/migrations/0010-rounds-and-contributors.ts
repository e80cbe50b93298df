import type { Knex } from 'knex'
import { versioned } from './columns.ts'

export const name = '0010-rounds-and-contributors'

const overlapping = `select 1 from rounds r where r.pool_id = new.pool_id and r.id <> new.id
  and r.opens_at <= new.closes_at and r.closes_at >= new.opens_at`

/**
 * Two rounds of a pool can never be open at once: the verb looks under a lock, and a trigger refuses
 * what passes it by. (An exclusion constraint would need an extension, and SQLite has none.)
 * A contributor has a version, so that two who change it at once are told; what each round holds is
 * counted, and the history of everything is read by time.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('contributors', versionOf)
  await db.schema.alterTable('history', (t) => {
    t.index(['at', 'id'], 'ix_history_at_id')
  })
  await db.schema.alterTable('applications', (t) => {
    t.index(['round_id', 'status'], 'ix_applications_round_id_status')
  })
  if (db.client.config.client === 'pg') {
    await db.raw(`create function refuse_overlap() returns trigger as $$ begin
      if new.closes_at <= new.opens_at or exists (${overlapping}) then
        raise exception 'rounds of a pool overlap' using
          errcode = 'exclusion_violation', constraint = 'ex_rounds_overlap';
      end if;
      return new;
    end; $$ language plpgsql`)
    await db.raw(`create trigger tr_rounds_overlap before insert or update on rounds
      for each row execute function refuse_overlap()`)
    return
  }
  for (const [change, when] of [
    ['insert', 'insert'],
    ['update', 'update of pool_id, opens_at, closes_at'],
  ] as const) {
    await db.raw(`create trigger tr_rounds_overlap_${change} after ${when} on rounds
      when new.closes_at <= new.opens_at or exists (${overlapping})
      begin select raise(abort, 'rounds of a pool overlap'); end`)
  }
}

const versionOf = (t: Knex.CreateTableBuilder) => {
  versioned(t)
}

export async function down(db: Knex): Promise<void> {
  if (db.client.config.client === 'pg') {
    await db.raw('drop trigger tr_rounds_overlap on rounds')
    await db.raw('drop function refuse_overlap()')
  } else {
    for (const change of ['insert', 'update']) {
      await db.raw(`drop trigger tr_rounds_overlap_${change}`)
    }
  }
  await db.schema.alterTable('applications', (t) => {
    t.dropIndex(['round_id', 'status'], 'ix_applications_round_id_status')
  })
  await db.schema.alterTable('history', (t) => {
    t.dropIndex(['at', 'id'], 'ix_history_at_id')
  })
  await db.schema.alterTable('contributors', (t) => {
    t.dropColumn('version')
  })
}
