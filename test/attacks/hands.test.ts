import { describe, expect, it } from 'vitest'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { review, step } from '../../src/journey/stages.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aTown } from '../support/town.ts'

const withoutTokens = (html: string) => html.replace(/value="[^"]*"/g, 'value=""')
const reasons = {
  reasons: 'Budgettet hænger ikke sammen.',
  rule: 'Puljens kriterium 6',
  hearing: 'notNeeded',
  hearingWhy: 'Kun jeres egne oplysninger.',
}

describe.each(engines)('many hands on one case, on %s', (engine) => {
  it('learn nothing of a case that is not theirs: it is the same page as for one that never was', async () => {
    const town = await aTown(engine)
    const { reference } = await town.sent()
    const stranger = await town.person('fremmed@example.org')
    await stranger.browser.open('/profil')
    for (const more of ['', '/udskrift', '/kvittering', '/videre', '/trin/grant', '/rapporter/1']) {
      const [real, none] = [
        await stranger.browser.get(`/ansoegninger/${reference}${more}`),
        await stranger.browser.get(`/ansoegninger/KK-2026-9999${more}`),
      ]
      expect([real.status, none.status]).toEqual([404, 404])
      expect(withoutTokens(real.body).replaceAll(reference, 'KK-2026-9999')).toBe(
        withoutTokens(none.body),
      )
      expect([...real.headers.keys()]).toEqual([...none.headers.keys()])
    }
  })

  it('that decide the opposite at the same moment: one decision stands, the other is told', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    await review(reference, cast)
    const other = await town.signedIn((await town.official('puljeudvalg')).id)
    const address = `/ansoegninger/${reference}/trin`
    const yes = await cast.decisionMaker.browser.formOf(`${address}/grant`)
    const no = await other.formOf(`${address}/reject`)
    const answers = await Promise.all([
      cast.decisionMaker.browser.post(yes.action, {
        ...yes.fields,
        amount: '80.000',
        conditions: '',
        stateAid: 'no',
        stateAidWhy: 'Lokalt.',
        ...reasons,
      }),
      other.post(no.action, { ...no.fields, onwardHelp: 'Frivilligcentret.', ...reasons }),
    ])
    expect(answers.map((a) => a.status).sort()).toEqual([303, 409])
    const refused = answers.find((a) => a.status === 409)
    expect(textOf(refused?.body ?? '')).toContain('Budgettet hænger ikke sammen.')
    expect(await town.db('decisions')).toHaveLength(1)
    expect((await runDoctor(town.db)).filter((f) => !f.ok)).toEqual([])
  })

  it('that lose their role in another tab: the form that was open is refused, and nothing is done', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    await review(reference, cast)
    const form = await cast.decisionMaker.browser.formOf(`/ansoegninger/${reference}/trin/reject`)
    const { id } = await town.official('puljeudvalg')
    await town.db('roles').where({ person_id: id }).update({ ended_at: town.now() })
    const late = await cast.decisionMaker.browser.post(form.action, {
      ...form.fields,
      ...reasons,
      onwardHelp: '',
    })
    expect(late.status).toBe(404)
    expect(await town.db('decisions')).toEqual([])
  })

  it('that send a second too late, with a form from before, are refused with every word kept', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const { db } = town
    const { browser } = cast.applicant
    await step(cast.applicant, reference, 'retract')
    const form = await browser.formOf(`/ansoegninger/${reference}/tjek`)
    const answersNow = async () =>
      (await db('applications').where({ reference }).first<{ answers: string }>()).answers
    const before = await answersNow()
    await db('rounds')
      .whereIn('id', db('applications').where({ reference }).select('round_id'))
      .update({ closes_at: new Date(Date.parse(town.now()) - 1000).toISOString() })
    const sent = await browser.post(form.action, form.fields)
    expect(sent.status).toBe(409)
    expect(textOf(sent.body)).toContain('Vi laver mad sammen hver torsdag.')
    expect(textOf(sent.body)).toContain('fristen')
    expect(await answersNow()).toBe(before)
    expect(await town.db('outbox').where({ template: 'application-received' })).toHaveLength(1)
  })

  it('that try to write their own log lines do not', async () => {
    const town = await aTown(engine)
    const { browser } = await town.person('linje@example.org')
    await browser.get('/findes-ikke%0a%7b%22level%22:60,%22msg%22:%22forfalsket%22%7d')
    await browser.get('/%1b[31mroed', { 'user-agent': 'x\tforfalsket' })
    await browser.post('/profil', { name: 'a\n{"level":60,"msg":"forfalsket"}' })
    for (const line of town.logged) {
      expect(line.trimEnd()).not.toContain('\n')
      expect((JSON.parse(line) as { msg: string }).msg).not.toBe('forfalsket')
    }
  })
})
