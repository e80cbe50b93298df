import { describe, expect, it } from 'vitest'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { date } from '../../src/journey/application.ts'
import { step } from '../../src/journey/stages.ts'
import { addDays, copenhagenDate } from '../../src/shared/danish.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import type { Town } from '../support/town.ts'
import { aTown } from '../support/town.ts'

const inDays = (town: Town, days: number) =>
  new Date(`${addDays(copenhagenDate(town.now()), days)}T12:00:00Z`)
const healthy = async (town: Town) =>
  (await runDoctor(town.db)).filter((f) => !f.ok).map((f) => `${f.name}: ${f.detail}`)

describe.each(engines)('the secretariat at work on %s', (engine) => {
  it('writes down what was said on the telephone, under a number, for officials only', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const page = `/ansoegninger/${reference}`
    const { browser } = cast.secretariat
    const empty = await browser.submit(`${page}/notater`, { party: 'Formanden', body: '' })
    expect(empty.status).toBe(422)
    expect(empty.body).toContain('value="Formanden"')
    for (const body of ['De har fået ja til køkkenet.', 'Køkkenet er aflyst igen.']) {
      await browser.complete(`${page}/notater`, { kind: 'call', party: 'Formanden', body })
    }
    const shown = textOf((await browser.open(page)).body)
    expect(shown).toContain(`${reference}-01`)
    expect(shown).toContain(`${reference}-02`)
    expect(shown).toContain('Køkkenet er aflyst igen.')
    expect(textOf((await cast.applicant.browser.open(page)).body)).not.toContain('køkkenet')
    expect((await cast.applicant.browser.get(`${page}/notater`)).status).toBe(403)
    await expect(town.db('case_notes').update({ body: 'noget andet' })).rejects.toThrow(
      'append-only',
    )
    expect(await healthy(town)).toEqual([])
  })

  it('hands a case over with a word on where it stands; the new one is told', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const other = await town.official('sagsbehandler2')
    const address = `/ansoegninger/${reference}/sagsbehandler`
    await cast.secretariat.browser.complete(address, {
      handler: String(other.id),
      note: 'Ring til dem på mandag.',
    })
    const told = (await town.mails(other.email)).filter((m) => m.template === 'case-handed-over')
    expect(told).toHaveLength(1)
    expect(told[0]?.text).toContain('Ring til dem på mandag.')
    await other.browser.complete(address, { handler: String(other.id), note: '' })
    expect(await town.mails(other.email)).toHaveLength(told.length + 1) // and the arrival
    const wrong = await other.browser.submit(address, { handler: '999999', note: 'Skrevet før' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('Skrevet før')
  })

  it('gives the applicants longer to answer, with a reason, and the clock with them', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    await step(cast.secretariat, reference, 'requestInformation', {
      question: 'Hvem ejer lokalet?',
      ...date('answerBy', inDays(town, 7)),
    })
    const { id } = await town
      .db('deadlines')
      .where({ kind: 'informationDue' })
      .first<{ id: number }>('id')
    const address = `/ansoegninger/${reference}/frister/${id}`
    const { browser } = cast.secretariat
    const earlier = await browser.submit(address, {
      ...date('newDate', inDays(town, 5)),
      reason: 'Ferie.',
    })
    expect(earlier.status).toBe(422)
    await browser.complete(address, { ...date('newDate', inDays(town, 21)), reason: 'Ferie.' })
    const due = `${addDays(copenhagenDate(town.now()), 21)}T`
    expect(await town.db('deadlines').where({ id }).pluck('due_at')).toEqual([
      expect.stringContaining(due),
    ])
    expect(await town.db('information_requests').pluck('due_at')).toEqual([
      expect.stringContaining(due),
    ])
    const mail = (await town.mails(cast.applicant.email)).at(-1)
    expect(mail?.template).toBe('deadline-extended')
    expect(mail?.text).toContain('Ferie.')
    expect((await cast.applicant.browser.get(address)).status).toBe(403)
    expect(await healthy(town)).toEqual([])
  })

  it('gives everybody longer to apply, and nobody alone', async () => {
    const town = await aTown(engine)
    const draft = await town.draft()
    const other = await town.draft()
    const { browser } = await town.official('sagsbehandler')
    const row = await town
      .db('applications')
      .where({ reference: draft.reference })
      .first<{ id: number; round_id: number }>('id', 'round_id')
    const round = await town.db('rounds').where({ id: row.round_id }).first<{
      closes_at: string
      decision_on: string
    }>()
    const late = { ...date('newDate', new Date(`${round.decision_on}T12:00:00Z`)), reason: 'x' }
    const address = `/runder/${row.round_id}/forlaeng`
    expect((await browser.submit(address, late)).status).toBe(422)
    const newDate = addDays(copenhagenDate(round.closes_at), 3)
    await browser.complete(address, {
      ...date('newDate', new Date(`${newDate}T12:00:00Z`)),
      reason: 'Siden var nede i går.',
    })
    for (const { cast } of [draft, other]) {
      const mail = (await town.mails(cast.applicant.email)).at(-1)
      expect(mail?.template).toBe('round-extended')
      expect(mail?.text).toContain('Siden var nede i går.')
    }
    const open = await town
      .db('deadlines')
      .where({ application_id: row.id })
      .whereNull('handled_at')
      .orderBy('due_at')
      .select<{ kind: string; due_at: string }[]>('kind', 'due_at')
    expect(open.map((d) => d.kind)).toEqual(['draftReminder', 'draftReminder', 'roundClosing'])
    expect(copenhagenDate(open.at(-1)?.due_at ?? '')).toBe(addDays(newDate, 1))
    expect(textOf((await town.client().get('/puljer/lokal')).body)).toContain('Siden var nede')
    expect(await healthy(town)).toEqual([])
  })

  it('is away: the substitute gets the mails and the cases, and gives them back', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const away = await town.official('sagsbehandler')
    const substitute = await town.official('sagsbehandler2')
    await away.browser.complete(
      `/ansoegninger/${reference}`,
      {},
      `/ansoegninger/${reference}/sagsbehandler`,
    )
    const days = {
      ...date('from', inDays(town, 0)),
      ...date('to', inDays(town, 14)),
      substitute: String(substitute.id),
    }
    await away.browser.complete('/fravaer', days, '/fravaer')
    expect((await away.browser.submit('/fravaer', days, '/fravaer')).status).toBe(422)
    const mine = textOf((await substitute.browser.open('/indbakke?vis=mine')).body)
    expect(mine).toContain(reference)
    const before = (await town.mails(substitute.email)).length
    await step(cast.secretariat, reference, 'requestInformation', {
      question: 'Hvem låser op?',
      ...date('answerBy', inDays(town, 9)),
    })
    await step(cast.applicant, reference, 'provideInformation', { answer: 'Det gør viceværten.' })
    expect((await town.mails(substitute.email)).length).toBe(before + 1)
    expect((await town.mails(away.email)).at(-1)?.template).toBe('information-provided')
    expect(textOf((await away.browser.open(`/ansoegninger/${reference}`)).body)).toContain('vikar')
    const { id } = await town.db('leaves').first<{ id: number }>('id')
    expect(
      (
        await substitute.browser.post(
          `/fravaer/${id}/slut`,
          (await substitute.browser.formOf('/fravaer')).fields,
        )
      ).status,
    ).toBeGreaterThanOrEqual(400)
    await away.browser.complete('/fravaer', {}, `/fravaer/${id}/slut`)
    expect(textOf((await substitute.browser.open('/indbakke?vis=mine')).body)).not.toContain(
      reference,
    )
  })
})
