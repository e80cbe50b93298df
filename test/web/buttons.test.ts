import { expect, it } from 'vitest'
import { applicationEvents } from '../../workflows/vocabulary.ts'
import { everyStage } from '../support/every-stage.ts'
import type { Stage } from '../support/every-stage.ts'
import type { Town, Townsperson } from '../support/town.ts'
import { aTown } from '../support/town.ts'

/** Enough for those who may not even know that there is a case. */
const someEvents = ['grant', 'withdraw', 'close'] as const

/** What the page of a case offers this person, and what it says is blocked. */
async function pageOf(who: Townsperson, reference: string) {
  const { status, body } = await who.browser.get(`/ansoegninger/${reference}`)
  const offered = new RegExp(`href="/ansoegninger/${reference}/trin/(\\w+)"`, 'g')
  const csrf = /name="_csrf" value="([^"]+)"/.exec(body)?.[1]
  if (csrf === undefined) throw new Error(`${who.email} has no form on ${reference}: ${status}`)
  return {
    isShown: status === 200,
    offered: [...body.matchAll(offered)].map((match) => match[1] ?? ''),
    csrf,
  }
}

const hasForm = async (who: Townsperson, path: string) =>
  (await who.browser.get(path)).body.includes(`action="${path}"`)

async function peopleAround(town: Town, { cast }: Stage): Promise<Townsperson[]> {
  const officials = ['raadgiver', 'oekonomi', 'administrator', 'bidrag-amv']
  return [
    cast.applicant as Townsperson,
    cast.secretariat as Townsperson,
    cast.decisionMaker as Townsperson,
    cast.reviewers[0] as Townsperson,
    ...(await Promise.all(officials.map((key) => town.official(key)))),
    await town.person('fremmed@example.org'),
  ]
}

it('a write is taken only where the page offers its button, for every stage, event and person', async () => {
  const town = await aTown('SQLite')
  const stages = await everyStage(town)
  const faults: string[] = []
  let asked = 0
  for (const [stage, it] of Object.entries(stages)) {
    const { reference } = it
    const statusNow = () =>
      town.db('applications').where({ reference }).first<{ status: string; version: number }>()
    for (const who of await peopleAround(town, it)) {
      const page = await pageOf(who, reference)
      const { status: before, version } = await statusNow()
      const events = page.isShown ? applicationEvents : someEvents
      for (const event of events) {
        if (page.offered.includes(event)) continue
        const path = `/ansoegninger/${reference}/trin/${event}`
        const fields = { _csrf: page.csrf, version: String(version), requestKey: `${asked}` }
        const written = await who.browser.post(path, fields)
        const isBlocked = written.status === 422 && !(await hasForm(who, path))
        const expected = page.isShown ? [403, 409] : [403, 404]
        const name = `${stage} ${event} by ${who.email}`
        if (!isBlocked && !expected.includes(written.status))
          faults.push(`${name}: ${written.status}`)
        asked += 1
      }
      const { status: after } = await statusNow()
      if (after !== before) faults.push(`${stage} by ${who.email}: ${before} became ${after}`)
      for (const event of page.offered) {
        const path = `/ansoegninger/${reference}/trin/${event}`
        if (!(await hasForm(who, path))) {
          faults.push(`${stage} ${event} by ${who.email}: a button without a form`)
        }
      }
    }
  }
  expect(faults).toEqual([])
  expect(asked).toBeGreaterThan(1000)
}, 120_000)
