import { describe, expect, it } from 'vitest'
import type { Db } from '../../src/db/connection.ts'
import { isPostgres } from '../../src/db/connection.ts'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { grant, pay, review } from '../../src/journey/stages.ts'
import { engines, freshDatabase } from '../support/database.ts'
import type { Engine } from '../support/database.ts'
import { aTown } from '../support/town.ts'

const failing = async (db: Db) =>
  (await runDoctor(db)).filter((f) => !f.ok).map((f) => `${f.name}: ${f.detail}`)

/** One case that was granted and had its first instalment paid, with nothing to hold an editor back. */
async function anEditableTown(engine: Engine) {
  const town = await aTown(engine)
  const { reference, cast } = await town.sent()
  await review(reference, cast)
  await grant(reference, cast, { amount: '80.000', conditions: '' })
  await pay(reference, cast)
  await dropTriggers(town.db)
  return town
}

async function dropTriggers(db: Db): Promise<void> {
  const tables = ['history', 'ledger_postings', 'ledger_entries']
  if (isPostgres(db)) {
    for (const table of tables) await db.raw(`alter table ${table} disable trigger user`)
    return
  }
  const triggers = await db('sqlite_master').where({ type: 'trigger' }).pluck<string[]>('name')
  for (const name of triggers) await db.raw(`drop trigger ${name}`)
}

describe.each(engines)('the doctor on %s', (engine) => {
  it('finds nothing wrong with an empty database, nor with one that is in use', async () => {
    expect(await failing(await freshDatabase(engine))).toEqual([])
    const town = await anEditableTown(engine)
    expect(await failing(town.db)).toEqual([])
    expect(await runDoctor(town.db)).toHaveLength(22)
  })

  it('names the row when something was edited behind the program’s back', async () => {
    const { db } = await anEditableTown(engine)
    const edits: [string, string, (id: number) => string][] = [
      ['ledger_entries', 'amount_ore', () => 'it or an entry of it was changed'],
      ['ledger_postings', 'posted_at', (id) => `ledger posting ${id}`],
      ['history', 'details', (id) => `history ${id}`],
      ['history', 'actor_role', (id) => `history ${id}`],
      ['grant_shares', 'amount_ore', () => 'grant 1: a share was changed'],
      ['instalment_shares', 'amount_ore', () => 'instalment 1: a share was changed'],
      ['pool_years', 'available_ore', (id) => `pool-year ${id}: available_ore`],
      ['contributions', 'decided_ore', (id) => `contribution ${id}`],
    ]
    for (const [table, column, says] of edits) {
      const row = await db(table).orderBy('id').first<Record<string, number | string>>()
      const before = row[column] ?? ''
      const after = typeof before === 'number' ? before + 1 : `${before}x`
      await db(table)
        .where({ id: row.id })
        .update({ [column]: after })
      expect((await failing(db)).join('\n'), `${table}.${column}`).toContain(says(Number(row.id)))
      await db(table)
        .where({ id: row.id })
        .update({ [column]: before })
      expect(await failing(db)).toEqual([])
    }
  })

  it('misses a row that was taken away, a status set by hand, and a mail that never was', async () => {
    const { db } = await anEditableTown(engine)
    const last = await db('history').orderBy('id', 'desc').first<Record<string, number>>()
    const mail = await db('outbox').whereNotNull('history_id').first<Record<string, number>>()
    await db('outbox').where({ id: mail.id }).delete()
    expect((await failing(db)).join()).toContain(`history ${mail.history_id}`)
    await db('outbox').insert(mail)
    await db('applications').update({ status: 'closed' })
    expect((await failing(db)).join()).toContain('applications 1: stands at closed')
    await db('applications').update({ status: 'proofOfConcept' })
    expect(await failing(db)).toEqual([])

    await db('outbox').where({ history_id: last.id }).update({ history_id: null })
    await db('history').where({ id: last.id }).delete()
    expect((await failing(db)).join()).toContain('instalments 1: stands at paid')
  })

  it('finds and names every one of a thousand single edits at random, whatever the column', async () => {
    const { db } = await anEditableTown(engine)
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
    const random = randomFrom(seed)
    const missed: string[] = []
    let edits = 0
    while (edits < (engine === 'SQLite' ? 1000 : 150)) {
      const table = pick(Object.keys(nameOf), random) as keyof typeof nameOf
      const row = pick(await db(table).orderBy('id').select<Row[]>('*'), random)
      const column = pick(
        Object.keys(row).filter((name) => name !== 'id'), // a surrogate number means nothing
        random,
      )
      const edited = editOf(row[column] ?? null, column)
      if (edited === undefined) continue
      try {
        await db(table)
          .where({ id: row.id })
          .update({ [column]: edited })
      } catch {
        continue // a constraint of the database stood in the way already
      }
      edits += 1
      const said = (await failing(db)).join('\n')
      const names = [row, { ...row, [column]: edited }].map((r) => nameOf[table](r))
      if (!names.some((name) => new RegExp(`${name}\\b`).test(said))) {
        missed.push(`${names.join(' or ')} ${column}: ${said || 'nothing'}`)
      }
      await db(table)
        .where({ id: row.id })
        .update({ [column]: row[column] })
    }
    expect(missed, `seed ${seed}`).toEqual([])
    expect(await failing(db)).toEqual([])
  }, 120_000)
})

type Row = Record<string, string | number | null>

/** By which name the doctor must speak of a row of each table. */
const nameOf = {
  history: (row: Row) => `history ${row.id ?? ''}`,
  ledger_postings: (row: Row) => `ledger posting ${row.id ?? ''}`,
  ledger_entries: (row: Row) => `ledger posting ${row.posting_id ?? ''}`,
  grant_shares: (row: Row) => `grant ${row.grant_id ?? ''}`,
  instalment_shares: (row: Row) => `instalment ${row.instalment_id ?? ''}`,
}

function editOf(value: string | number | null, column: string): string | number | undefined {
  if (typeof value === 'number') return value + 1
  if (value === null) return column.endsWith('_id') ? undefined : 'x'
  return `${value}x`
}

function pick<T>(list: T[], random: () => number): T {
  const found = list[Math.floor(random() * list.length)]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
