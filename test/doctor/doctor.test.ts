import { describe, expect, it } from 'vitest'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { grant, pay, review } from '../../src/journey/stages.ts'
import { engines, freshDatabase } from '../support/database.ts'
import type { Engine } from '../support/database.ts'
import { aTown } from '../support/town.ts'
import { editEverywhere, failing, withoutTriggers } from '../support/edits.ts'

/** One case that was granted and had its first instalment paid, with nothing to hold an editor back. */
async function anEditableTown(engine: Engine) {
  const town = await aTown(engine)
  const { reference, cast } = await town.sent()
  await review(reference, cast)
  await grant(reference, cast, { amount: '80.000', conditions: '' })
  await pay(reference, cast)
  await withoutTriggers(town.db)
  return town
}

describe.each(engines)('the doctor on %s', (engine) => {
  it('finds nothing wrong with an empty database, nor with one that is in use', async () => {
    expect(await failing(await freshDatabase(engine))).toEqual([])
    const town = await anEditableTown(engine)
    expect(await failing(town.db)).toEqual([])
    expect(await runDoctor(town.db)).toHaveLength(24)
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
    expect(await editEverywhere(db, engine === 'SQLite' ? 1000 : 150)).toEqual([])
    expect(await failing(db)).toEqual([])
  }, 120_000)
})
