import { describe, expect, it } from 'vitest'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { planRound } from '../../src/rounds/change-rounds.ts'
import { getActor } from '../../src/people/queries.ts'
import type { Db } from '../../src/db/connection.ts'
import type { RoundRow } from '../../src/db/tables.ts'
import { date } from '../../src/journey/application.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aPerson, aRole } from '../support/factories.ts'
import { aTown } from '../support/town.ts'
import type { Town } from '../support/town.ts'

const list = '/administration/runder'
const on = (name: string, day: string) => date(name, new Date(`${day}T12:00:00Z`))
const summer = {
  ...on('opens', '2029-03-01'),
  opensTime: '8.00',
  ...on('closes', '2029-06-15'),
  closesTime: '23.59',
  ...on('decides', '2029-08-01'),
}
const poolId = async (db: Db, code: string) =>
  (await db('pools').where({ code }).first<{ id: number }>('id')).id
const roundsIn = async (db: Db, code: string, year: number): Promise<string[]> =>
  db('rounds')
    .where({ pool_id: await poolId(db, code) })
    .andWhere('closes_at', 'like', `${year}%`)
    .orderBy('closes_at')
    .pluck('closes_at')
const newest = async (db: Db): Promise<RoundRow> => {
  const row = await db<RoundRow>('rounds').orderBy('id', 'desc').first()
  if (!row) throw new Error('no round')
  return row
}
const linesOf = async (town: Town) =>
  town
    .db('history')
    .where({ machine: 'round' })
    .orderBy('id')
    .select<{ chain: string; row_id: number; event: string; details: string }[]>(
      'chain',
      'row_id',
      'event',
      'details',
    )

describe.each(engines)('the rounds of a pool on %s', (engine) => {
  it('are planned in Danish time, changed and cancelled while nobody can have applied', async () => {
    const town = await aTown(engine)
    const { browser } = await town.official('administrator')
    await browser.complete(`${list}/tvaer/ny`, summer)
    const made = await newest(town.db)
    expect([made.opens_at, made.closes_at, made.decision_on]).toEqual([
      '2029-03-01T07:00:00.000Z',
      '2029-06-15T21:59:59.000Z',
      '2029-08-01',
    ])
    const page = textOf((await browser.get(`${list}?aar=2029`)).body)
    expect(page).toContain('15. juni 2029 kl. 23.59')
    await browser.complete(`${list}/${made.id}/ret`, { closesTime: '12.00' })
    expect((await newest(town.db)).closes_at).toBe('2029-06-15T10:00:00.000Z')
    const stale = await browser.submit(`${list}/${made.id}/ret`, { version: '1' })
    expect(stale.status).toBe(409)
    await browser.complete(`${list}/${made.id}/aflys`)
    expect(await town.db('rounds').where({ id: made.id })).toEqual([])
    const chain = `pool:${made.pool_id}`
    const line = { chain, row_id: made.id }
    expect(await linesOf(town)).toEqual([
      expect.objectContaining({ ...line, event: 'planRound' }),
      {
        ...line,
        event: 'changeRound',
        details: '{"closes_at":["2029-06-15T21:59:59.000Z","2029-06-15T10:00:00.000Z"]}',
      },
      expect.objectContaining({ ...line, event: 'cancelRound' }),
    ])
    expect((await runDoctor(town.db)).filter((f) => !f.ok)).toEqual([])
  })

  it('say at the field what cannot be, keep what was typed, and write nothing', async () => {
    const town = await aTown(engine)
    const { browser } = await town.official('administrator')
    const before = await town.db('rounds')
    const refused = async (more: object) => {
      const answer = await browser.submit(`${list}/tvaer/ny`, { ...summer, ...more })
      expect(answer.status).toBe(422)
      expect(answer.body).toContain('value="2029"')
      return textOf(answer.body)
    }
    expect(await refused(on('closes', '2029-02-01'))).toContain('efter at den er åbnet')
    expect(await refused(on('decides', '2029-06-15'))).toContain('skal komme efter fristen')
    expect(await refused(on('opens', '2026-03-01'))).toContain('tidligst åbne i dag')
    expect(await refused({ closesTime: '25.00' })).toContain('Skriv et klokkeslæt')
    expect(await refused({ ...on('opens', '2029-03-25'), opensTime: '2.30' })).toContain(
      'uret stilles frem',
    )
    expect(await refused(on('opens', '2028-09-15'))).toContain(
      'Puljen har allerede en runde fra 15. marts 2028 til 15. september 2028',
    )
    expect(await town.db('rounds')).toEqual(before)
    expect(await linesOf(town)).toEqual([])
  })

  it('are made of a whole year by a rule that is shown first, all or none', async () => {
    const town = await aTown(engine)
    const { browser } = await town.official('administrator')
    const months = [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]
    const rule = `aar=2029&dag=1&${months.map((m) => `maaned=${m}`).join('&')}&kl=23.59&uger=4`
    const preview = await browser.get(`${list}/lokal/aar?${rule}`)
    expect(textOf(preview.body)).toContain('Planlæg 11 runder')
    expect(await roundsIn(town.db, 'LOKAL', 2029)).toEqual([])
    await browser.complete(`${list}/lokal/aar?${rule}`)
    const made = await roundsIn(town.db, 'LOKAL', 2029)
    expect(made).toHaveLength(11)
    expect([made[0], made[5]]).toEqual(['2029-01-01T22:59:59.000Z', '2029-06-01T21:59:59.000Z'])
    const again = await browser.get(`${list}/lokal/aar?${rule}`)
    expect(textOf(again.body)).toContain('Der er ingen nye runder at planlægge')
    const inside = await browser.get(`${list}/lokal/aar?${rule.replace('dag=1', 'dag=20')}`)
    expect(textOf(inside.body)).toContain('Overlapper en anden runde')
    const odd = await browser.get(`${list}/lokal/aar?aar=1999&dag=x`)
    expect(odd.status).toBe(422)
    expect((await linesOf(town)).map((l) => l.event)).toEqual(made.map(() => 'planRound'))
  })

  it('are two never open at once, however many are planned at the same moment', async () => {
    const town = await aTown(engine)
    const { id } = await town.official('administrator')
    const actor = await getActor(town.db, id)
    const pool = await poolId(town.db, 'TVAER')
    const times = {
      opens_at: '2029-03-01T07:00:00.000Z',
      closes_at: '2029-06-15T10:00:00.000Z',
      decision_on: '2029-08-01',
    }
    const results = await Promise.allSettled(
      [0, 1, 2, 3].map((i) =>
        planRound(town.db, {
          actor,
          poolId: pool,
          times: { ...times, closes_at: times.closes_at.replace('-15T', `-${15 + i}T`) },
          now: town.now(),
        }),
      ),
    )
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
    const past = town.db('rounds').insert({
      ...times,
      closes_at: '2029-05-01T10:00:00.000Z',
      pool_id: pool,
    })
    await expect(past).rejects.toThrow(/overlap/)
    const { id: row } = await newest(town.db)
    const turned = town.db('rounds').where({ id: row }).update({ closes_at: times.opens_at })
    await expect(turned).rejects.toThrow(/overlap/)
  })

  it('stay as they are once somebody could apply, and for whoever administers another pool', async () => {
    const town = await aTown(engine)
    const { browser } = await town.official('administrator')
    const open = await town
      .db<RoundRow>('rounds')
      .where('opens_at', '<=', town.now())
      .andWhere('closes_at', '>', town.now())
      .first()
    const answer = await browser.submit(`${list}/${open?.id ?? 0}/aflys`)
    expect(answer.status).toBe(409)
    expect(textOf(answer.body)).toContain('Runden er åbnet')
    const id = await aPerson(town.db)
    await aRole(town.db, id, 'administrator', { pool_id: await poolId(town.db, 'LOKAL') })
    const other = await town.signedIn(id)
    expect(textOf((await other.get(list)).body)).not.toContain('Tværgående pulje')
    expect((await other.get(`${list}/tvaer/ny`)).status).toBe(403)
    await browser.complete(`${list}/tvaer/ny`, summer)
    expect((await other.get(`${list}/${(await newest(town.db)).id}/ret`)).status).toBe(404)
  })

  it('open later when the one before is extended, and never close before it', async () => {
    const town = await aTown(engine)
    const { browser } = await town.official('sagsbehandler')
    const pool = await poolId(town.db, 'LOKAL')
    const [open, next] = await town
      .db<RoundRow>('rounds')
      .where({ pool_id: pool })
      .andWhere('closes_at', '>', town.now())
      .orderBy('closes_at')
      .limit(2)
    const extend = (day: string) =>
      browser.submit(`/runder/${open?.id ?? 0}/forlaeng`, {
        ...on('newDate', day),
        reason: 'Siden var nede',
      })
    const tooFar = await extend('2026-05-02')
    expect([tooFar.status, textOf(tooFar.body).includes('før dagen for afgørelsen')]).toEqual([
      422,
      true,
    ])
    expect((await extend('2026-04-10')).status).toBe(303)
    const moved = await town
      .db<RoundRow>('rounds')
      .where({ id: next?.id ?? 0 })
      .first()
    expect([open?.closes_at, next?.opens_at, moved?.opens_at]).toEqual([
      '2026-04-01T21:59:59.000Z',
      '2026-04-01T22:00:00.000Z',
      '2026-04-10T22:00:00.000Z',
    ])
    expect((await linesOf(town)).map((l) => l.event)).toEqual(['openLater', 'extendRound'])
    expect((await runDoctor(town.db)).filter((f) => !f.ok)).toEqual([])
  })
})
