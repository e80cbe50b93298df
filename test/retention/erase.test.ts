import { describe, expect, it } from 'vitest'
import { date } from '../../src/journey/application.ts'
import { adviseAndClose, grant, pay, report, review, step } from '../../src/journey/stages.ts'
import { recordHistory } from '../../src/history/record-history.ts'
import { eraseDue, planErasure } from '../../src/retention/erase-due.ts'
import { textOf } from '../support/client.ts'
import { sha256 } from '../../src/shared/secrets.ts'
import { engines } from '../support/database.ts'
import { insertRow } from '../support/factories.ts'
import type { Engine } from '../support/database.ts'
import type { Town } from '../support/town.ts'
import { aTown } from '../support/town.ts'
import { editEverywhere, failing, withoutTriggers } from '../support/edits.ts'

const secret = 'Bedstemor Karla'
const soon = () => date('answerBy', new Date(Date.now() + 9 * 86_400_000))

/** A refused case with words of everybody in every place; every mail has gone out. */
async function aRefusedCase(town: Town) {
  const { reference, cast } = await town.sent({ summary: `${secret} laver maden.` })
  const page = `/ansoegninger/${reference}`
  await aFile(town, reference)
  await cast.applicant.browser.complete(page, { body: `${secret} er syg.` }, `${page}/beskeder`)
  await cast.secretariat.browser.complete(`${page}/notater`, {
    kind: 'call',
    party: secret,
    body: `${secret} ringede.`,
  })
  await step(cast.secretariat, reference, 'requestInformation', {
    question: `Hvem er ${secret}?`,
    ...soon(),
  })
  await step(cast.applicant, reference, 'provideInformation', { answer: `${secret} er vores kok.` })
  await review(reference, cast)
  await step(cast.decisionMaker, reference, 'reject', {
    reasons: `${secret} kan ikke nå det.`,
    rule: 'Puljens kriterium 6',
    hearing: 'notNeeded',
    hearingWhy: `Kun ${secret}s egne oplysninger.`,
    onwardHelp: 'Bydelens frivilligcenter.',
  })
  await step(cast.applicant, reference, 'acceptAdvice')
  await adviseAndClose(reference, cast)
  return { reference, cast, page }
}

/** A file of the case, its bytes beside it. */
async function aFile(town: Town, reference: string): Promise<void> {
  const it = await town
    .db('applications')
    .where({ reference })
    .first<{ id: number; contact_id: number }>('id', 'contact_id')
  const bytes = Buffer.from(secret)
  const id = await insertRow(town.db, 'attachments', {
    application_id: it.id,
    owner_kind: 'message',
    name: `${secret}.txt`,
    kind: 'txt',
    size_bytes: bytes.length,
    sha256: sha256(secret),
    uploaded_by: it.contact_id,
    side: 'applicant',
    created_at: town.now(),
  })
  await town.db('attachment_parts').insert({ attachment_id: id, part: 0, bytes })
}

/** Every mail that waits is gone out: what is on its way holds its case back. */
const deliver = (town: Town) =>
  town.db('outbox').where({ status: 'pending' }).update({ status: 'sent', sent_at: town.now() })

async function dump(town: Town): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {}
  for (const table of tables) all[table] = await town.db(table).select('*')
  return all
}
const tables = [
  ...[
    'applications',
    'messages',
    'information_requests',
    'tasks',
    'reviews',
    'scores',
    'decisions',
  ],
  ...['recommendations', 'reports', 'instalments', 'onward_items', 'pool_moves', 'case_notes'],
  ...[
    'attachments',
    'attachment_parts',
    'outbox',
    'history',
    'people',
    'organisations',
    'memberships',
    'sessions',
    'deadlines',
  ],
  ...['ledger_postings', 'ledger_entries', 'grants', 'grant_shares', 'pool_years'],
]

describe.each(engines)('the end of personal data, on %s', (engine: Engine) => {
  it('comes for a refused case two years on: its words go, what was decided and the chain stay', async () => {
    const town = await aTown(engine)
    const { reference, cast, page } = await aRefusedCase(town)
    const going = await town.sent({ title: 'En sag der lever' })
    const applicant = await town
      .db('people')
      .where({ email: cast.applicant.email })
      .first<{ id: number }>()
    expect(await planErasure(town.db, '2036-01-01')).toMatchObject({ cases: [] })
    await deliver(town)

    const [{ on } = { on: '' }] = (await planErasure(town.db, '2036-01-01')).cases
    const dueOn = `${Number(on.slice(0, 4)) + 2}-03-03`
    const official = textOf((await cast.secretariat.browser.open(page)).body)
    expect(official).toContain('Vi sletter oplysningerne tidligst den 3. marts 2028')
    expect(official).toContain('journaliseret')
    const before = await dump(town)
    expect(await planErasure(town.db, '2028-03-02')).toEqual({ cases: [], people: [], mails: 0 })
    const plan = await planErasure(town.db, dueOn)
    expect(plan).toEqual({
      cases: [{ id: 1, reference, kind: 'refused', on, dueOn, months: 24 }],
      people: expect.arrayContaining([{ id: applicant.id, dueOn: '2028-03-03' }]) as unknown,
      mails: 0,
    })
    expect(await dump(town)).toEqual(before)

    const now = `${dueOn}T09:00:00.000Z`
    expect(await eraseDue(town.db, { on: dueOn, now })).toEqual(plan)
    const after = await dump(town)
    for (const [table, rows] of Object.entries(after)) {
      expect(JSON.stringify(rows).match(/bedstemor.{0,60}/i)?.[0], table).toBeUndefined()
      expect(JSON.stringify(rows), table).not.toContain(cast.applicant.email)
    }
    for (const table of [
      'ledger_postings',
      'ledger_entries',
      'scores',
      'deadlines',
      'pool_years',
    ]) {
      const numbers = (rows: unknown[]) => rows.map((row) => ({ ...(row as object), comment: '' }))
      expect(numbers(after[table] ?? []), table).toEqual(numbers(before[table] ?? []))
    }
    expect([after.attachments, after.attachment_parts]).toEqual([[], []])
    expect(await town.db('applications').where({ reference }).first()).toMatchObject({
      title: '[slettet]',
      answers: '{}',
      requested_ore: 8_000_000,
      status: 'closed',
      erased_at: now,
    })
    expect(await town.db('decisions').first()).toMatchObject({
      kind: 'reject',
      reasons: '[slettet]',
      rule: 'Puljens kriterium 6',
    })
    expect(await town.db('people').where({ id: applicant.id }).first()).toMatchObject({
      name: '[slettet]',
      email: `slettet-person-${applicant.id}@example.invalid`,
      phone: null,
      disabled_at: now,
    })
    expect(
      await town.db('applications').where({ reference: going.reference }).first(),
    ).toMatchObject({ title: 'En sag der lever', erased_at: null })
    expect(await failing(town.db)).toEqual([])
    expect(await eraseDue(town.db, { on: dueOn, now })).toEqual({ cases: [], people: [], mails: 0 })
    expect(await dump(town)).toEqual(after)

    const shown = await (await town.official('sagsbehandler')).browser.open(page)
    expect(shown.status).toBe(200)
    expect(textOf(shown.body)).toContain('Oplysningerne i sagen er slettet')
    expect(shown.body).not.toContain('/trin/')
    expect(shown.body).not.toContain('/beskeder"')
    const written = await cast.secretariat.browser.post(`${page}/beskeder`, {
      _csrf: String((await cast.secretariat.browser.formOf('/profil')).fields._csrf),
      body: `${secret} igen`,
    })
    expect(written.status).toBe(409)
    expect(await dump(town)).toMatchObject({ messages: after.messages, outbox: after.outbox })
    const { browser } = cast.decisionMaker
    const { version } = await town
      .db('applications')
      .where({ reference })
      .first<{ version: number }>()
    const { _csrf = '' } = (await browser.formOf('/profil')).fields
    const reopened = await browser.post(`${page}/trin/reopen`, {
      _csrf,
      version: String(version),
      reason: 'x',
    })
    expect(reopened.status).toBe(409)
    expect(await dump(town)).toMatchObject({ history: after.history })
  }, 60_000)

  it('waits five whole years after the year of a grant, and leaves the money as it was', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent({ summary: `${secret} laver maden.` })
    await review(reference, cast)
    await grant(reference, cast, { amount: '80.000', conditions: `${secret} skriver under.` })
    await pay(reference, cast)
    await report(reference, 1, cast, '56.000')
    await step(cast.secretariat, reference, 'concludeUnproven', {
      learning: `${secret} blev træt.`,
      spent: '56.000',
    })
    await adviseAndClose(reference, cast)
    await deliver(town)
    const lastDay = '2031-12-31'
    expect((await planErasure(town.db, lastDay)).cases).toEqual([])
    const money = async () => ({
      entries: await town.db('ledger_entries').orderBy('id'),
      shares: await town.db('grant_shares').orderBy('id'),
      amounts: await town.db('instalments').orderBy('id').pluck<number[]>('amount_ore'),
    })
    const before = await money()
    const done = await eraseDue(town.db, { on: '2032-01-01', now: '2032-01-01T03:00:00.000Z' })
    expect(done.cases).toMatchObject([{ kind: 'granted', dueOn: '2032-01-01' }])
    expect(await money()).toEqual(before)
    expect(JSON.stringify(await dump(town))).not.toMatch(/bedstemor/i)
    expect(await failing(town.db)).toEqual([])
  }, 60_000)

  it('takes a draft that was never sent whole, and one too late by its words', async () => {
    const town = await aTown(engine)
    const { cast, reference } = await town.draft({ summary: `${secret} laver maden.` })
    const late = await town.draft({ summary: `${secret} laver maden.` })
    await closeRound(town, late.reference)
    await deliver(town)
    const page = textOf((await cast.applicant.browser.open(`/ansoegninger/${reference}`)).body)
    expect(page).toContain('3. september 2026')
    const on = '2026-09-03'
    const done = await eraseDue(town.db, { on, now: `${on}T03:00:00.000Z` })
    expect(done.cases).toMatchObject([
      { reference, kind: 'draft' },
      { reference: late.reference, kind: 'notSent' },
    ])
    expect(await town.db('applications').pluck('reference')).toEqual([late.reference])
    expect(JSON.stringify(await dump(town))).not.toMatch(/bedstemor/i)
    expect(await town.db('history').where({ chain: 'draft:1' })).toMatchObject([
      { event: 'eraseDraft', actor_role: 'clock' },
    ])
    expect(await failing(town.db)).toEqual([])
  })

  it('comes once, however many processes do it', async () => {
    const town = await aTown(engine)
    for (let i = 0; i < 3; i += 1) {
      const { cast, reference } = await town.sent()
      await step(cast.applicant, reference, 'withdraw')
    }
    await deliver(town)
    const when = { on: '2030-01-01', now: '2030-01-01T03:00:00.000Z' }
    const runs = await Promise.all([1, 2, 3].map(() => eraseDue(town.db, when)))
    expect(
      runs
        .flatMap((run) => run.cases)
        .map((it) => it.id)
        .sort(),
    ).toEqual([1, 2, 3])
    expect(await town.db('history').where({ event: 'erase' })).toHaveLength(3)
    expect(await failing(town.db)).toEqual([])
  })

  it('lets nothing else be changed in what was written, not even with an erasure at hand', async () => {
    const town = await aTown(engine)
    await aRefusedCase(town)
    const { db } = town
    const line = { details: '{"erased":true}', salt: '' }
    await expect(db('history').where({ id: 1 }).update(line)).rejects.toThrow('append-only')
    await deliver(town)
    await eraseDue(db, { on: '2028-03-03', now: '2028-03-03T03:00:00.000Z' })
    for (const [table, change] of [
      ['history', { details: '{}' }],
      ['history', { ...line, actor_id: null }],
      ['history', { ...line, at: '2020-01-01T00:00:00.000Z' }],
      ['case_notes', { body: 'noget andet' }],
      ['case_notes', { party: '[slettet]', body: '[slettet]', number: 7 }],
    ] as const) {
      const first = db(table).where({ id: 1 })
      await expect(first.update(change), JSON.stringify(change)).rejects.toThrow('append-only')
      await expect(db(table).where({ id: 1 }).del()).rejects.toThrow('append-only')
    }
    await expect(db('history').where({ machine: 'retention' }).update(line)).rejects.toThrow(
      'append-only',
    )
  }, 60_000)

  it('that was made up, for another day or for no case, is found by the doctor', async () => {
    const town = await aTown(engine)
    await aRefusedCase(town)
    const other = await town.sent()
    await deliver(town)
    await eraseDue(town.db, { on: '2028-03-03', now: '2028-03-03T03:00:00.000Z' })
    const { db } = town
    await withoutTriggers(db)
    const going = await db('applications')
      .where({ reference: other.reference })
      .first<{ id: number }>()
    const words = await db('history').where({ application_id: going.id }).first<{ id: number }>()
    const erased = { details: '{"erased":true}', salt: '' }
    await db
      .transaction(async (trx) => {
        await trx('history').where({ id: words.id }).update(erased)
        expect((await failing(trx)).join()).toContain(`history ${words.id}`)
        await trx('applications').where({ id: going.id }).update({ erased_at: town.now() })
        expect((await failing(trx)).join()).toContain(`application ${going.id}: its history tells`)
        await trx('applications').where({ id: going.id }).update({ erased_at: null })
        // A line of another kind, or in another chain, frees no words either.
        const told = { application_id: going.id, row_id: going.id, event: 'tidied', at: town.now() }
        for (const more of [{}, { event: 'erasePerson' }, { event: 'eraseDraft' }]) {
          const id = await recordHistory(trx, { ...anErasure, ...told, ...more })
          expect((await failing(trx)).join()).toContain(`history ${id}: nothing is erased in`)
          await trx('history').where({ id }).del()
        }
        await trx.rollback()
      })
      .catch(() => undefined)
    expect(await failing(db)).toEqual([])
    const missed = await editEverywhere(db, engine === 'SQLite' ? 150 : 30)
    expect(missed).toEqual([])
    expect(await failing(db)).toEqual([])
  }, 120_000)
})

const anErasure = {
  chain: 'pool:1',
  machine: 'retention',
  from_status: null,
  to_status: null,
  actor_id: null,
  actor_role: 'clock',
  details: JSON.stringify({ dueOn: '2020-01-01' }),
  request_key: null,
} as const

/** The round of a draft ends, and the clock says so. */
async function closeRound(town: Town, reference: string): Promise<void> {
  const { fireDueDeadlines } = await import('../../src/applications/deadlines.ts')
  const { round_id } = await town
    .db('applications')
    .where({ reference })
    .first<{ round_id: number }>()
  const { opens_at } = await town.db('rounds').where({ id: round_id }).first<{ opens_at: string }>()
  const closes_at = new Date(Date.parse(opens_at) + 1000).toISOString()
  const { id } = await town.db('applications').where({ reference }).first<{ id: number }>()
  await town.db('rounds').where({ id: round_id }).update({ closes_at })
  await town.db('deadlines').where({ application_id: id }).update({ due_at: town.now() })
  await fireDueDeadlines(town.db, town.now(), town.config)
}
