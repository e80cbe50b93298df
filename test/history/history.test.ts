import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { statusesWith } from '../../workflows/lifecycle.ts'
import type { Db } from '../../src/db/connection.ts'
import { auditCatalogue } from '../../src/history/catalogue.ts'
import { eventWords } from '../../src/history/describe-line.ts'
import { decode } from '../../src/journey/forms.ts'
import { date } from '../../src/journey/application.ts'
import { grant, pay, review, step } from '../../src/journey/stages.ts'
import { t } from '../../src/templates/i18n.ts'
import { textOf } from '../support/client.ts'
import type { Client } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aPerson, aRole, insertRow } from '../support/factories.ts'
import { aTown } from '../support/town.ts'

const list = '/administration/historik'
const link = (html: string, rel: string) => {
  const found = new RegExp(`rel="${rel}" href="([^"]+)"`).exec(html)?.[1]
  return found === undefined ? undefined : decode(found)
}
const rowsOn = (html: string) => [...html.matchAll(/<tr><th scope="row">([^<]*)/g)].map((m) => m[1])
const poolId = async (db: Db, code: string) =>
  (await db('pools').where({ code }).first<{ id: number }>('id')).id

/** Lines of a round that never was, one a minute; past every rule, for lists only. */
async function manyLines(db: Db, pool: number, count: number, first = 0): Promise<void> {
  for (let from = first; from < count; from += 500) {
    await db('history').insert(
      Array.from({ length: Math.min(500, count - from) }, (_, k) => ({
        chain: `pool:${pool}`,
        seq: 100_000 + from + k,
        machine: 'round',
        row_id: 0,
        event: 'planRound',
        actor_role: 'administrator',
        details: '{"decision_on":"2031-01-01"}',
        at: new Date(Date.UTC(2020, 0, 1) + (from + k) * 60_000).toISOString(),
        prev_hash: '',
        hash: '',
      })),
    )
  }
}

async function statementsFor(db: Db, browser: Client, path: string): Promise<number> {
  let count = 0
  const heard = () => (count += 1)
  db.on('query', heard)
  await browser.get(path)
  db.removeListener('query', heard)
  return count
}

it('has words for everything that it can be asked for', () => {
  for (const lang of ['da', 'en'] as const) {
    const without = auditCatalogue.flatMap(({ machine, events }) =>
      events.filter((event) => {
        const plain = t(lang, `history.machine.${machine}`)
        return eventWords(machine, event, lang) === t(lang, 'history.changed', { what: plain })
      }),
    )
    expect(without).toEqual([])
  }
})

it('knows everything that any file writes into it', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  const written = files.flatMap((name) => {
    const text = readFileSync(`src/${name}`, 'utf8')
    return [...text.matchAll(/recordHistory\(trx, \{[^]*?\bmachine: '(\w+)'/g)].map((m) => m[1])
  })
  expect(written.length).toBeGreaterThan(8)
  expect(auditCatalogue.map(({ machine }) => machine)).toEqual(expect.arrayContaining(written))
})

describe.each(engines)('the history of everything on %s', (engine) => {
  it('says who did what, before and after, and keeps sealed what is sealed', async () => {
    const town = await aTown(engine)
    const { browser } = await town.official('administrator')
    const { reference, cast } = await town.sent()
    await review(reference, cast)
    await grant(reference, cast, { amount: '80.000', conditions: '' })
    await pay(reference, cast)
    const other = await town.sent()
    const [reviewer] = other.cast.reviewers
    await other.cast.secretariat.browser.complete(
      `/ansoegninger/${other.reference}`,
      { reviewer: String((await town.person(reviewer.email)).id) },
      `/ansoegninger/${other.reference}/bedoemmere`,
    )
    const { id } = await town.db('reviews').orderBy('id', 'desc').first<{ id: number }>('id')
    const asked = await town.person(reviewer.email)
    await asked.browser.complete(`/bedoemmelser/${id}/trin/reportConflict`, {
      reason: 'Gift med forpersonen',
    })
    await step(other.cast.secretariat, other.reference, 'dismiss', {
      ground: 'outOfScope',
      reasons: 'Ikke socialt nok',
      rule: 'afsnit 2',
      onwardHelp: 'Spørg biblioteket',
    })
    const { organisation_id: group } = await town
      .db('applications')
      .where({ reference })
      .first<{ organisation_id: number }>('organisation_id')
    const invite = { email: 'ny@example.dk', role: 'edit' }
    await cast.applicant.browser.complete(`/organisationer/${group}/inviter`, invite)
    const invited = textOf((await browser.get(`${list}?hvad=member`)).body)
    expect(invited).toMatch(/Et medlem blev inviteret Rolle: kan se og skrive Nabo/)
    await browser.complete('/administration/bidragydere/VAL/navn', { nameDa: '=Valby' })
    const page = await browser.get(list)
    const text = textOf(page.body)
    expect(rowsOn(page.body)[0]).toBe('En bidragyder fik nyt navn')
    expect(text).toContain('Navn på dansk: Valby Lokaludvalg →')
    expect(text).toContain('En bedømmer meldte inhabilitet')
    expect(text).toContain(reference)
    const csv = (await browser.get(`${list}.csv`)).body
    expect(csv).toContain('Navn på dansk: Valby Lokaludvalg → =Valby')
    expect(csv).toContain(";'=Valby;")
    for (const sealed of ['Gift med', 'Ikke socialt nok', 'afsnit 2', 'score']) {
      expect(text, sealed).not.toContain(sealed)
      expect(csv, sealed).not.toContain(sealed)
    }
    const { applicant } = cast
    const { organisation_id } = await town
      .db('applications')
      .where({ reference })
      .first<{ organisation_id: number }>('organisation_id')
    await applicant.browser.complete(`/organisationer/${organisation_id}/inviter`, {
      email: 'ny@example.dk',
      role: 'view',
    })
    const [members] = (await browser.get(`${list}?hvad=member`)).body.split('</tr>').slice(1)
    expect(textOf(members ?? '')).toMatch(/Et medlem blev inviteret.*Nabohjælp/s)
    const seen = await town
      .db('history')
      .distinct('machine', 'event')
      .select<{ machine: string; event: string }[]>('machine', 'event')
    const unknown = seen.filter(
      ({ machine, event }) =>
        !auditCatalogue.some((m) => m.machine === machine && m.events.includes(event)),
    )
    expect(unknown).toEqual([])
    await browser.post('/sprog', {
      ...(await browser.formOf('/profil', '/sprog')).fields,
      lang: 'en',
    })
    expect(textOf((await browser.get(list)).body)).toContain('A contributor was given a new name')
  })

  it('is found by what, event, who, case and days, and an odd address finds all', async () => {
    const town = await aTown(engine)
    const { browser } = await town.official('administrator')
    const { reference, cast } = await town.sent()
    await step(cast.secretariat, reference, 'requestInformation', {
      question: 'Hvem låser op?',
      ...date('answerBy', new Date('2026-12-01T12:00:00Z')),
    })
    const pool = await poolId(town.db, 'LOKAL')
    await manyLines(town.db, pool, 3)
    const found = async (query: string) => rowsOn((await browser.get(`${list}?${query}`)).body)
    const asked = 'Vi bad om flere oplysninger'
    expect(await found(`sag=${reference.toLowerCase()}`)).toEqual([asked, 'Ansøgningen blev sendt'])
    expect(await found('haendelse=application.requestInformation')).toEqual([asked])
    expect(await found(`hvem=SAGSBEHANDLER%40example.org&hvad=application`)).toEqual([asked])
    expect(await found('hvad=round')).toHaveLength(3)
    expect(await found('hvad=round&fra=2020-01-02')).toEqual([])
    expect(await found('fra=2020-01-01&til=2020-01-01')).toHaveLength(3)
    expect(await found('hvem=%25&hvad=application')).toEqual([])
    for (const odd of [
      'fra=2020-02-31',
      'efter=x',
      'haendelse=a.b',
      "sag='&hvad=x",
      'fra=a&fra=b',
    ]) {
      expect((await browser.get(`${list}?${odd}`)).status, odd).toBe(200)
    }
    const csv = (await browser.get(`${list}.csv?hvad=round`)).body.split('\r\n')
    expect(csv).toHaveLength(5)
    expect(csv[1]).toContain('2020-01-01;01:02:00;Ansøgningsrunder;En runde blev planlagt')
    expect((await browser.get(`${list}.xlsx`)).body.slice(0, 2)).toBe('PK')
  })

  it('is read page by page, there and back, with the same number of statements for many', async () => {
    const town = await aTown(engine)
    const { browser } = await town.official('administrator')
    const pool = await poolId(town.db, 'LOKAL')
    await manyLines(town.db, pool, 120)
    const pages: string[] = []
    let path: string | undefined = `${list}?hvad=round`
    while (path !== undefined) {
      const { body } = await browser.get(path)
      pages.push(body)
      path = link(body, 'next')
    }
    expect(pages.map((body) => rowsOn(body).length)).toEqual([50, 50, 20])
    const back = await browser.get(link(pages[2] ?? '', 'prev') ?? '')
    expect(textOf(back.body)).toBe(textOf(pages[1] ?? ''))
    const few = await statementsFor(town.db, browser, list)
    await manyLines(town.db, pool, 3000, 120)
    expect(await statementsFor(town.db, browser, list)).toBe(few)
    expect(few).toBeLessThanOrEqual(8)
  })

  it('shows whoever administers one pool that pool only, and nobody a case they are barred from', async () => {
    const town = await aTown(engine)
    const local = await town.sent()
    const shared = await town.sent({ pool: 'TVAER', kroner: '200.000', budgetKroner: '300.000' })
    const admin = await town.official('administrator')
    await admin.browser.complete('/administration/bidragydere/BUF/navn', { nameEn: 'Schools' })
    await admin.browser.complete('/administration/bidragydere/VAL/navn', { nameEn: 'Valby' })
    const someone = await aPerson(town.db)
    await admin.browser.complete(`/administration/personer/${someone}/roller`, { role: 'adviser' })
    const id = await aPerson(town.db)
    await aRole(town.db, id, 'administrator', { pool_id: await poolId(town.db, 'LOKAL') })
    const own = await town.signedIn(id)
    const all = textOf((await admin.browser.get(list)).body)
    const some = textOf((await own.get(list)).body)
    const words = (text: string) =>
      [local.reference, shared.reference, '→ Valby', '→ Schools', 'Rolle: rådgiver'].map((word) =>
        text.includes(word),
      )
    expect(words(all)).toEqual([true, true, true, true, true])
    expect(words(some)).toEqual([true, false, true, false, false])
    expect((await own.get(`${list}.csv`)).body).not.toContain(shared.reference)
    await insertRow(town.db, 'reviews', {
      application_id: (
        await town
          .db('applications')
          .where({ reference: local.reference })
          .first<{ id: number }>('id')
      ).id,
      reviewer_id: admin.id,
      status: statusesWith('review', 'barred')[0],
      due_on: '2027-01-01',
      invited_at: town.now(),
    })
    expect(words(textOf((await admin.browser.get(list)).body))[0]).toBe(false)
  })
})
