import { expect, it } from 'vitest'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { engines } from '../support/database.ts'
import { aTown } from '../support/town.ts'

const hostile = [
  "'",
  "' or '1'='1",
  '1 OR 1=1',
  "x'); drop table people;--",
  'desc;--',
  '%',
  '_',
  '\\',
  '\u0000',
  '"><script>alert(1)</script>',
]

/** Every address that reads something from what follows its question mark. */
const searched: Record<string, string[]> = {
  '/sager': ['q', 'pulje', 'status', 'sager', 'sorter', 'orden', 'efter', 'foer', 'aar', 'mine'],
  '/sager.csv': ['q', 'orden'],
  '/indbakke': ['q', 'vis'],
  '/sager/samlet': ['handling', 'sag', 'soegning'],
  '/mails': ['status', 'side'],
  '/administration/historik': ['hvad', 'haendelse', 'hvem', 'sag', 'fra', 'til', 'efter', 'foer'],
  '/administration/runder': ['aar'],
  '/log-ind': ['videre'],
  '/log-ind/kode': ['adresse'],
}

it.each(engines)(
  'what stands in an address is a word to look for, and never more, on %s',
  async (engine) => {
    const town = await aTown(engine)
    await town.sent()
    const people = [
      (await town.official('sagsbehandler')).browser,
      (await town.official('administrator')).browser,
    ]
    const before = await town.db('people').orderBy('id')
    const faults: string[] = []
    for (const [path, names] of Object.entries(searched)) {
      for (const name of names) {
        for (const text of hostile) {
          const address = `${path}?${new URLSearchParams({ [name]: text }).toString()}`
          for (const browser of people) {
            const { status, body } = await browser.get(address)
            if (status >= 500) faults.push(`${address}: ${status}`)
            if (body.includes('<script>alert')) faults.push(`${address}: script`)
          }
        }
      }
    }
    expect(faults).toEqual([])
    // Signs that stand for anything in SQL stand for themselves in a search.
    for (const text of ["' or '1'='1", '%', '_']) {
      const [secretariat] = people
      const found = await secretariat?.get(
        `/sager.csv?${new URLSearchParams({ q: text }).toString()}`,
      )
      expect([text, found?.body.includes('KK-')]).toEqual([text, false])
    }
    expect(await town.db('people').orderBy('id')).toEqual(before)
    expect((await runDoctor(town.db)).filter((f) => !f.ok)).toEqual([])
  },
  60_000,
)
