import type { Db } from '../../src/db/connection.ts'
import { isPostgres } from '../../src/db/connection.ts'
import { runDoctor } from '../../src/doctor/run-doctor.ts'

/** What the doctor finds wrong, one line each. */
export const failing = async (db: Db) =>
  (await runDoctor(db)).filter((f) => !f.ok).map((f) => `${f.name}: ${f.detail}`)

/** Nothing holds an editor back any more. */
export async function withoutTriggers(db: Db): Promise<void> {
  const tables = ['history', 'ledger_postings', 'ledger_entries', 'case_notes']
  if (isPostgres(db)) {
    for (const table of tables) await db.raw(`alter table ${table} disable trigger user`)
    return
  }
  const triggers = await db('sqlite_master').where({ type: 'trigger' }).pluck<string[]>('name')
  for (const name of triggers) await db.raw(`drop trigger ${name}`)
}

/**
 * Edits one cell after the other at random in what must never change, and puts it back: which edits
 * the doctor did not find, by the name of the row. The seed is in the message.
 */
export async function editEverywhere(db: Db, times: number): Promise<string[]> {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
  const random = randomFrom(seed)
  const missed: string[] = []
  let edits = 0
  while (edits < times) {
    const table = pick(Object.keys(nameOf), random) as keyof typeof nameOf
    const rows = await db(table).orderBy('id').select<Row[]>('*')
    if (rows.length === 0) continue
    const row = pick(rows, random)
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
  return missed.map((miss) => `seed ${seed}: ${miss}`)
}

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
