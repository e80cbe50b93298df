import { describe, expect, it } from 'vitest'
import { aPerson } from '../support/factories.ts'
import { startTestApp } from '../support/app.ts'
import type { Answer, Client } from '../support/client.ts'
import { aTown } from '../support/town.ts'
import { formIn } from '../../src/journey/forms.ts'

/** Presses the language button of this very answer, whatever it was; where it leads. */
async function switchOn(client: Client, page: Answer): Promise<string> {
  const { fields } = formIn(page.body, '/sprog')
  const answer = await client.post('/sprog', { ...fields, lang: 'en' })
  expect(answer.status).toBe(303)
  expect((await client.get(answer.location)).body).toContain('<html lang="en">')
  return answer.location
}

describe('the language button', () => {
  it('keeps the page and its query, for those who are not signed in', async () => {
    const app = await startTestApp('SQLite')
    for (const path of [
      '/',
      '/privatliv',
      '/log-ind?videre=/organisationer',
      '/postkasse?adresse=a%40b.dk',
    ]) {
      const client = app.client()
      expect(await switchOn(client, await client.get(path))).toBe(path)
    }
    const lost = app.client()
    expect(await switchOn(lost, await lost.get('/privatliv?besked=saved'))).toBe('/privatliv')
  })

  it('leads from a form that was refused to the page of the form', async () => {
    const app = await startTestApp('SQLite')
    const visitor = app.client()
    const refused = await visitor.submit('/log-ind?videre=/profil', { email: 'ingen' })
    expect(refused.status).toBe(422)
    expect(await switchOn(visitor, refused)).toBe('/log-ind?videre=%2Fprofil')
    const code = app.client()
    const wrong = await code.submit('/log-ind/kode?adresse=bo@example.dk', { code: '12345678' })
    expect(await switchOn(code, wrong)).toBe('/log-ind/kode?adresse=bo%40example.dk')

    const client = await app.signedIn(await aPerson(app.db))
    const empty = await client.submit('/profil', { name: '' })
    expect(await switchOn(client, empty)).toBe('/profil')
    const nameless = await client.submit('/organisationer/ny', { name: '' })
    expect(await switchOn(client, nameless)).toBe('/organisationer/ny')
  })

  it('leads from a form on another page to the page of its own, and keeps what was asked of a list', async () => {
    const town = await aTown('SQLite')
    const { reference, cast } = await town.sent()
    const page = `/ansoegninger/${reference}`
    const { browser } = cast.applicant
    const silent = await browser.submit(page, { body: '' }, `${page}/beskeder`)
    expect(silent.status).toBe(422)
    expect(await switchOn(browser as Client, silent)).toBe(`${page}/beskeder`)
    const list = await cast.secretariat.browser.get('/sager?q=b%C3%B8rn+og+unge')
    expect(await switchOn(cast.secretariat.browser as Client, list)).toBe(
      '/sager?q=b%C3%B8rn+og+unge',
    )
  })
})
