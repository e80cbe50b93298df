import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { describeInBrowser } from '../support/browser.ts'
import { aTown } from '../support/town.ts'

const sent = { da: 'Ansøgningen er sendt', en: 'Your application has been sent' }

describeInBrowser('an applicant on a phone, without JavaScript', (browser) => {
  it.each(['da', 'en'] as const)('signs in, applies and gets a receipt, in %s', async (lang) => {
    const town = await aTown('SQLite')
    const context = await browser().newContext({
      viewport: { width: 320, height: 640 },
      javaScriptEnabled: false,
      locale: lang === 'da' ? 'da-DK' : 'en-GB',
      extraHTTPHeaders: { 'accept-language': lang },
    })
    const page = await context.newPage()
    const email = `mobil-${lang}@example.org`
    await page.goto(`${town.url}/log-ind`)
    await page.locator('#email').fill(email)
    await press(page)
    const [mail] = await town.mails(email)
    const code = /\b\d{4} ?\d{4}\b/.exec(mail?.text ?? '')?.[0] ?? ''
    await page.locator('#code').fill(code)
    await press(page)
    expect(new URL(page.url()).pathname).toBe('/mine-sager')
    expect(await page.locator('html').getAttribute('lang')).toBe(lang)

    await page.goto(`${town.url}/organisationer/ny`)
    await page.locator('input[name=kind][value=group]').check()
    await page.locator('#name').fill('Gårdhaven')
    await press(page)
    await page.goto(`${town.url}/puljer/lokal/ansoeg`)
    await press(page)

    await page.locator('#contactPhone').fill('12 34 56 78')
    await page.locator('input[name=districts]').first().check()
    await press(page)
    await fill(page, { title: 'En have', summary: 'Vi planter.', targetGroup: 'Alle i gården' })
    await press(page)
    await fill(page, { amount: '20.000', totalBudget: '20.000', deMinimis: '0' })
    await press(page)
    await fill(page, {
      hypothesis: 'Naboer mødes ved jord.',
      measure: 'Vi tæller.',
      'startOn-day': '1',
      'startOn-month': '9',
      'startOn-year': '2026',
    })
    await press(page)
    await press(page)
    await page.locator('input[name=declaration]').check()
    await press(page)
    expect(new URL(page.url()).pathname).toMatch(/\/tjek$/)
    await press(page)
    expect(new URL(page.url()).pathname).toMatch(/\/kvittering$/)
    expect(await page.locator('main').textContent()).toContain('KK-2026-0001')
    expect(await page.locator('h1').textContent()).toBe(sent[lang])
    const [, receipt] = await town.mails(email)
    expect(receipt?.language).toBe(lang)
    await context.close()
  })
})

async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    await page.locator(`[name="${name}"]`).fill(value)
  }
}

/** The one primary button of the page. */
async function press(page: Page): Promise<void> {
  await page.locator('main .button-primary').first().click()
}
