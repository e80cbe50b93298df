import { createHash, randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { appendOnly } from './columns.ts'

export const name = '0014-retention'

/**
 * Personal data and its end. The words of a history line get a hash of their own, and the chain goes
 * over that: so words can be taken away, once a later line says so, and the chain still holds.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('retention_rules', (t) => {
    t.text('kind').primary()
    t.integer('months').notNullable()
    /** 1: the months are counted from the end of the year, as bookkeeping does. */
    t.integer('from_year_end').notNullable()
    t.integer('position').notNullable()
    t.text('reason_da').notNullable()
    t.text('reason_en').notNullable()
    t.check('months between 1 and 600', {}, 'ck_retention_rules_months')
  })
  await db('retention_rules').insert(rules.map((rule, i) => ({ ...rule, position: i + 1 })))
  await db.schema.alterTable('people', (t) => {
    t.text('seen_at').nullable()
    t.text('erased_at').nullable()
  })
  await db.schema.alterTable('applications', (t) => {
    t.text('erased_at').nullable()
  })
  await dropAppendOnly(db, 'history')
  await db.schema.alterTable('history', (t) => {
    t.text('salt').notNullable().defaultTo('')
    t.text('details_hash').notNullable().defaultTo('')
  })
  await rehash(db, (line) => {
    const salt = randomBytes(16).toString('hex')
    return { ...line, salt, details_hash: sha256(salt + line.details) }
  })
  await eraseOnly(db, 'history', "new.details = '{\"erased\":true}' and new.salt = ''", [
    'details',
    'salt',
  ])
  await dropAppendOnly(db, 'case_notes')
  await eraseOnly(db, 'case_notes', "new.party = '[slettet]' and new.body = '[slettet]'", [
    'party',
    'body',
  ])
}

export async function down(db: Knex): Promise<void> {
  for (const table of ['history', 'case_notes']) await dropAppendOnly(db, table)
  await rehash(db, (line) => ({ ...line, details_hash: line.details }))
  // Plainly: knex would make a SQLite table anew for it, and its triggers would be gone.
  for (const [table, column] of [
    ['history', 'salt'],
    ['history', 'details_hash'],
    ['applications', 'erased_at'],
    ['people', 'erased_at'],
    ['people', 'seen_at'],
  ]) {
    await db.raw('alter table ?? drop column ??', [table ?? '', column ?? ''])
  }
  for (const table of ['history', 'case_notes']) {
    await appendOnly(db, table)
    if (isPostgres(db)) await db.raw(`drop function erase_${table}()`)
  }
  await db.schema.dropTable('retention_rules')
}

const rules = [
  {
    kind: 'draft',
    months: 6,
    from_year_end: 0,
    reason_da: 'Kladden blev aldrig sendt, og ingen har rettet i den siden.',
    reason_en: 'The draft was never sent, and nobody has changed it since.',
  },
  {
    kind: 'notSent',
    months: 6,
    from_year_end: 0,
    reason_da:
      'Kladden var ikke sendt, da fristen gik. Den er gemt lidt, så I kan bruge teksten igen.',
    reason_en:
      'The draft was not sent in time. It is kept a while so that you can use the text again.',
  },
  {
    kind: 'withdrawn',
    months: 12,
    from_year_end: 0,
    reason_da:
      'Ansøgningen blev trukket tilbage. Sagen er gemt, så vi kan svare på spørgsmål om den.',
    reason_en:
      'The application was withdrawn. The case is kept so that we can answer questions about it.',
  },
  {
    kind: 'refused',
    months: 24,
    from_year_end: 0,
    reason_da:
      'Der blev ikke givet tilskud. Sagen er journaliseret og gemt, så afgørelsen kan efterprøves.',
    reason_en:
      'No grant was given. The case is on record and kept so that the decision can be tried.',
  },
  {
    kind: 'lapsed',
    months: 60,
    from_year_end: 1,
    reason_da: 'Der blev givet et tilsagn. Regnskabsbilag gemmes i fem år efter årets udgang.',
    reason_en:
      'A grant was given. Accounting records are kept for five years after the end of the year.',
  },
  {
    kind: 'granted',
    months: 60,
    from_year_end: 1,
    reason_da:
      'Der blev givet tilskud. Regnskabsbilag gemmes i fem år efter udgangen af det år, sagen sluttede.',
    reason_en:
      'A grant was given. Accounting records are kept for five years after the end of the year the case ended.',
  },
  {
    kind: 'person',
    months: 24,
    from_year_end: 0,
    reason_da: 'Ingen har logget ind, og der er ingen sager tilbage med oplysninger i.',
    reason_en: 'Nobody has signed in, and there are no cases left with information in them.',
  },
  {
    kind: 'mail',
    months: 6,
    from_year_end: 0,
    reason_da: 'Mails uden for en sag, fx koder til at logge ind.',
    reason_en: 'Mails outside a case, such as codes for signing in.',
  },
]

type Line = {
  id: number
  chain: string
  seq: number
  application_id: number | null
  machine: string
  row_id: number
  event: string
  from_status: string | null
  to_status: string | null
  actor_id: number | null
  actor_role: string
  details: string
  at: string
  request_key: string | null
  prev_hash: string
  hash: string
  salt: string
  details_hash: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Walks every chain from its beginning and computes it anew, a page of lines at a time. */
async function rehash(db: Knex, change: (line: Line) => Line): Promise<void> {
  let last = { chain: '', seq: 0, hash: '' }
  for (;;) {
    const { chain, seq } = last
    const lines = await db('history')
      .whereRaw('(chain, seq) > (?, ?)', [chain, seq])
      .orderBy(['chain', 'seq'])
      .limit(500)
      .select<Line[]>('*')
    if (lines.length === 0) return
    for (const before of lines) {
      const prev_hash = before.chain === last.chain ? last.hash : ''
      const line = { ...change(before), prev_hash }
      const hash = sha256(JSON.stringify(fieldsOf(line)))
      const { salt, details_hash } = line
      await db('history').where({ id: line.id }).update({ salt, details_hash, prev_hash, hash })
      last = { chain: line.chain, seq: line.seq, hash }
    }
  }
}

const fieldsOf = (l: Line) => [
  ...[l.chain, l.seq, l.application_id, l.machine, l.row_id, l.event, l.from_status],
  ...[l.to_status, l.actor_id, l.actor_role, l.details_hash, l.at, l.request_key, l.prev_hash],
]

const isPostgres = (db: Knex): boolean => db.client.config.client === 'pg'

async function dropAppendOnly(db: Knex, table: string): Promise<void> {
  if (isPostgres(db)) {
    await db.raw(`drop trigger tr_${table}_append_only on ${table}`)
    return
  }
  for (const change of ['update', 'delete']) await db.raw(`drop trigger tr_${table}_${change}`)
}

/**
 * Rows can be added, never removed, and changed in one way only: to what says that they are erased,
 * where a line of the same case's history has said so before.
 */
async function eraseOnly(
  db: Knex,
  table: string,
  isErased: string,
  columns: string[],
): Promise<void> {
  const told =
    table === 'history'
      ? "select 1 from history e where e.chain = old.chain and e.machine = 'retention' and e.seq > old.seq"
      : "select 1 from history e where e.application_id = old.application_id and e.machine = 'retention'"
  if (isPostgres(db)) {
    const rest = (row: string) =>
      columns.reduce((json, c) => `${json} - '${c}'`, `to_jsonb(${row})`)
    await db.raw(`create or replace function erase_${table}() returns trigger as $$
      begin
        if tg_op = 'UPDATE' then
          if ${isErased} and ${rest('new')} = ${rest('old')} and exists (${told}) then
            return new;
          end if;
        end if;
        raise exception '${table} is append-only';
      end; $$ language plpgsql`)
    await db.raw(`create trigger tr_${table}_append_only before update or delete on ${table}
      for each row execute function erase_${table}()`)
    return
  }
  const others = Object.keys(await db(table).columnInfo()).filter((c) => !columns.includes(c))
  const same = others.map((c) => `new.${c} is old.${c}`).join(' and ')
  await db.raw(`create trigger tr_${table}_update before update on ${table}
    when not (${isErased} and ${same} and exists (${told}))
    begin select raise(abort, '${table} is append-only'); end`)
  await db.raw(`create trigger tr_${table}_delete before delete on ${table}
    begin select raise(abort, '${table} is append-only'); end`)
}
