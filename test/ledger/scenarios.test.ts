import { describe, expect, it } from 'vitest'
import { grant, pay, report, review, step } from '../../src/journey/stages.ts'
import type { Db } from '../../src/db/connection.ts'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { paths } from '../../src/shared/paths.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { bring, kroner, ledgerOf, moneyOf, published } from '../support/money.ts'
import type { Town } from '../support/town.ts'
import { aTown } from '../support/town.ts'

async function granted(town: Town, amount: string, pool: 'LOKAL' | 'TVAER' = 'LOKAL') {
  const it = await town.sent({ pool, kroner: amount, budgetKroner: '1.000.000', wagesKroner: '0' })
  await review(it.reference, it.cast)
  await grant(it.reference, it.cast, { amount, conditions: '' })
  return it
}

async function sharesOf(db: Db, table: string, where: object): Promise<Record<string, string>> {
  const rows = await db(`${table} as s`)
    .join('contributors as c', 'c.id', 's.contributor_id')
    .where(where)
    .orderBy('c.code')
    .select<{ code: string; ore: number }[]>('c.code', 's.amount_ore as ore')
  return Object.fromEntries(rows.map(({ code, ore }) => [code, kroner(ore)]))
}

const availableIn = async (db: Db, code: string): Promise<string> => {
  const row = await db('pool_years as y')
    .join('pools as p', 'p.id', 'y.pool_id')
    .where('p.code', code)
    .first<{ available_ore: number }>('y.available_ore')
  return kroner(row.available_ore)
}

const isSound = async (db: Db) =>
  expect((await runDoctor(db)).filter((finding) => !finding.ok)).toEqual([])

describe.each(engines)('the money on %s', (engine) => {
  it('is split to the øre over what each council has decided', async () => {
    const town = await aTown(engine)
    expect(await availableIn(town.db, 'LOKAL')).toBe('1.351.890,00')
    expect(await availableIn(town.db, 'TVAER')).toBe('9.840.000,00')
    await granted(town, '80.000')
    expect(await sharesOf(town.db, 'grant_shares', { grant_id: 1 })).toEqual({
      AMV: '11.674,03',
      AMØ: '8.966,71',
      BIS: '5.917,64',
      BRH: '4.905,43',
      CHR: '2.071,17',
      IND: '5.621,76',
      KGS: '4.350,65',
      NØR: '9.400,17',
      VAL: '6.734,28',
      VAN: '4.185,25',
      VES: '5.817,04',
      ØST: '10.355,87',
    })
    expect(await availableIn(town.db, 'LOKAL')).toBe('1.271.890,00')
    await isSound(town.db)
  })

  it('of a council that has only promised carries nothing, and deciding later moves nothing', async () => {
    const town = await aTown(engine, { money: moneyOf(published({ CHR: 'promised' })) })
    expect(await availableIn(town.db, 'LOKAL')).toBe('1.316.890,00')
    await granted(town, '80.000')
    const shares = await sharesOf(town.db, 'grant_shares', { grant_id: 1 })
    expect(shares).toMatchObject({ AMV: '11.984,30', ØST: '10.631,11' })
    expect(shares).not.toHaveProperty('CHR')
    const christianshavn = await town.official('bidrag-chr')
    const page = textOf((await christianshavn.browser.open(paths.contributor('CHR'))).body)
    expect(page).toContain('35.000,00 kr.')

    const { id } = await town
      .db('contributions as k')
      .join('contributors as c', 'c.id', 'k.contributor_id')
      .where('c.code', 'CHR')
      .first<{ id: number }>('k.id')
    town.clock.advanceDays(1)
    await bring(town.db, id, 'decided', town.config, town.now())
    expect(await sharesOf(town.db, 'grant_shares', { grant_id: 1 })).toEqual(shares)
    expect(await availableIn(town.db, 'LOKAL')).toBe('1.271.890,00')
    await isSound(town.db)
  })

  it('rounds so that three grants empty a pool exactly, and the fourth is refused', async () => {
    const hundred = { baseOre: 2_000_00, percentPpm: 50_000, upTo: 'transferred' as const }
    const money = moneyOf(['AMV', 'AMØ', 'BIS'].map((code) => ({ code, ...hundred })))
    const town = await aTown(engine, { money })
    for (let i = 0; i < 3; i += 1) await granted(town, '100')
    expect(await ledgerOf(town.db, 'LOKAL')).toEqual([
      '1 contribution AMV contributed → available 100,00',
      '2 contribution AMØ contributed → available 100,00',
      '3 contribution BIS contributed → available 100,00',
      '4 commitment AMV available → committed 33,34',
      '4 commitment AMØ available → committed 33,33',
      '4 commitment BIS available → committed 33,33',
      '5 commitment AMV available → committed 33,33',
      '5 commitment AMØ available → committed 33,34',
      '5 commitment BIS available → committed 33,33',
      '6 commitment AMV available → committed 33,33',
      '6 commitment AMØ available → committed 33,33',
      '6 commitment BIS available → committed 33,34',
    ])
    expect(await availableIn(town.db, 'LOKAL')).toBe('0,00')

    const fourth = await town.sent({ kroner: '0,01', budgetKroner: '0,01', wagesKroner: '0' })
    await review(fourth.reference, fourth.cast)
    const before = await town.db('history').count({ n: '*' }).first()
    await expect(
      step(fourth.cast.decisionMaker, fourth.reference, 'grant', { amount: '0,01' }),
    ).rejects.toThrow('sees no')
    expect(await town.db('history').count({ n: '*' }).first()).toEqual(before)
    expect(await town.db('grants').count({ n: '*' }).first()).toEqual({ n: 3 })
    await isSound(town.db)
  }, 30_000)

  it('is paid in four instalments, deficit first, and comes back when the bank says no', async () => {
    const town = await aTown(engine)
    const it = await granted(town, '350.000', 'TVAER')
    const { reference, cast } = it
    const casePage = paths.application(reference)
    const take = (who: 'secretariat' | 'finance', event: string, fields = {}) =>
      cast[who].take(casePage, new RegExp(`/udbetalinger/\\d+/trin/${event}`), fields)
    await pay(reference, cast)
    await report(reference, 1, cast, '140.000')
    await step(cast.secretariat, reference, 'proveConcept', { outcome: 'proved' })

    await take('secretariat', 'approve')
    await take('finance', 'order')
    const orderedOre = await sharesOf(town.db, 'instalment_shares', { instalment_id: 2 })
    await take('finance', 'reportFailure', { reason: 'Kontoen findes ikke.' })
    expect(await town.db('instalments').where({ number: 2 }).first('status')).toEqual({
      status: 'failed',
    })
    expect((await ledgerOf(town.db, 'TVAER')).filter((line) => line.includes('failure'))).toContain(
      '12 failure BUF ordered → committed 40.015,25',
    )
    const told = (await town.mails()).filter((mail) => mail.event === 'instalment.reportFailure')
    expect(told.map((mail) => [mail.to_address, mail.template])).toEqual([
      [cast.applicant.email, 'instalment-failed'],
      ['oekonomi@example.org', 'payment-failed'],
    ])
    await take('finance', 'retry')
    await take('finance', 'order')
    await take('finance', 'confirmPaid')
    expect(await sharesOf(town.db, 'instalment_shares', { instalment_id: 2 })).toEqual(orderedOre)

    await report(reference, 2, cast, '245.000')
    await pay(reference, cast)
    await report(reference, 3, cast, '315.000')
    await pay(reference, cast)
    const paid = await Promise.all(
      [1, 2, 3, 4].map((id) => sharesOf(town.db, 'instalment_shares', { instalment_id: id })),
    )
    expect(paid.map((shares) => shares.BUF)).toEqual([
      '53.353,66',
      '40.015,25',
      '26.676,82',
      '13.338,42',
    ])
    expect(paid.map((shares) => shares.BIF)).toEqual([
      '4.695,12',
      '3.521,34',
      '2.347,56',
      '1.173,78',
    ])
    expect(await sharesOf(town.db, 'grant_shares', { grant_id: 1 })).toMatchObject({
      BUF: '133.384,15',
      BIF: '11.737,80',
    })
    await isSound(town.db)
  }, 30_000)
})
