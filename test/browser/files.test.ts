import { expect, it } from 'vitest'
import { describeInBrowser } from '../support/browser.ts'
import { sample } from '../support/files.ts'
import { faultsIn, faultsOf, lookingAt, signIn } from '../support/look.ts'
import { aTown } from '../support/town.ts'

describeInBrowser('files in a browser', (browser) => {
  it('are chosen, refused without losing the good ones, and sent, on a phone and in the dark', async () => {
    const town = await aTown('SQLite')
    const { reference, cast } = await town.sent()
    const look = { lang: 'en', width: 320, colorScheme: 'dark' } as const
    await town.db('people').update({ language: look.lang })
    const page = await lookingAt(browser(), look)
    await signIn(page.context(), town, cast.applicant, look.lang)
    const address = `${town.url}/ansoegninger/${reference}/beskeder`
    expect(await faultsOf(page, address, look)).toEqual([])

    const file = (name: string, buffer: Buffer) => ({ name, mimeType: '', buffer })
    const long = `${'endless '.repeat(12)}name.pdf`
    await page.setInputFiles('#files', [file('a.exe', sample.exe), file(long, sample.pdf)])
    const refused = page.waitForResponse((r) => r.status() === 422)
    await page.click('main button.button-primary')
    const answer = await refused
    await page.waitForLoadState()
    expect(await page.textContent('#files-error')).toContain('“a.exe” is of a kind')
    expect(await faultsIn(page, answer, look, 422)).toEqual([])

    await page.fill('#body', 'Here is the budget.')
    await page.click('main button.button-primary')
    await page.waitForSelector('.app-files')
    expect(await page.textContent('.app-files')).toContain(`${long} (PDF, 1 kB)`)
    expect(await faultsOf(page, page.url(), look)).toEqual([])
  }, 60_000)
})
