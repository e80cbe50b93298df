import { describe, expect, it } from 'vitest'
import { inTransaction, openDatabase } from '../../src/db/connection.ts'
import { violatedConstraint } from '../../src/db/constraints.ts'
import { atEnd, engines, freshDatabase, freshDatabaseAt } from '../support/database.ts'

const person = { email: 'a@example.org', language: 'da', created_at: '2026-03-02T09:00:00.000Z' }

async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    return error
  }
  throw new Error('nothing failed')
}

describe.each(engines)('the database on %s', (engine) => {
  it('gives sums and counts as numbers', async () => {
    const db = await freshDatabase(engine)
    await db('counters').insert([
      { name: 'a', value: 10 },
      { name: 'b', value: 20 },
    ])
    const row = await db('counters')
      .sum({ total: 'value' })
      .count({ n: '*' })
      .first<{ total: number; n: number }>()
    expect(row).toEqual({ total: 30, n: 2 })
    const bytes = await db('counters').select(db.raw('sum(cast(value as bigint)) as total')).first()
    expect(bytes).toEqual({ total: 30 })
  })

  it('takes a guarded step for each of forty at once, and no more than there are', async () => {
    const db = await freshDatabase(engine)
    await db('counters').insert({ name: 'money', value: 10 })
    const taken = await Promise.all(
      Array.from({ length: 40 }, () =>
        inTransaction(db, (trx) =>
          trx('counters').where({ name: 'money' }).andWhere('value', '>', 0).decrement('value', 1),
        ),
      ),
    )
    expect(taken.reduce((sum, n) => sum + n, 0)).toBe(10)
  })

  it('writes nothing of a transaction that throws, and refuses one inside another', async () => {
    const db = await freshDatabase(engine)
    const nested = inTransaction(db, async (trx) => {
      await trx('counters').insert({ name: 'a', value: 1 })
      await inTransaction(trx, () => Promise.resolve())
    })
    await expect(nested).rejects.toThrow('a transaction is already open')
    expect(await db('counters')).toEqual([])
  })

  it('names the constraint that was broken', async () => {
    const db = await freshDatabase(engine)
    await db('people').insert(person)
    await db('counters').insert({ name: 'a', value: 1 })
    const member = { organisation_id: 1, person_id: 1, asked_at: person.created_at }
    await db('organisations').insert({
      kind: 'group',
      name: 'Vi',
      sort_key: 'vi',
      created_at: person.created_at,
    })
    await db('memberships').insert(member)
    const broken = async (work: Promise<unknown>) => violatedConstraint(await failure(work))
    expect(await broken(db('people').insert(person))).toBe('uq_people_email')
    expect(await broken(db('memberships').insert(member))).toBe(
      'uq_memberships_organisation_person',
    )
    expect(await broken(db('counters').insert({ name: 'a', value: 1 }))).toBe('counters_pkey')
    expect(await broken(db('people').insert({ ...person, id: 1, email: 'b' }))).toBe('people_pkey')
    expect(await broken(db('people').insert({ ...person, email: 'b', language: 'xx' }))).toBe(
      'ck_people_language',
    )
    expect(await broken(db('people').insert({ ...person, email: null }))).toBeNull()
    expect(await broken(db('no_such_table').insert({ a: 1 }))).toBeNull()
  })

  it('keeps the values of a failed query out of the error', async () => {
    const db = await freshDatabase(engine)
    await db('people').insert(person)
    const error = await failure(db('people').insert(person))
    expect(error).toBeInstanceOf(Error)
    expect((error as Error).message).not.toContain('a@example.org')
  })
})

it('opens SQLite in WAL, with every commit on the disk and references watched', async () => {
  const db = openDatabase(await freshDatabaseAt('SQLite'))
  atEnd(() => db.destroy())
  await db.raw('create table t (a)')
  await db('t').insert({ a: 1 })
  expect(await db.raw('pragma synchronous')).toEqual([{ synchronous: 2 }])
  expect(await db.raw('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }])
  expect(await db.raw('pragma foreign_keys')).toEqual([{ foreign_keys: 1 }])
  expect(await db.raw('pragma busy_timeout')).toEqual([{ timeout: 5000 }])
})

it('throws rather than lose the last digits of a number from PostgreSQL', async () => {
  const db = await freshDatabase('PostgreSQL')
  await expect(db.raw('select 9007199254740993::bigint as n')).rejects.toThrow(RangeError)
  expect((await db.raw<{ rows: unknown }>('select 1 as n')).rows).toEqual([{ n: 1 }])
})
