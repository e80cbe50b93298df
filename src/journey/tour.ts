import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Lang } from '../shared/actor.ts'
import { paths } from '../shared/paths.ts'
import { findChromium, howToGetOne, launch } from './chromium.ts'
import { freePort } from './free-port.ts'
import { preparePlace, startServer } from './place.ts'

type Look = { lang: Lang; width: number; dark: boolean }
type Shot = Look & { who: string; address: string; file: string; status: number }

const looks: Look[] = [
  { lang: 'da', width: 1280, dark: false },
  { lang: 'en', width: 320, dark: true },
]

/** Of pages that differ only in their numbers, this many are taken of each person. */
const ofEachKind = 2

/** What everybody sees alike is taken once, of a visitor; these two differ with who is looking. */
const ofEverybody = [paths.front(), paths.myPages()]

/**
 * `tour [folder]`: starts a demo of its own and takes a picture of every page that each demo person
 * can reach by links, without JavaScript: wide in Danish, and as a dark phone in English. An
 * `index.html` beside them shows them all. Returns the exit code; 1 when a page did not answer 200.
 */
export async function tour([folder = 'tour', ...rest]: string[]): Promise<number> {
  const executablePath = findChromium()
  if (rest.length > 0 || folder.startsWith('-')) {
    console.error('Usage: tour [folder]')
    return 64
  }
  if (executablePath === null) {
    console.error(howToGetOne)
    return 1
  }
  const place = await preparePlace(null)
  const server = await startServer({ ...place.env, PORT: String(await freePort()) })
  const browser = await launch(executablePath)
  try {
    const shots: Shot[] = []
    for (const look of looks) shots.push(...(await walk(browser, server.url, look, folder)))
    writeFileSync(path.join(folder, 'index.html'), indexOf(shots))
    const wrong = shots.filter((shot) => shot.status !== 200)
    for (const { who, address, status } of wrong) console.error(`${status} ${address} for ${who}`)
    console.log(`${shots.length} pictures in ${path.join(folder, 'index.html')}`)
    return wrong.length === 0 ? 0 : 1
  } finally {
    await browser.close()
    await server.stop()
    await place.leave()
  }
}

async function walk(browser: Browser, url: string, look: Look, folder: string): Promise<Shot[]> {
  const visitor = await open(browser, look, url)
  await visitor.page.goto(url + paths.signIn())
  const people = await visitor.page.locator('form[action*="demo"] button').allInnerTexts()
  const shots = await walkAs(visitor.page, url, { look, folder, who: 'visitor', taken: [] })
  const taken = shots.map((shot) => shot.address)
  await visitor.context.close()
  for (const who of people) {
    const { context, page } = await open(browser, look, url)
    await page.goto(url + paths.signIn())
    await page.locator('form[action*="demo"] button', { hasText: who }).first().click()
    if ((await page.locator('html').getAttribute('lang')) !== look.lang) {
      await page.locator(`button[name="lang"][value="${look.lang}"]`).first().click()
    }
    shots.push(...(await walkAs(page, url, { look, folder, who, taken })))
    await context.close()
  }
  return shots
}

async function open(
  browser: Browser,
  { lang, width, dark }: Look,
  url: string,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: false,
  })
  await context.addCookies([{ name: 'sprog', value: lang, url }])
  return { context, page: await context.newPage() }
}

type Walk = { look: Look; folder: string; who: string; taken: string[] }

async function walkAs(page: Page, url: string, { look, folder, who, taken }: Walk) {
  const shots: Shot[] = []
  const seen = new Map<string, number>()
  const known = new Set(taken.filter((address) => !ofEverybody.includes(address)))
  const ahead = [...ofEverybody]
  for (let address = ahead.shift(); address !== undefined; address = ahead.shift()) {
    const kind = kindOf(address)
    const before = seen.get(kind) ?? 0
    if (known.has(address) || before >= ofEachKind || /\.(csv|xlsx|pdf|json)$/.test(kind)) continue
    known.add(address)
    seen.set(kind, before + 1)
    const answer = await page.goto(url + address)
    const file = fileFor(look, who, shots.length, kind)
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true })
    await page.screenshot({ path: path.join(folder, file), fullPage: true })
    shots.push({ ...look, who, address, file, status: answer?.status() ?? 0 })
    const links = page.locator('a[href^="/"]')
    for (const link of await links.evaluateAll((all) => all.map((a) => a.getAttribute('href')))) {
      ahead.push((link ?? '').split('#')[0] ?? '')
    }
  }
  return shots
}

/** An address without what tells one case, number, contributor or template from another. */
const kindOf = (address: string): string =>
  address
    .replace(/\?.*/, '')
    .replace(/KK-\d+-\d+|\d+/g, '#')
    .replace(/(skabeloner\/\w\w)\/.*/, '$1/#')
    .replace(/\/(bidragydere|puljer|runder|kriterier)\/(?!(ny|vaegte)\b)[\w-]+/g, '/$1/#')

function fileFor({ lang, width }: Look, who: string, number: number, kind: string): string {
  const plain = (text: string) => text.replace(/[^\p{L}\d]+/gu, '-').replace(/^-|-$/g, '')
  const name = `${String(number).padStart(2, '0')}-${plain(kind) || 'forside'}`
  return path.posix.join(`${lang}-${width}`, plain(who), `${name.slice(0, 80)}.png`)
}

const indexOf = (shots: Shot[]): string => {
  const cells = shots.map(
    ({ file, who, address, lang, width }) =>
      `<figure><a href="${file}"><img src="${file}" loading="lazy" width="300" alt=""></a><figcaption>${who}, ${lang} ${width}<br>${address.replaceAll('&', '&amp;')}</figcaption></figure>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Tour</title><style>body{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start;font:14px sans-serif}figure{margin:0;width:300px}img{border:1px solid #888}</style>${cells.join('')}</html>`
}
