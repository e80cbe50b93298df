import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { openReview, review } from '../../src/journey/stages.ts'
import type { Person } from '../../src/journey/person.ts'
import { describeInBrowser } from '../support/browser.ts'
import { expectText, pageOf, press, valueOf } from '../support/pages.ts'
import type { Town } from '../support/town.ts'
import { aTown } from '../support/town.ts'

const words = 'Vi åbner døren for børn, ældre & “alle andre”.\nHver torsdag.'
const others = 'Det skrev en anden.'

/** A form that people write in: whose it is, where, and what is written in which field. */
type Writing = {
  name: string
  who: Person
  path: string
  field: string
  button: string
  /** What makes it a refused one: a field that is filled in wrongly, or taken away. */
  spoil: (page: Page) => Promise<void>
  saves: boolean
}

async function writings(town: Town): Promise<{ writings: Writing[]; references: string[] }> {
  const draft = await town.draft()
  const inReview = await town.sent()
  const [reviewPage = ''] = await openReview(inReview.reference, inReview.cast)
  const reviewed = await town.sent()
  await review(reviewed.reference, reviewed.cast)
  const nothing = () => Promise.resolve()
  const at = (stage: { reference: string }) => `/ansoegninger/${stage.reference}`
  return {
    references: [draft.reference, inReview.reference, reviewed.reference],
    writings: [
      {
        name: 'the application form',
        who: draft.cast.applicant,
        path: `${at(draft)}/skema/idea`,
        field: 'summary',
        button: 'Gem kladde',
        spoil: nothing, // a draft takes anything
        saves: true,
      },
      {
        name: 'the review form',
        who: inReview.cast.reviewers[0],
        path: reviewPage,
        field: 'comment',
        button: 'Indsend bedømmelse',
        spoil: nothing, // no score is given
        saves: true,
      },
      {
        name: 'the message form',
        who: inReview.cast.applicant,
        path: at(inReview),
        field: 'body',
        button: 'Send besked',
        spoil: async (page) => {
          await page.locator('[name=body]').fill(words + 'å'.repeat(8001))
        },
        saves: false,
      },
      {
        name: 'a refusal with its reasons',
        who: reviewed.cast.decisionMaker,
        path: `${at(reviewed)}/trin/reject`,
        field: 'reasons',
        button: 'Giv afslag',
        spoil: nothing, // the rule is not named
        saves: false,
      },
    ],
  }
}

const typed = async (page: Page, form: Writing, text = words) => {
  await page.locator(`[name="${form.field}"]`).fill(text)
}

describeInBrowser('what somebody has typed', (browser) => {
  it('is saved by itself, with the time, and kept beside what another tab saved', async () => {
    const town = await aTown('SQLite')
    const { reference, cast } = await town.draft()
    const path = `${town.url}/ansoegninger/${reference}/skema/idea`
    const page = await pageOf(browser(), town, cast.applicant)
    await page.clock.install()
    await page.goto(path)
    const said = page.locator('.app-saved')
    await page.locator('[name=summary]').fill(words)
    await page.clock.runFor(21_000)
    await said.filter({ hasText: /^Gemt kl\. \d\d\.\d\d$/ }).waitFor()

    const second = await page.context().newPage()
    await second.goto(path)
    expect(await valueOf(second, 'summary')).toBe(words)
    await page.locator('[name=summary]').fill(`${words} Mere.`)
    await page.locator('[name=targetGroup]').focus()
    await said.filter({ hasText: 'Gemt kl.' }).waitFor()
    await expect.poll(() => storedIn(town, reference)).toMatchObject({ summary: `${words} Mere.` })

    await second.locator('[name=summary]').fill(others)
    await second.locator('[name=targetGroup]').focus()
    await second.locator('.app-saved').filter({ hasText: 'fra en anden fane' }).waitFor()
    expect(await storedIn(town, reference)).toMatchObject({ summary: `${words} Mere.` })
    await press(second, 'Gem kladde')
    expect(await valueOf(second, 'summary')).toBe(others)
    await expectText(second, 'Det er gemt nu')
    await expectText(second, 'Hver torsdag. Mere.')
    await press(second, 'Gem kladde')
    expect(await storedIn(town, reference)).toMatchObject({ summary: others })
    // A page that is opened keeps the session alive; one that saves by itself does not.
    await page.goto(path)
    expect(await town.db('sessions').where({ seen_at: town.now() })).not.toEqual([])
    await town.db('sessions').update({ seen_at: hoursAgo(town, 1) })
    await page.locator('[name=title]').fill('Nyt navn')
    await page.locator('[name=summary]').focus()
    await said.filter({ hasText: 'Gemt kl.' }).waitFor()
    expect(await town.db('sessions').distinct('seen_at')).toEqual([{ seen_at: hoursAgo(town, 1) }])

    let asked = 0
    page.on('dialog', (dialog) => {
      asked += 1
      void dialog.accept()
    })
    await page.goto(`${town.url}/mine-sager`)
    expect(asked).toBe(0)
    await page.context().close()
  }, 120_000)

  it('says that it was not saved, goes on trying, and asks before the page is left', async () => {
    const town = await aTown('SQLite')
    const { reference, cast } = await town.draft()
    const page = await pageOf(browser(), town, cast.applicant)
    await page.clock.install()
    await page.goto(`${town.url}/ansoegninger/${reference}/skema/idea`)
    await page.context().setOffline(true)
    await page.locator('[name=summary]').fill(words)
    await page.locator('[name=title]').focus()
    await page.locator('.app-saved').filter({ hasText: 'Ikke gemt: vi kan ikke få' }).waitFor()
    const asked: string[] = []
    page.once('dialog', (dialog) => {
      asked.push(dialog.type())
      void dialog.dismiss()
    })
    await page.evaluate('location.reload()')
    await expect.poll(() => asked).toEqual(['beforeunload'])
    await page.context().setOffline(false)
    await page.clock.runFor(21_000)
    await page.locator('.app-saved').filter({ hasText: 'Gemt kl.' }).waitFor()
    await town.db('sessions').update({ seen_at: hoursAgo(town, 3) })
    await page.locator('[name=title]').fill('Et navn')
    await page.locator('[name=summary]').focus()
    await page.locator('.app-saved').filter({ hasText: 'Ikke gemt: du er logget af' }).waitFor()
    await page.context().close()
  }, 120_000)

  it('comes back after a session that ran out, a refusal, the Back button, and a case that moved on', async () => {
    const town = await aTown('SQLite')
    const { writings: forms, references } = await writings(town)
    const lost: string[] = []
    for (const form of forms) {
      const page = await pageOf(browser(), town, form.who)
      const mark = (what: string) => `${form.name}: ${what}`
      const expectKept = async (what: string, found: string) => {
        if (!found.replace(/\s+/g, ' ').includes(words.replace(/\s+/g, ' '))) lost.push(mark(what))
        return Promise.resolve()
      }
      page.on('dialog', (dialog) => void dialog.accept())

      // Left in the middle, and back.
      await page.goto(town.url + form.path)
      await typed(page, form)
      await page.goto(`${town.url}/livscyklus`)
      await page.goBack()
      await expectKept('Back after leaving', await valueOf(page, form.field))

      // Refused, and back from the refusal.
      await form.spoil(page)
      await press(page, form.button)
      await expectKept('refused', await shownIn(page, form))
      await page.goBack()
      await expectKept('Back from a refusal', await valueOf(page, form.field))

      // The session runs out while it is written.
      await page.goto(town.url + form.path)
      await typed(page, form)
      await town.db('sessions').update({ seen_at: hoursAgo(town, 3) })
      await press(page, form.button)
      const next = new URL(page.url()).searchParams.get('videre') ?? ''
      const again = (await town.person(form.who.email)).browser.cookies.get('session') ?? ''
      await page.context().addCookies([{ name: 'session', value: again, url: town.url }])
      await page.goto(town.url + next)
      await expectKept('the session ran out', await page.locator('main').innerText())
      await town.db('sessions').update({ seen_at: town.now() })

      // Somebody else was first.
      await page.goto(town.url + form.path)
      await typed(page, form)
      await town.db('applications').increment('version', 1)
      await town.db('reviews').increment('version', 1)
      await press(page, form.button)
      if (form.field !== 'body') await expectKept('409', await shownIn(page, form))
      await page.context().close()
    }

    // The deadline passes while it is written.
    const [draft] = forms
    if (!draft) throw new Error('no draft')
    const page = await pageOf(browser(), town, await town.person(draft.who.email))
    await page.goto(town.url + draft.path)
    await town.db('applications').where({ reference: references[0] }).update({ status: 'notSent' })
    await page.locator('[name=summary]').fill(words)
    await page.locator('[name=title]').focus()
    await page.locator('.app-saved').filter({ hasText: 'ikke en kladde længere' }).waitFor()
    await press(page, draft.button)
    await expectText(page, 'Hver torsdag.')
    expect(lost).toEqual([])
  }, 120_000)
})

const hoursAgo = ({ now }: Town, hours: number) =>
  new Date(Date.parse(now()) - hours * 3_600_000).toISOString()

async function storedIn(town: Town, reference: string): Promise<unknown> {
  const row = await town.db('applications').where({ reference }).first<{ answers: string }>()
  return JSON.parse(row.answers)
}

/** What was typed, wherever the answer shows it: in its field, or on a page that explains. */
async function shownIn(page: Page, form: Writing): Promise<string> {
  const field = page.locator(`[name="${form.field}"]`)
  return (await field.count()) > 0 ? field.inputValue() : page.locator('main').innerText()
}
