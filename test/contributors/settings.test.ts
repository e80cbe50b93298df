import { describe, expect, it } from 'vitest'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { date } from '../../src/journey/application.ts'
import type { ContributorRow } from '../../src/db/tables.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aPerson, aRole } from '../support/factories.ts'
import { aTown } from '../support/town.ts'
import type { Town } from '../support/town.ts'

const list = '/administration/bidragydere'
const on = (name: string, day: string) => date(name, new Date(`${day}T12:00:00Z`))
const harbour = {
  code: 'hav',
  nameDa: 'Havnens Lokaludvalg',
  nameEn: 'Harbour Local Council',
  kind: 'localCouncil',
  ...on('from', '2026-01-01'),
}
const proposal = {
  year: '2027',
  base: '2.000.000',
  percent: '5',
  noteDa: 'Vedtaget budget 2027',
  noteEn: 'Adopted budget 2027',
}
const row = async ({ db }: Town, code: string): Promise<ContributorRow> => {
  const found = await db<ContributorRow>('contributors').where({ code }).first()
  if (!found) throw new Error(`no ${code}`)
  return found
}
const lines = async (town: Town, chain: string) =>
  town.db('history').where({ chain }).orderBy('seq').pluck<string[]>('event')

describe.each(engines)('the contributors on %s', (engine) => {
  it('are added and renamed, and propose what they put in, each change in the history', async () => {
    const town = await aTown(engine)
    const { browser } = await town.official('administrator')
    await browser.complete(`${list}/lokal/ny`, harbour)
    const twice = await browser.submit(`${list}/lokal/ny`, harbour)
    expect([twice.status, textOf(twice.body).includes('Koden er i brug')]).toEqual([422, true])
    const odd = await browser.submit(`${list}/lokal/ny`, { ...harbour, code: 'H V' })
    expect(textOf(odd.body)).toContain('Brug 2 til 8 bogstaver eller tal')
    await browser.complete(`${list}/HAV/navn`, { nameDa: 'Århusgades Lokaludvalg' })
    const made = await row(town, 'HAV')
    expect(made).toEqual({
      id: made.id,
      pool_id: made.pool_id,
      code: 'HAV',
      kind: 'localCouncil',
      name_da: 'Århusgades Lokaludvalg',
      name_en: 'Harbour Local Council',
      sort_key: 'zzz3rhusgades lokaludvalg',
      valid_from: '2026-01-01',
      valid_to: null,
      successor_id: null,
      version: 2,
    })
    const stale = await browser.submit(`${list}/HAV/navn`, { nameDa: 'X', version: '1' })
    expect(stale.status).toBe(409)
    await browser.complete(`${list}/HAV/bidrag`, { ...proposal, placeholder: 'yes' })
    const page = textOf((await browser.get(`${list}/HAV`)).body)
    expect(page).toContain('100.000,00')
    expect(page).toContain('Foreløbigt tal')
    expect(await lines(town, `contributor:${made.id}`)).toEqual([
      'addContributor',
      'renameContributor',
    ])
    const { id } = await town
      .db('contributions')
      .where({ contributor_id: made.id })
      .first<{ id: number }>('id')
    expect(await lines(town, `contribution:${id}`)).toEqual(['propose'])
    expect(textOf((await browser.get(list)).body)).toContain('Århusgades Lokaludvalg')
    expect((await runDoctor(town.db)).filter((f) => !f.ok)).toEqual([])
  })

  it('are told at the field what cannot be proposed, and nothing is written', async () => {
    const town = await aTown(engine)
    const { browser } = await town.official('administrator')
    await browser.complete(`${list}/VAL/bidrag`, proposal)
    const before = await town.db('contributions').count({ n: '*' })
    for (const [more, message] of [
      [{}, 'Der er allerede et bidrag for det år'],
      [{ year: '2028', base: '-5' }, 'Beløbet må ikke være negativt'],
      [{ year: '2028', base: '0' }, 'Beløbet skal være større end 0'],
      [{ year: '2028', base: '90.071.992.547.410,00' }, 'Beløbet er for stort'],
      [{ year: '2028', percent: '100,01' }, 'Skriv et tal mellem 0 og 100'],
      [{ year: '2028', percent: '-1' }, 'Skriv et tal mellem 0 og 100'],
      [{ year: '2028', percent: '0' }, 'Procenten giver et bidrag på 0 kr.'],
      [{ year: '2028', base: '1', percent: '0,0001' }, 'Procenten giver et bidrag på 0 kr.'],
      [{ year: '2028', noteDa: '' }, 'Udfyld'],
    ] as const) {
      const answer = await browser.submit(`${list}/VAL/bidrag`, { ...proposal, ...more })
      expect([answer.status, message]).toEqual([422, message])
      expect(textOf(answer.body)).toContain(message)
      expect(answer.body).toContain('Adopted budget 2027')
    }
    expect(await town.db('contributions').count({ n: '*' })).toEqual(before)
  })

  it('end with a word on the money that stays, and hand on to who takes over', async () => {
    const town = await aTown(engine)
    const { browser } = await town.official('administrator')
    const asked = textOf((await browser.get(`${list}/VAL/slut`)).body)
    expect(asked).toContain('Står i puljen til nye tilskud')
    expect(asked).toContain('113.800,00')
    const [bis, ves] = [await row(town, 'BIS'), await row(town, 'VES')]
    const end = (code: string, more: object = {}) =>
      browser.submit(`${list}/${code}/slut`, { ...on('lastDay', '2026-12-31'), ...more })
    const early = await end('VAL', on('lastDay', '2017-12-31'))
    expect(textOf(early.body)).toContain('Den sidste dag skal være efter den første')
    const past = await end('VAL', on('lastDay', '2025-12-31'))
    expect(textOf(past.body)).toContain('Der er et bidrag for 2026')
    expect((await end('VAL', { successor: String(bis.id) })).status).toBe(303)
    expect((await end('BIS', { successor: String(ves.id) })).status).toBe(303)
    const val = await row(town, 'VAL')
    expect([val.valid_to, val.successor_id]).toEqual(['2026-12-31', ves.id])
    expect(await lines(town, `contributor:${val.id}`)).toEqual([
      'endContributor',
      'changeSuccessor',
    ])
    expect((await end('VES', { successor: String(val.id) })).status).toBe(422)
    const late = await browser.submit(`${list}/VAL/bidrag`, proposal)
    expect(textOf(late.body)).toContain('Bidragyderen er ikke med i det år')
    expect(textOf((await browser.get(`${list}/VAL`)).body)).toContain('Vesterbro Lokaludvalg')
  })

  it('of another pool do not exist', async () => {
    const town = await aTown(engine)
    const id = await aPerson(town.db)
    const { pool_id } = await row(town, 'VAL')
    await aRole(town.db, id, 'administrator', { pool_id })
    const browser = await town.signedIn(id)
    expect(textOf((await browser.get(list)).body)).not.toContain('BUF')
    expect((await browser.get(`${list}/BUF`)).status).toBe(404)
    expect((await browser.get(`${list}/BUF/bidrag`)).status).toBe(404)
    expect((await browser.get(`${list}/tvaer/ny`)).status).toBe(403)
    expect((await browser.get(`${list}/VAL/slut`)).status).toBe(200)
  })
})
