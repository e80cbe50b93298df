import { describe, expect, it } from 'vitest'
import { fireDueDeadlines } from '../../src/applications/deadlines.ts'
import { date } from '../../src/journey/application.ts'
import { step } from '../../src/journey/stages.ts'
import { addDays, copenhagenDate } from '../../src/shared/danish.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aTown } from '../support/town.ts'

describe.each(engines)('the inbox on %s', (engine) => {
  it('says what waits and by when, one’s own first, and warmly that all is done', async () => {
    const town = await aTown(engine)
    const { browser } = await town.official('sagsbehandler')
    const inbox = async (vis = 'all') =>
      textOf((await browser.open(`/indbakke?vis=${vis}`)).body).replace(/^.*Forsinkede /, '')
    expect(await inbox()).toContain('Alt er klaret.')

    const mine = await town.sent({ title: 'Min egen sag' })
    const nobodys = await town.sent({ title: 'Ingens sag' })
    const page = `/ansoegninger/${mine.reference}`
    await browser.complete(page, {}, `${page}/sagsbehandler`)
    expect(await inbox()).toMatch(/^Senere .*Afgørelse .*Min egen sag.* Dig .*Ingens sag/)
    expect(await inbox('mine')).not.toContain('Ingens sag')
    expect(await inbox('nobody')).not.toContain('Min egen sag')
    expect(await inbox('late')).toContain('Intet er forsinket.')

    const day = new Date(`${addDays(copenhagenDate(town.now()), 9)}T12:00:00Z`)
    await step(mine.cast.secretariat, mine.reference, 'requestInformation', {
      question: 'Hvem låser op?',
      ...date('answerBy', day),
    })
    expect(await inbox()).not.toContain('Min egen sag') // it waits for the applicants
    town.clock.advanceDays(10)
    await fireDueDeadlines(town.db, town.now(), town.config)
    const again = await town.official('sagsbehandler')
    const now = textOf((await again.browser.open('/indbakke')).body)
    expect(now).toMatch(/I dag og de næste 7 dage .*Ansøgerne har ikke svaret .*Min egen sag/)
    const late = { decision_expected_on: '2026-03-01' }
    await town.db('applications').where({ reference: nobodys.reference }).update(late)
    const lateNow = textOf((await again.browser.open('/indbakke?vis=late')).body)
    expect(lateNow).toMatch(/Forsinket .*1\. marts 2026 Ingens sag/)
    expect(lateNow).not.toContain('Min egen sag')
    const found = await again.browser.open('/indbakke?q=egen')
    expect(textOf(found.body)).toContain('Min egen sag')
    expect(textOf(found.body)).not.toContain('Ingens sag')
  })

  it('says when a reviewer is missing, and asks again whoever may be asked', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const page = `/ansoegninger/${reference}`
    const { browser } = cast.secretariat
    const [reviewer] = cast.reviewers
    const { id } = await town.db('people').where({ email: reviewer.email }).first<{ id: number }>()
    const invite = () => browser.complete(page, { reviewer: String(id) }, `${page}/bedoemmere`)
    await invite()
    expect(textOf((await browser.open(page)).body)).toContain('Der mangler 1 bedømmer.')
    const row = await town.db('reviews').first<{ id: number }>('id')
    await browser.complete(`/bedoemmelser/${row.id}/trin/replaceReviewer`, { reason: 'Er syg' })
    expect(textOf((await browser.open(page)).body)).toContain('Der mangler 2 bedømmere.')
    await invite()
    expect(await town.db('reviews').orderBy('id').pluck('status')).toEqual(['replaced', 'invited'])
  })
})
