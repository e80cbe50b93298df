import { describe, expect, it } from 'vitest'
import type { Db } from '../../src/db/connection.ts'
import { review } from '../../src/journey/stages.ts'
import { statusesWith } from '../../workflows/lifecycle.ts'
import type { Client } from '../support/client.ts'
import { engines } from '../support/database.ts'
import type { Engine } from '../support/database.ts'
import { manyCases } from '../support/many-cases.ts'
import type { Town } from '../support/town.ts'
import { aTown } from '../support/town.ts'

/** What a page may take, and how much more with twenty times as many cases. */
const mostMs = 50
const mostTimes = 1.2
const few = 5_000
const many = 100_000
const rounds = 30

type Page = { path: string; browser: Client }

describe.each(engines)('pages on %s', (engine) => {
  it('take no longer when there are many cases', async () => {
    const small = await aTownWith(engine, few)
    const large = await aTownWith(engine, many)
    const rows = []
    for (const [i, page] of small.entries()) {
      const other = large[i]
      if (!other) throw new Error('the towns have the same pages')
      const [a, b] = await mediansOf(page, other)
      rows.push({ path: page.path, [few]: round(a), [many]: round(b), times: round(b / a) })
    }
    console.log(`${engine}: median of ${rounds} requests, ms`)
    console.table(rows)
    expect(rows.filter((row) => row[few] > mostMs || row[many] > mostMs * mostTimes)).toEqual([])
    // What waits is more where twenty times as much is open: those lists are held to the limit alone.
    // Below ten milliseconds the clock's own noise is larger than a fifth.
    const isWaiting = (path: string) => /^\/(indbakke|afgoerelser)/.test(path)
    const steady = rows.filter((row) => !isWaiting(row.path) && row[many] > 10)
    expect(steady.filter((row) => row.times > mostTimes)).toEqual([])
  })
})

/** The pages of a town with so many cases, and much that is due. */
async function aTownWith(engine: Engine, count: number): Promise<Page[]> {
  const town = await aTown(engine)
  const pages = await pagesOf(town)
  await manyCases(town.db, count)
  await muchIsDue(town.db)
  await town.db.raw('analyze')
  return pages
}

const round = (n: number) => Math.round(n * 10) / 10

async function pagesOf(town: Town): Promise<Page[]> {
  const { reference, cast } = await town.sent({ title: 'Syværksted i Valby' })
  await review(reference, cast)
  const { browser } = await town.official('sagsbehandler')
  const decider = (await town.official('puljeudvalg')).browser
  const applicant = (await town.person(cast.applicant.email)).browser
  const official = [
    '/sager',
    '/sager?orden=title',
    '/sager?q=byhave',
    '/sager?q=findes+ikke',
    '/indbakke',
    '/indbakke?vis=mine',
    '/indbakke?q=byhave',
    `/ansoegninger/${reference}`,
  ]
  return [
    ...official.map((path) => ({ path, browser })),
    { path: '/afgoerelser', browser: decider },
    { path: '/mine-sager', browser: applicant },
    { path: `/ansoegninger/${reference}`, browser: applicant },
  ]
}

/** Handlers, reviews and tasks for the many cases, so that the inbox has something to find. */
async function muchIsDue(db: Db): Promise<void> {
  const added = () =>
    db('applications').where('reference', '>=', 'KK-2025-').andWhere('reference', '<', 'KK-2026-')
  const reviewer = await db('roles').where({ role: 'reviewer' }).first<{ person_id: number }>()
  const insert = async (table: string, columns: string[], rows: ReturnType<Db['select']>) => {
    await db(db.raw(`?? (${columns.map(() => '??').join(', ')})`, [table, ...columns])).insert(rows)
  }
  const handlers = await db('roles').where({ role: 'secretariat' }).pluck<number[]>('person_id')
  for (const [i, id] of handlers.entries()) {
    await added()
      .whereRaw(`id % ${2 * handlers.length + 1} = ${i}`)
      .update({ case_handler_id: id })
  }
  await insert(
    'reviews',
    ['application_id', 'reviewer_id', 'status', 'due_on', 'invited_at'],
    added()
      .whereIn('status', statusesWith('application', 'assessable'))
      .select(
        'id',
        db.raw(`${reviewer.person_id}, 'accepted', decision_expected_on, submitted_at`),
      ),
  )
  await insert(
    'tasks',
    ['application_id', 'kind', 'detail', 'created_at', 'done_at'],
    added()
      .whereRaw('id % 7 = 0')
      .select(
        'id',
        db.raw(
          "'deadMail', '', submitted_at, case when id / 7 % 5 = 0 then null else submitted_at end",
        ),
      ),
  )
}

/** In turn, one request here and one there: whatever else the machine does is in both. */
async function mediansOf(one: Page, other: Page): Promise<[number, number]> {
  const took: [number[], number[]] = [[], []]
  for (let i = 0; i < rounds + 5; i += 1) {
    const both = [await timeOf(one), await timeOf(other)] as const
    if (i >= 5) both.forEach((ms, k) => took[k]?.push(ms))
  }
  const [a, b] = took.map((all) => all.sort((x, y) => x - y)[rounds / 2] ?? Infinity)
  return [a ?? Infinity, b ?? Infinity]
}

async function timeOf({ path, browser }: Page): Promise<number> {
  const before = performance.now()
  const { status } = await browser.get(path)
  if (status !== 200) throw new Error(`${path}: ${status}`)
  return performance.now() - before
}
