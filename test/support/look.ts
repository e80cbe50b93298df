import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page, Response } from 'playwright-core'
import type { Person } from '../../src/journey/person.ts'
import { readTexts } from '../../src/templates/i18n.ts'
import type { Town } from './town.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What a text's key looks like where its text should be: `steps.ask.answer.hint`. */
const aKey = new RegExp(`\\b(${Object.keys(readTexts('da')).join('|')})\\.[a-z]\\w*\\.[\\w.]+`, 'g')

export type Look = { lang: 'da' | 'en'; width: number; colorScheme: 'light' | 'dark' }

/** The most bytes that a page may be when it is sent, packed as servers do. */
const heaviest = 30_000

/** A page that is looked at in this way, with axe in it. */
export async function lookingAt(browser: Browser, look: Look): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 800 },
    colorScheme: look.colorScheme,
    bypassCSP: true,
  })
  await context.addInitScript({ content: axe })
  return context.newPage()
}

export async function signIn(
  context: BrowserContext,
  town: Pick<Town, 'url'>,
  who: Pick<Person, 'browser'> | null,
  lang: string,
): Promise<void> {
  const session = who?.browser.cookies.get('session')
  await context.clearCookies()
  await context.addCookies([
    { name: 'sprog', value: lang, url: town.url },
    ...(session === undefined ? [] : [{ name: 'session', value: session, url: town.url }]),
  ])
}

/** What is wrong with the page at this address, a sentence each. */
export async function faultsOf(page: Page, address: string, look: Look): Promise<string[]> {
  return faultsIn(page, await page.goto(address), look, 200)
}

/** What is wrong with the page that is open; `answer` is how it came. */
export async function faultsIn(
  page: Page,
  answer: Response | null,
  look: Look,
  wanted: number,
): Promise<string[]> {
  const status = answer?.status() ?? 0
  const weight = gzipSync((await answer?.body()) ?? '').length
  const violations = await page.evaluate<string[]>(
    "axe.run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then((r) => r.violations.map((v) => v.id + ' ' + v.nodes.map((n) => n.target).slice(0, 3).join(' | ')))",
  )
  const width = await page.evaluate<number>('document.documentElement.scrollWidth')
  const lang = await page.evaluate<string>('document.documentElement.lang')
  const headings = await page.locator('h1').count()
  const keys = (await page.locator('body').innerText()).match(aKey) ?? []
  return [
    ...keys.map((key) => `shows ${key}`),
    ...violations.map((v) => `axe: ${v}`),
    ...(status === wanted ? [] : [`answers ${status}`]),
    ...(weight <= heaviest ? [] : [`weighs ${weight} bytes`]),
    ...(width <= look.width ? [] : [`is ${width} px wide`]),
    ...(lang === look.lang ? [] : [`is in ${lang}`]),
    ...(headings === 1 ? [] : [`has ${headings} h1`]),
  ]
}
