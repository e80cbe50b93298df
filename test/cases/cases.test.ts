import { describe, expect, it } from 'vitest'
import { decode } from '../../src/journey/forms.ts'
import type { Db } from '../../src/db/connection.ts'
import { statusesWith } from '../../workflows/lifecycle.ts'
import { insertRow } from '../support/factories.ts'
import { engines } from '../support/database.ts'
import { manyCases } from '../support/many-cases.ts'
import type { Client } from '../support/client.ts'
import { aTown } from '../support/town.ts'

const referencesOn = (html: string) =>
  [...html.matchAll(/href="\/ansoegninger\/(KK-[\d-]+)"/g)].map((match) => match[1] ?? '')
const linkOn = (html: string, rel: string) => {
  const link = new RegExp(`rel="${rel}" href="([^"]+)"`).exec(html)?.[1]
  return link === undefined ? undefined : decode(link)
}

async function statementsFor(db: Db, browser: Client, path: string): Promise<number> {
  let count = 0
  const heard = () => (count += 1)
  db.on('query', heard)
  await browser.get(path)
  db.removeListener('query', heard)
  return count
}

describe.each(engines)('the list of cases on %s', (engine) => {
  it('finds by number, CVR, names, words of the answers and parts of words, in any spelling', async () => {
    const town = await aTown(engine)
    const it = await town.sent({
      title: 'Syværkstedet på Åboulevarden',
      organisation: { name: 'Tråd & Nål', cvr: '00007005' },
    })
    await town.sent({ title: 'Cykler til alle' })
    const { browser } = await town.official('sagsbehandler')
    const find = async (q: string) =>
      referencesOn((await browser.get(`/sager?q=${encodeURIComponent(q)}`)).body)
    const plain = it.reference.replaceAll('-', '')
    const spellings = [
      it.reference,
      plain,
      '00 00 70 05',
      'værksted',
      'VAERKSTED',
      'åboulevard',
      'aaboulevard',
      'traad',
      'syværk åbou',
      'sy',
      'laver mad', // from the answers
    ]
    for (const q of spellings.slice(0, -1)) expect(await find(q), q).toEqual([it.reference])
    expect(await find('laver mad')).toHaveLength(2)
    for (const q of ['%', '_', "' or 1=1", 'findes ikke', 'syværk cykler']) {
      expect(await find(q), q).toEqual([])
    }
    await it.cast.applicant.browser.complete('/profil', { name: 'Ursula Ny' })
    expect(await find('ursula')).toEqual([it.reference])
  })

  it('is read page by page in every order, there and back, each case once', async () => {
    const town = await aTown(engine)
    await manyCases(town.db, 120)
    const { browser } = await town.official('sagsbehandler')
    for (const order of ['newest', 'oldest', 'expected', 'title', 'amount']) {
      const pages: string[][] = []
      let path: string | undefined = `/sager?orden=${order}`
      let last = ''
      while (path !== undefined) {
        const { body } = await browser.get(path)
        pages.push(referencesOn(body))
        last = body
        path = linkOn(body, 'next')
      }
      expect(
        pages.map((page) => page.length),
        order,
      ).toEqual([50, 50, 20])
      expect(new Set(pages.flat()).size, order).toBe(120)
      const back = await browser.get(linkOn(last, 'prev') ?? '')
      expect(referencesOn(back.body), order).toEqual(pages[1])
      const first = await browser.get(linkOn(back.body, 'prev') ?? '')
      expect(referencesOn(first.body), order).toEqual(pages[0])
      expect(linkOn(first.body, 'prev')).toBeUndefined()
    }
    for (const odd of ['efter=x', 'efter=~1', "efter='~1&orden=amount", 'orden=x', 'aar=99']) {
      expect((await browser.get(`/sager?${odd}`)).status, odd).toBe(200)
    }
  })

  it('shows nobody more than their pools, no draft, and nothing of a case they are barred from', async () => {
    const town = await aTown(engine)
    const local = await town.sent()
    const shared = await town.sent({ pool: 'TVAER', kroner: '200.000', budgetKroner: '300.000' })
    await town.draft()
    const list = async (key: string, path = '/sager') =>
      (await (await town.official(key)).browser.get(path)).body
    expect(referencesOn(await list('sagsbehandler')).sort()).toEqual(
      [local.reference, shared.reference].sort(),
    )
    expect(referencesOn(await list('puljeudvalg'))).toEqual([local.reference])
    expect(referencesOn(await list('styregruppe'))).toEqual([shared.reference])
    expect(referencesOn(await list('styregruppe', '/sager?pulje=LOKAL'))).toEqual([])
    expect(await list('styregruppe', '/sager.csv')).not.toContain(local.reference)
    const { id } = await town.official('puljeudvalg')
    await insertRow(town.db, 'reviews', {
      application_id: (
        await town
          .db('applications')
          .where({ reference: local.reference })
          .first<{ id: number }>('id')
      ).id,
      reviewer_id: id,
      status: statusesWith('review', 'barred')[0],
      due_on: '2027-01-01',
      invited_at: town.now(),
    })
    expect(referencesOn(await list('puljeudvalg'))).toEqual([])
  })

  it('is a file of the same cases, in which no cell can run', async () => {
    const town = await aTown(engine)
    const { reference } = await town.sent({ title: '=HYPERLINK("http://x")' })
    await town.sent({ title: 'Cykler; "til" alle' })
    const { browser } = await town.official('sagsbehandler')
    const csv = await browser.get('/sager.csv?orden=oldest')
    expect(csv.headers.get('content-disposition')).toMatch(
      /^attachment; filename=sager-\d{4}-\d\d-\d\d\.csv$/,
    )
    const [head, first, second, end] = csv.body.split('\r\n')
    expect(head).toContain('Sagsnummer;Titel;Organisation;CVR;')
    expect(first).toContain(`${reference};"'=HYPERLINK(""http://x"")";`)
    expect(first).toMatch(/;80000,00$/)
    expect(second).toContain('"Cykler; ""til"" alle"')
    expect(end).toBe('')
    const one = await browser.get('/sager.csv?q=cykler')
    expect(one.body.split('\r\n')).toHaveLength(3)
    const xlsx = await browser.get('/sager.xlsx')
    expect(xlsx.status).toBe(200)
    expect(xlsx.body.slice(0, 2)).toBe('PK')
  })

  it('asks the database the same number of questions for five thousand cases as for fifty', async () => {
    const town = await aTown(engine)
    const { reference } = await town.sent()
    const { browser } = await town.official('sagsbehandler')
    const pages = [
      '/sager',
      '/sager?q=værksted&orden=title',
      '/indbakke',
      `/ansoegninger/${reference}`,
    ]
    await manyCases(town.db, 50)
    const few = []
    for (const path of pages) few.push(await statementsFor(town.db, browser, path))
    await manyCases(town.db, 5000, 50)
    const many = []
    for (const path of pages) many.push(await statementsFor(town.db, browser, path))
    expect(many).toEqual(few)
    expect(few[0]).toBeLessThanOrEqual(8)
  })
})
