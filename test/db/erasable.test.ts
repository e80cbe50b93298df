import { expect, it } from 'vitest'
import { ofCase, ofPerson, otherWords } from '../../src/db/erasable.ts'
import { freshDatabase } from '../support/database.ts'

const words = (text: string) => text.split(/\W+/).filter(Boolean)

it('knows what becomes of every word in the database: a new column is written into src/db/erasable.ts', async () => {
  const db = await freshDatabase('SQLite')
  const tables = await db('sqlite_master')
    .where({ type: 'table' })
    .whereNot('name', 'like', 'sqlite_%')
    .whereNot('name', 'like', 'knex_%')
    .whereNot('name', 'like', 'case_search%') // made of applications.search_text
    .pluck<string[]>('name')
  const known = new Map(
    Object.entries(otherWords).map(([table, text]) => [
      table,
      words(text.replace(/:[^;]*;?/g, ' ')),
    ]),
  )
  for (const { table, erased, kept } of ofCase) {
    known.set(table, [...Object.keys(erased), ...words(kept)])
  }
  expect([...known.keys()].sort()).toEqual(tables.sort())
  for (const table of tables) {
    const columns = Object.entries(await db(table).columnInfo())
      .filter(([, { type }]) => type !== 'integer' && type !== 'bigint')
      .map(([name]) => name)
    expect(known.get(table)?.sort(), table).toEqual(columns.sort())
  }
  expect(known.get('people')).toEqual(expect.arrayContaining(Object.keys(ofPerson)))
})
