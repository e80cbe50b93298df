import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Person } from '../../src/journey/person.ts'
import type { Town } from './town.ts'

/** A page of a real browser in which this person is signed in; its context is the page's own. */
export async function pageOf(
  browser: Browser,
  town: Pick<Town, 'url'>,
  who: Person | null,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    extraHTTPHeaders: { 'accept-language': 'da' },
    ...options,
  })
  const session = who?.browser.cookies.get('session')
  if (session !== undefined) {
    await context.addCookies([{ name: 'session', value: session, url: town.url }])
  }
  return context.newPage()
}

/** Presses a button of the page by its words, and waits for the page it leads to. */
export async function press(page: Page, name: string): Promise<void> {
  const button = page.locator('main').getByRole('button', { name, exact: true })
  await Promise.all([page.waitForNavigation(), button.click()])
}

export const valueOf = (page: Page, name: string) => page.locator(`[name="${name}"]`).inputValue()

export async function expectText(page: Page, text: string): Promise<void> {
  expect(await page.locator('main').innerText()).toContain(text)
}
