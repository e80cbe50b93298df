import { describe, expect, it } from 'vitest'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { date, sendApplication } from '../../src/journey/application.ts'
import { step } from '../../src/journey/stages.ts'
import { addDays, copenhagenDate } from '../../src/shared/danish.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import type { Town } from '../support/town.ts'
import { aTown, anIdea } from '../support/town.ts'

const soon = (town: Town) =>
  date('answerBy', new Date(`${addDays(copenhagenDate(town.now()), 9)}T12:00:00Z`))
const healthy = async (town: Town) =>
  (await runDoctor(town.db)).filter((f) => !f.ok).map((f) => `${f.name}: ${f.detail}`)
const byLetter = {
  pool: 'LOKAL',
  cameBy: 'letter',
  kind: 'group',
  organisation: 'Bordtennis i kælderen',
  contact: 'Bo Brevskriver',
  email: 'brev@example.org',
  phone: '20304050',
}

describe.each(engines)('for those who do not write on the page, on %s', (engine) => {
  it('the secretariat writes an application in: marked so, theirs to see, sent once', async () => {
    const town = await aTown(engine)
    const official = await town.official('sagsbehandler')
    const wrong = await official.browser.submit('/indtast', {
      ...byLetter,
      email: 'ikke en adresse',
    })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('value="Bordtennis i kælderen"')
    const begun = await official.browser.complete('/indtast', byLetter)
    const reference = /ansoegninger\/([^/]+)\//.exec(begun.location)?.[1] ?? ''
    expect(textOf((await official.browser.open('/indbakke')).body)).toContain(reference)
    await sendApplication(official, reference, anIdea)
    const row = await town.db('applications').where({ reference }).first<Record<string, unknown>>()
    expect(row).toMatchObject({ status: 'submitted', entered_by: official.id, came_by: 'letter' })
    const line = await town
      .db('history')
      .where({ application_id: row.id as number, event: 'submit' })
      .first<{ actor_role: string; details: string }>()
    expect(line.actor_role).toBe('secretariat')
    expect(JSON.parse(line.details)).toEqual({ enteredFor: 'letter' })
    const [receipt] = await town.mails('brev@example.org')
    expect(receipt?.template).toBe('application-received')
    expect(receipt?.text).toContain('Vi har skrevet ansøgningen ind for jer.')
    const bo = await town.person('brev@example.org')
    const own = textOf((await bo.browser.open(`/ansoegninger/${reference}`)).body)
    expect(own).toContain('Den kom til os med brev.')
    expect(await healthy(town)).toEqual([])

    await step(bo, reference, 'retract')
    expect((await official.browser.get(`/ansoegninger/${reference}`)).status).toBe(404)
  })

  it('a draft of somebody’s own is never opened by the secretariat', async () => {
    const town = await aTown(engine)
    const { reference } = await town.draft()
    const { browser } = await town.official('sagsbehandler')
    for (const more of ['', '/skema/idea', '/tjek', '/udskrift', '/trin/submit']) {
      expect((await browser.get(`/ansoegninger/${reference}${more}`)).status).toBe(404)
    }
  })

  it('a known organisation is not opened to a stranger’s address', async () => {
    const town = await aTown(engine)
    await town.draft({ organisation: { name: 'Fælles Cykler', cvr: '00007005' } })
    const { browser } = await town.official('sagsbehandler')
    const refused = await browser.submit('/indtast', {
      ...byLetter,
      kind: 'registered',
      cvr: '00007005',
    })
    expect(refused.status).toBe(422)
    expect(textOf(refused.body)).toContain('Organisationen findes allerede')
    expect(await town.db('people').where({ email: 'brev@example.org' })).toEqual([])
  })

  it('an answer on the telephone is written in, and read back to those who gave it', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    await step(cast.secretariat, reference, 'requestInformation', {
      question: 'Hvem ejer lokalet?',
      ...soon(town),
    })
    await step(cast.secretariat, reference, 'enterAnswer', {
      answer: 'Boligforeningen ejer det.',
      cameBy: 'phone',
    })
    const [request] = await town.db('information_requests')
    expect(request).toMatchObject({
      answer: 'Boligforeningen ejer det.',
      came_by: 'phone',
      answered_by: (await town.person(cast.secretariat.email)).id,
    })
    const mail = (await town.mails(cast.applicant.email)).at(-1)
    expect(mail?.template).toBe('answer-entered')
    expect(mail?.text).toContain('I har svaret os i telefonen.')
    expect(mail?.text).toContain('Boligforeningen ejer det.')
    expect(await healthy(town)).toEqual([])
  })
})

describe.each(engines)('moving to another pool on %s', (engine) => {
  const propose = { toPool: 'TVAER', reason: 'Projektet går på tværs af bydele.' }

  it('happens when the applicants say yes: every answer kept, the other pool’s date', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const caseNow = () =>
      town
        .db('applications as a')
        .join('pools as p', 'p.id', 'a.pool_id')
        .where({ reference })
        .first<Record<string, string>>('a.*', 'p.code')
    const before = await caseNow()
    await step(cast.secretariat, reference, 'proposeMove', propose)
    const asked = textOf((await cast.applicant.browser.open(`/ansoegninger/${reference}`)).body)
    expect(asked).toContain('Projektet går på tværs af bydele.')
    await step(cast.applicant, reference, 'acceptMove')
    const after = await caseNow()
    expect(after).toMatchObject({
      code: 'TVAER',
      status: 'submitted',
      reference: before.reference,
      answers: before.answers,
      submitted_at: before.submitted_at,
    })
    const round = await town
      .db('rounds')
      .where({ id: after.round_id ?? '' })
      .first<{ decision_on: string }>()
    expect(after.decision_expected_on).toBe(round.decision_on)
    const open = await town
      .db('deadlines')
      .where({ application_id: after.id ?? '', kind: 'decisionDue' })
      .whereNull('handled_at')
    expect(open).toHaveLength(1)
    expect((await town.mails(cast.applicant.email)).at(-1)?.template).toBe('application-moved')
    expect(await healthy(town)).toEqual([])
  })

  it('does not happen when they say no, or the secretariat thinks again', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    for (const [who, event, template] of [
      [cast.applicant, 'declineMove', 'move-declined'],
      [cast.secretariat, 'cancelMove', 'move-cancelled'],
    ] as const) {
      await step(cast.secretariat, reference, 'proposeMove', propose)
      await step(who, reference, event, { reason: 'Vi er et lokalt projekt.' })
      expect((await town.mails(cast.applicant.email)).at(-1)?.template).toBe(template)
    }
    const row = await town
      .db('applications as a')
      .join('pools as p', 'p.id', 'a.pool_id')
      .where({ reference })
      .first<{ code: string; status: string }>('p.code', 'a.status')
    expect(row).toEqual({ code: 'LOKAL', status: 'submitted' })
    expect(await town.db('pool_moves').pluck('is_accepted')).toEqual([0, 0])
  })

  it('is not proposed to the same pool, nor once somebody has been asked to review', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const address = `/ansoegninger/${reference}/trin/proposeMove`
    const { browser } = cast.secretariat
    expect((await browser.submit(address, { toPool: 'LOKAL', reason: 'x' })).status).toBe(422)
    const page = `/ansoegninger/${reference}`
    const { id } = await town.person(cast.reviewers[0].email)
    await browser.complete(page, { reviewer: String(id) }, `${page}/bedoemmere`)
    const late = await browser.get(address)
    expect(textOf(late.body)).toContain('Bedømmere er allerede spurgt.')
  })
})
