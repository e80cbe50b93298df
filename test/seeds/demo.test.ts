import { describe, expect, it } from 'vitest'
import { demoActor, demoOrganisations } from '../../seeds/people.ts'
import { seedWhenEmpty } from '../../seeds/seed.ts'
import { fireDueDeadlines } from '../../src/applications/deadlines.ts'
import { listDueDeadlines } from '../../src/applications/queries.ts'
import { readConfig } from '../../src/config.ts'
import type { HistoryRow, ReportRow } from '../../src/db/case-tables.ts'
import type { Db } from '../../src/db/connection.ts'
import { inboxPage } from '../../src/inbox/pages.ts'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { getActor } from '../../src/people/queries.ts'
import { rolesInCase, rolesInPool } from '../../src/shared/actor.ts'
import { frozenClock } from '../support/clock.ts'
import type { Engine } from '../support/database.ts'
import { engines, freshDatabase } from '../support/database.ts'

const config = readConfig({})
const someDay = '2026-11-24T10:00:00.000Z'

async function aSeededDemo(engine: Engine, today = someDay) {
  const db = await freshDatabase(engine)
  const clock = frozenClock(today)
  await seedWhenEmpty(db, config, clock)
  return { db, clock, now: clock().toISOString() }
}

/** Domain.md 8.6, and what the same applicants have beside it. In kroner. */
const expected = [
  ['Cykelsmedjen Nordvest (demo)', 'TVAER', 'tapering', 800_000, 600_000],
  ['Rest & Ret (demo)', 'LOKAL', 'proofOfConcept', 95_000, 80_000],
  ['Kodekæden (demo)', 'TVAER', 'underReview', 950_000, null],
  ['Reparationsbussen (demo)', 'LOKAL', 'tapering', 120_000, 120_000],
  ['Reparationsbussen (demo)', 'TVAER', 'draft', 640_000, null],
  ['Grønne Hænder Valby (demo)', 'LOKAL', 'followUpAdvice', 60_000, 60_000],
  ['Grønne Hænder Valby (demo)', 'TVAER', 'partyHearing', 180_000, null],
  ['Talt Sammen (demo)', 'LOKAL', 'rejected', 45_000, null],
  ['Tråd & Tillid (demo)', 'TVAER', 'proofOfConcept', 700_000, 500_000],
  ['Havnens Hænder (demo)', 'LOKAL', 'submitted', 25_000, null],
  ['Havnens Hænder (demo)', 'LOKAL', 'moveProposed', 190_000, null],
  ['Lyslinjen (demo)', 'LOKAL', 'withdrawn', 90_000, null],
  ['Lyslinjen (demo)', 'LOKAL', 'awaitingInformation', 48_000, null],
  ['Stille Stue (demo)', 'LOKAL', 'closed', 110_000, 100_000],
  ['Stille Stue (demo)', 'LOKAL', 'granted', 22_000, 22_000],
  ['Bytteriet (demo)', 'LOKAL', 'proofOfConcept', 40_000, 40_000],
  ['Lydhør (demo)', 'TVAER', 'proofOfConcept', 400_000, 350_000],
  ['Solsikke Logistik (demo)', 'TVAER', 'reviewed', 500_000, null],
  ['Æbleværket (demo)', 'LOKAL', 'repaymentDue', 30_000, 30_000],
  ['Æbleværket (demo)', 'TVAER', 'draft', 150_000, null],
]

describe.each(engines)('the demo on %s', (engine) => {
  it('shows every applicant of the list in the state that is promised', async () => {
    const { db, clock, now } = await aSeededDemo(engine)
    const cases = await db('applications as a')
      .join('organisations as o', 'o.id', 'a.organisation_id')
      .join('pools as p', 'p.id', 'a.pool_id')
      .leftJoin('grants as g', 'g.application_id', 'a.id')
      .select<
        { name: string; code: string; status: string; asked: number; granted: number | null }[]
      >('o.name', 'p.code', 'a.status', 'a.requested_ore as asked', 'g.amount_ore as granted')
    const kroner = (ore: number | null) => (ore === null ? null : ore / 100)
    expect(
      cases.map((c) => [c.name, c.code, c.status, kroner(c.asked), kroner(c.granted)]).sort(),
    ).toEqual([...expected].sort())
    expect(new Set(cases.map((c) => c.name))).toEqual(new Set(demoOrganisations.map((o) => o.name)))

    await hasWhatItsStatusDoesNotTell(db)
    await hasWorkForEverybody(db, now)
    expect((await runDoctor(db)).filter(({ ok }) => !ok)).toEqual([])
    await isDoneByThoseWhoMay(db)

    const before = await everything(db)
    await fireDueDeadlines(db, now, config)
    await seedWhenEmpty(db, config, clock)
    expect(await everything(db)).toEqual(before)
  })
})

describe('the demo on any day', () => {
  it.each([
    ['in the first days of a year', '2027-01-03T09:00:00.000Z', []],
    ['an hour after a round has opened', '2026-09-15T11:00:00.000Z', []],
    ['before a deadline', '2028-02-29T23:30:00.000Z', ['draftReminder']],
  ])('leaves nothing to happen behind anybody’s back: %s', async (_, today, also) => {
    const { db, now } = await aSeededDemo('SQLite', today)
    expect((await listDueDeadlines(db, now)).map((d) => d.kind)).toEqual([])
    const soon = new Date(Date.parse(now) + 13 * 86_400_000).toISOString()
    const meant = ['acceptanceReminder', ...also]
    for (const { kind } of await listDueDeadlines(db, soon)) expect(meant).toContain(kind)

    const late = await db('history').where('at', '>', now).select('id')
    expect(late).toEqual([])
    expect((await runDoctor(db)).filter(({ ok }) => !ok)).toEqual([])
  })
})

async function hasWhatItsStatusDoesNotTell(db: Db): Promise<void> {
  const of = (name: string) =>
    db('applications as a')
      .join('organisations as o', 'o.id', 'a.organisation_id')
      .where('o.name', `${name} (demo)`)
      .orderBy('a.id')
      .first<{ id: number }>('a.id')
  const rows = async (table: string, name: string, columns: string[]) =>
    db(table)
      .where({ application_id: (await of(name)).id })
      .orderBy('id')
      .select(columns)

  expect(await rows('instalments', 'Cykelsmedjen Nordvest', ['status'])).toEqual(
    ['paid', 'paid', 'due', 'planned'].map((status) => ({ status })),
  )
  const onward = await rows('onward_items', 'Cykelsmedjen Nordvest', ['kind', 'done_at'])
  const tasks = onward.filter((i) => i.kind === 'task')
  expect([tasks.length, tasks.filter((i) => i.done_at !== null).length]).toEqual([7, 4])
  expect(await rows('reviews', 'Kodekæden', ['status'])).toEqual(
    ['submitted', 'excluded', 'drafted'].map((status) => ({ status })),
  )
  expect((await rows('instalments', 'Tråd & Tillid', ['status']))[0]).toEqual({
    status: 'approved',
  })
  expect((await rows('instalments', 'Lydhør', ['status']))[0]).toEqual({ status: 'ordered' })
  const accounts = (await rows('reports', 'Bytteriet', ['kind', 'status'])) as ReportRow[]
  expect(accounts.at(-1)).toEqual({ kind: 'final', status: 'overdue' })

  const back = await db('ledger_entries as e')
    .join('ledger_postings as p', 'p.id', 'e.posting_id')
    .where({ 'p.application_id': (await of('Stille Stue')).id, 'p.kind': 'return' })
    .andWhere('e.side', 'debit')
    .sum({ ore: 'e.amount_ore' })
    .first<{ ore: number }>()
  expect(back.ore).toBe(1_845_000)
}

async function hasWorkForEverybody(db: Db, now: string): Promise<void> {
  const actor = await demoActor(db, 'sagsbehandler')
  const viewer = { actor, lang: 'da', now } as const
  for (const show of ['mine', 'nobody', 'late'] as const) {
    const { groups } = await inboxPage(db, actor, viewer, { search: '', show })
    expect(groups.length, show).toBeGreaterThan(0)
  }
  const messages = await db('messages').distinct('side').orderBy('side').pluck<string[]>('side')
  expect(messages).toEqual(['applicant', 'municipality'])
  expect(await db('outbox').whereNot('status', 'sent').select('id')).toEqual([])
  const years = await db('pool_years').select<{ available_ore: number }[]>('available_ore')
  for (const year of years) expect(year.available_ore).toBeGreaterThan(0)
}

/** Each line of the history was written by somebody with that role in that very case. */
async function isDoneByThoseWhoMay(db: Db): Promise<void> {
  const lines = await db('history as h')
    .leftJoin('applications as a', 'a.id', 'h.application_id')
    .select<(HistoryRow & { pool_id: number | null; organisation_id: number | null })[]>(
      'h.*',
      'a.pool_id',
      'a.organisation_id',
    )
  const people = await db('people').pluck<number[]>('id')
  const actors = new Map(
    await Promise.all(people.map(async (id) => [id, await getActor(db, id)] as const)),
  )
  const wrong = lines.filter((line) => {
    if (line.actor_id === null) return line.actor_role !== 'clock'
    const actor = actors.get(line.actor_id)
    if (!actor) return true
    const roles: string[] =
      line.pool_id === null || line.organisation_id === null
        ? rolesInPool(actor, -1)
        : rolesInCase(actor, { pool_id: line.pool_id, organisation_id: line.organisation_id })
    return !roles.includes(line.actor_role)
  })
  expect(wrong).toEqual([])
  expect(new Set(lines.map((line) => line.actor_role)).size).toBeGreaterThan(6)
}

const tables = [
  'applications',
  'history',
  'outbox',
  'deadlines',
  'ledger_entries',
  'tasks',
  'people',
]

async function everything(db: Db): Promise<unknown[]> {
  return Promise.all(tables.map((table) => db(table).orderBy('id').select('*')))
}
