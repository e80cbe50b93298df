import { describe, expect, it } from 'vitest'
import { isRequired, questions } from '../../workflows/application.questions.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aTown } from '../support/town.ts'

const money = (reference: string) => `/ansoegninger/${reference}/skema/money`

describe('a small application', () => {
  it('asks for at most twelve answers', () => {
    const quickLane = 25_000_00
    const required = questions.filter((q) => isRequired(q, quickLane, quickLane))
    expect(required.length).toBeLessThanOrEqual(12)
    expect(questions.filter((q) => isRequired(q, quickLane + 1, quickLane)).length).toBe(18)
  })
})

describe.each(engines)('applying on %s', (engine) => {
  it('keeps a draft as it was typed, says what is unclear, and sends nothing before it is mended', async () => {
    const { draft, db, mails } = await aTown(engine)
    const { reference, cast } = await draft()
    const { browser } = cast.applicant
    await browser.complete(money(reference), { amount: '250.00', wages: '0', next: 'stay' })
    const { fields } = await browser.formOf(money(reference))
    expect(fields).toMatchObject({ amount: '250.00', wages: '0', totalBudget: '' })

    const check = textOf((await browser.open(`/ansoegninger/${reference}/tjek`)).body)
    expect(check).toContain('Det mangler, før I kan sende')
    expect(check).toContain('250.00')
    const { version } = await db('applications').where({ reference }).first<{ version: number }>()
    const sending = await browser.post(`/ansoegninger/${reference}/trin/submit`, {
      _csrf: String(fields._csrf),
      version: String(version),
    })
    expect(sending.status).toBe(409)
    expect(textOf(sending.body)).toContain('Der mangler svar i ansøgningen')
    expect(await db('applications').where({ reference }).first('status', 'submitted_at')).toEqual({
      status: 'draft',
      submitted_at: null,
    })
    expect((await mails()).filter((mail) => mail.event === 'application.submit')).toEqual([])
  })

  it('understands amounts as Danes type them, and says how it understood them', async () => {
    const { draft, db } = await aTown(engine)
    const { reference, cast } = await draft()
    const { browser } = cast.applicant
    for (const [typed, ore] of [
      ['80.000', 80_000_00],
      ['80 000 kr.', 80_000_00],
      ['80.000,50', 80_000_50],
      ['80000', 80_000_00],
    ] as const) {
      await browser.complete(money(reference), { amount: typed, next: 'stay' })
      expect(await db('applications').where({ reference }).first('requested_ore')).toEqual({
        requested_ore: ore,
      })
    }
    const page = textOf((await browser.open(money(reference))).body)
    expect(page).toMatch(/80.000 kr\./)
  })

  it('gives a reference, a receipt with the date of the answer, a mail and a copy to print', async () => {
    const { sent, mails, db } = await aTown(engine)
    const { reference, cast } = await sent()
    expect(reference).toBe('KK-2026-0001')
    const receipt = textOf(
      (await cast.applicant.browser.open(`/ansoegninger/${reference}/kvittering`)).body,
    )
    const { decision_expected_on: expected } = await db('applications')
      .where({ reference })
      .first<{ decision_expected_on: string }>()
    const [year = '', , day = ''] = expected.split('-')
    expect(receipt).toContain('Ansøgningen er sendt Referencenummer KK-2026-0001')
    expect(receipt).toMatch(new RegExp(`${Number(day)}\\. \\p{L}+ ${year}`, 'u'))
    const copy = textOf(
      (await cast.applicant.browser.open(`/ansoegninger/${reference}/udskrift`)).body,
    )
    expect(copy).toContain('Naboer laver mad sammen')
    expect(copy).toContain('80.000 kr.')
    const told = await mails(cast.applicant.email)
    expect(told.map((mail) => mail.subject)).toEqual([
      '[KK-2026-0001] Vi har modtaget jeres ansøgning',
    ])
  })

  it('does not let the second of two tabs overwrite the first, and shows what it had', async () => {
    const { draft } = await aTown(engine)
    const { reference, cast } = await draft()
    const { browser } = cast.applicant
    const page = `/ansoegninger/${reference}/skema/idea`
    const [first, second] = [await browser.formOf(page), await browser.formOf(page)]
    const save = (form: typeof first, summary: string) =>
      browser.post(form.action, { ...form.fields, summary, next: 'stay' })
    expect((await save(first, 'Fra den første fane')).status).toBe(303)
    const late = await save(second, 'Fra den anden fane')
    expect(late.status).toBe(409)
    expect(textOf(late.body)).toContain('Fra den anden fane')
    expect((await browser.formOf(page)).fields.summary).toBe('Fra den første fane')
  })

  it('is nobody else’s: 404 to a stranger, 403 to one of another role, 409 to a step out of time', async () => {
    const { db, draft, sent, official, person } = await aTown(engine)
    const { reference } = await draft()
    const stranger = await person('fremmed@example.org')
    const secretariat = await official('sagsbehandler')
    expect((await stranger.browser.get(`/ansoegninger/${reference}`)).status).toBe(404)
    expect((await secretariat.browser.get(money(reference))).status).toBe(404)

    const later = await sent()
    const { fields } = await later.cast.secretariat.browser.formOf('/profil')
    const { version } = await db('applications')
      .where({ reference: later.reference })
      .first<{ version: number }>()
    const csrf = { _csrf: String(fields._csrf), version: String(version) }
    const post = (event: string) =>
      later.cast.secretariat.browser.post(`/ansoegninger/${later.reference}/trin/${event}`, csrf)
    expect((await post('accept')).status).toBe(403)
    const early = await post('completeReview')
    expect(early.status).toBe(409)
    expect(textOf(early.body)).toContain('Det kan ikke lade sig gøre, som sagen står nu.')
  })
})
