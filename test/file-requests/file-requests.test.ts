import { describe, expect, it } from 'vitest'
import { fireDueDeadlines } from '../../src/applications/deadlines.ts'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { review, step } from '../../src/journey/stages.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import type { Town } from '../support/town.ts'
import { aTown } from '../support/town.ts'

const templatesTo = async (town: Town, email: string) =>
  (await town.mails(email)).map((m) => m.template).filter((t) => t.startsWith('file-request'))
const healthy = async (town: Town) =>
  (await runDoctor(town.db)).filter((f) => !f.ok).map((f) => `${f.name}: ${f.detail}`)

/** The radios of every document that stand open, answered with `how`. */
async function decide(
  browser: { formOf: (path: string) => Promise<{ names: string[] }> },
  page: string,
  how: (key: string) => Record<string, string>,
) {
  const { names } = await browser.formOf(page)
  const keys = names.filter((n) => n.startsWith('decision-')).map((n) => n.slice(9))
  return Object.assign({}, ...keys.map(how)) as Record<string, string>
}

describe.each(engines)('access to files on %s', (engine) => {
  it('is asked for, due in seven working days, decided for each document, and given', async () => {
    const town = await aTown(engine)
    town.clock.set('2026-03-30T09:00:00.000Z')
    const { reference, cast } = await town.sent()
    await review(reference, cast)
    const page = `/ansoegninger/${reference}`
    const { applicant, secretariat, decisionMaker } = cast
    await secretariat.browser.complete(`${page}/notater`, {
      kind: 'call',
      party: 'Naboen',
      body: 'Naboen hedder Hemmelig Hansen. Køkkenet er ledigt.',
    })
    const empty = await applicant.browser.submit(`${page}/aktindsigt`, { body: '' })
    expect(empty.status).toBe(422)
    await applicant.browser.complete(`${page}/aktindsigt`, { body: 'Alt i sagen', wait: 'yes' })
    expect(await town.db('file_requests').select('number', 'asked_on', 'due_on', 'body')).toEqual([
      { number: 1, asked_on: '2026-03-30', due_on: '2026-04-13', body: 'Alt i sagen' },
    ])
    expect(await templatesTo(town, applicant.email)).toEqual(['file-request-received'])
    expect(await templatesTo(town, secretariat.email)).toEqual(['file-request-arrived'])
    expect(textOf((await secretariat.browser.open('/indbakke')).body)).toContain(
      '7 arbejdsdage tilbage',
    )
    const grant = textOf((await decisionMaker.browser.open(`${page}/trin/grant`)).body)
    expect(grant).toContain('Ansøgerne har bedt om aktindsigt (anmodning 1')
    const other = textOf((await decisionMaker.browser.open(`${page}/trin/postpone`)).body)
    expect(other).not.toContain('aktindsigt')

    const request = `${page}/aktindsigt/1`
    const waiting = textOf((await applicant.browser.open(request)).body)
    expect(waiting).toContain('mandag den 13. april 2026')
    expect(waiting).not.toContain('Hemmelig Hansen')
    expect((await applicant.browser.get(`${request}/svar.pdf`)).status).toBe(404)

    const undecided = await secretariat.browser.submit(request)
    expect(undecided.status).toBe(422)
    expect(undecided.body).toContain(': vælg, hvad de kan se')
    const note = await town.db('case_notes').first<{ id: number }>('id')
    const key = `note-${note.id}`
    const sealed = await town.db('reviews').first<{ id: number }>('id')
    const opened = await secretariat.browser.submit(request, {
      rest: 'yes',
      [`decision-review-${sealed.id}`]: 'full',
    })
    expect(opened.status).toBe(422)
    const bare = await secretariat.browser.submit(request, {
      rest: 'yes',
      [`decision-${key}`]: 'extract',
      [`extract-${key}`]: 'Køkkenet er ledigt.',
    })
    expect(bare.status).toBe(422)
    expect(bare.body).toContain('skriv, hvorfor de ikke får det hele')
    expect(await town.db('file_request_documents')).toEqual([])
    await secretariat.browser.complete(request, {
      rest: 'yes',
      answer: 'Her er det hele, på nær et navn.',
      [`decision-${key}`]: 'extract',
      [`extract-${key}`]: 'Køkkenet er ledigt.',
      [`reason-${key}`]: 'Naboens navn er en personlig oplysning.',
      [`rule-${key}`]: 'Forvaltningslovens § 15 b',
    })
    const shown = textOf((await applicant.browser.open(request)).body)
    expect(shown).toContain('Her er det hele, på nær et navn.')
    expect(shown).toContain('Køkkenet er ledigt.')
    expect(shown).toContain('Forvaltningslovens § 15 b')
    expect(shown).not.toContain('Hemmelig Hansen')
    expect(shown).not.toContain('modig ansøgning')
    expect((await applicant.browser.get(`${request}/svar.pdf`)).body.slice(0, 5)).toBe('%PDF-')
    expect(await templatesTo(town, applicant.email)).toEqual([
      'file-request-received',
      'file-request-decided',
    ])
    const decided = await town
      .db('file_request_documents')
      .where({ kind: 'note' })
      .select('decision', 'body', 'reason', 'rule')
    expect(decided).toEqual([
      {
        decision: 'extract',
        body: 'Køkkenet er ledigt.',
        reason: 'Naboens navn er en personlig oplysning.',
        rule: 'Forvaltningslovens § 15 b',
      },
    ])
    const lines = await town
      .db('history')
      .where({ machine: 'fileRequest' })
      .orderBy('seq')
      .select('event', 'actor_id')
    expect(lines).toEqual([
      { event: 'askForFiles', actor_id: (await town.person(applicant.email)).id },
      { event: 'decideFileRequest', actor_id: (await town.person(secretariat.email)).id },
    ])
    expect(textOf((await decisionMaker.browser.open(`${page}/trin/grant`)).body)).not.toContain(
      'aktindsigt',
    )
    town.clock.set('2026-04-14T10:00:00.000Z')
    await fireDueDeadlines(town.db, town.now(), town.config)
    expect(await templatesTo(town, applicant.email)).toHaveLength(2)
    expect(await healthy(town)).toEqual([])
  })

  it('is late: those who asked are told once, with a new date, whatever steps were taken', async () => {
    const town = await aTown(engine)
    town.clock.set('2026-03-30T09:00:00.000Z')
    const { reference, cast } = await town.sent()
    const page = `/ansoegninger/${reference}`
    await cast.applicant.browser.complete(`${page}/aktindsigt`, { body: 'Alt i sagen' })
    await step(cast.applicant, reference, 'withdraw', { reason: '' })
    const { browser } = cast.secretariat
    const asked = { name: 'Avisen', contact: 'Gaden 1, 2500 Valby', body: 'Ansøgningen' }
    const early = { 'came-day': '1', 'came-month': '4', 'came-year': '2026' }
    expect((await browser.submit(`${page}/aktindsigt`, { ...asked, ...early })).status).toBe(422)
    await browser.complete(`${page}/aktindsigt`, asked)
    town.clock.set('2026-04-14T07:00:00.000Z')
    await fireDueDeadlines(town.db, town.now(), town.config)
    town.clock.set('2026-04-30T07:00:00.000Z')
    await fireDueDeadlines(town.db, town.now(), town.config)
    expect(await templatesTo(town, cast.applicant.email)).toEqual([
      'file-request-received',
      'file-request-late',
    ])
    const late = (await town.mails(cast.applicant.email)).at(-1)
    expect(late?.text).toContain('Ny dato: senest den 23. april 2026')
    expect(await templatesTo(town, cast.secretariat.email)).toEqual([
      'file-request-arrived',
      'file-request-arrived',
      'file-request-overdue',
      'file-request-overdue',
    ])
    const later = await town.signedIn((await town.person(cast.secretariat.email)).id)
    expect(textOf((await later.open('/indbakke')).body)).toContain(
      'Svar på anmodning 1 om aktindsigt',
    )

    const outside = `${page}/aktindsigt/2`
    expect((await (await town.person(cast.applicant.email)).browser.get(outside)).status).toBe(404)
    expect((await (await town.person(cast.decisionMaker.email)).browser.get(outside)).status).toBe(
      403,
    )
    const answers = await decide(later, outside, (key) => ({
      [`decision-${key}`]: key.startsWith('application') ? 'full' : 'refused',
      [`reason-${key}`]: 'Ikke omfattet.',
      [`rule-${key}`]: 'Offentlighedslovens § 23',
    }))
    await later.complete(outside, answers)
    expect(textOf((await later.open(outside)).body)).toContain('Avisen')
    expect(await templatesTo(town, cast.applicant.email)).toHaveLength(2)
    expect((await later.submit(`${page}/aktindsigt/1`, { rest: 'yes' })).status).toBe(303)
    const again = await later.post(`${page}/aktindsigt/1`, {
      ...(await later.formOf(`${page}/notater`)).fields,
    })
    expect(again.status).toBeGreaterThanOrEqual(400)
    expect(await healthy(town)).toEqual([])
  })
})
