import { describe, expect, it } from 'vitest'
import type { Person } from '../../src/journey/person.ts'
import { grant, openReview, pay, review } from '../../src/journey/stages.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aTown } from '../support/town.ts'

/** Sends a page's form as its script does while somebody writes. */
async function saveByItself(
  browser: Person['browser'],
  path: string,
  fields: Record<string, string>,
) {
  const form = await browser.formOf(path)
  const { requestKey: _key, ...own } = form.fields
  const action = form.action.replace('submitReview', 'saveScores')
  const send = (more: Record<string, string> = {}) =>
    browser.post(action, { ...own, ...fields, ...more }, { 'x-autosave': '1' })
  const answer = await send()
  return { answer, send, version: Number(own.version) }
}

describe.each(engines)('a form that saves itself on %s', (engine) => {
  it('keeps half a review, a word without its score too, and is one line of history', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const [page = ''] = await openReview(reference, cast)
    const { browser } = cast.reviewers[0]
    const { names } = await browser.formOf(page)
    const [score = '', other = ''] = names.filter((name) => name.startsWith('score-'))
    const word = { [other.replace('score', 'comment')]: 'Mangler et budget.' }
    const { answer, send, version } = await saveByItself(browser, page, { [score]: '4', ...word })
    expect(JSON.parse(answer.body)).toEqual({ version: version + 1, text: 'Gemt kl. 10.00' })
    const again = await send()
    expect(JSON.parse(again.body)).toEqual(JSON.parse(answer.body))
    const more = await saveByItself(browser, page, { comment: 'Lovende.' })
    expect(JSON.parse(more.answer.body)).toMatchObject({ version: version + 2 })
    const { fields } = await browser.formOf(page)
    expect(fields).toMatchObject({ [score]: '4', ...word, comment: 'Lovende.' })
    const lines = await town.db('history').where({ event: 'saveScores' }).pluck('to_status')
    expect(lines).toEqual(['drafted'])

    const late = await send({ comment: 'Noget andet.' })
    expect(late.status).toBe(409)
    expect(JSON.parse(late.body)).toMatchObject({ stop: true })
    expect((await browser.formOf(page)).fields).toMatchObject({ comment: 'Lovende.' })
  })

  it('keeps half a report from the municipality, and shows both texts when two have written', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    await review(reference, cast)
    await grant(reference, cast, { amount: '80.000', conditions: '' })
    await pay(reference, cast)
    const page = `/ansoegninger/${reference}/rapporter/1`
    const { browser } = cast.applicant
    const before = await town.db('history').count({ n: '*' }).first()
    const { answer } = await saveByItself(browser, page, { done: 'Vi er begyndt.' })
    expect(answer.status).toBe(200)
    expect(textOf((await cast.secretariat.browser.open(page)).body)).not.toContain('Vi er begyndt.')
    expect(await town.db('history').count({ n: '*' }).first()).toEqual(before)

    const form = await browser.formOf(page)
    await browser.complete(page, { done: 'Vi er halvvejs.', next: 'stay' })
    const overtaken = await browser.post(form.action, {
      ...form.fields,
      done: 'Vi er færdige.',
      next: 'stay',
    })
    expect(overtaken.status).toBe(409)
    const shown = textOf(overtaken.body)
    expect(shown).toContain('Vi er halvvejs.')
    expect(overtaken.body).toContain('Vi er færdige.')
    const unread = await saveByItself(browser, page, { spent: 'ti' })
    expect(unread.answer.status).toBe(422)
    expect(unread.answer.body).toContain('Ikke gemt')
  })
})
