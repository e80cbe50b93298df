import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { openReview, review } from '../../src/journey/stages.ts'
import type { Person } from '../../src/journey/person.ts'
import { describeInBrowser } from '../support/browser.ts'
import type { Look } from '../support/look.ts'
import { faultsIn, faultsOf, lookingAt, signIn } from '../support/look.ts'
import type { Town } from '../support/town.ts'
import { aTown } from '../support/town.ts'

const looks: Look[] = [
  { lang: 'da', width: 1280, colorScheme: 'light' },
  { lang: 'en', width: 320, colorScheme: 'dark' },
]

type Visit = { who: Person; pages: string[] }

describeInBrowser('a page in every state', (browser) => {
  it('has no fault when there is nothing on it yet', async () => {
    const town = await aTown('SQLite')
    const nobodyYet = await town.person('ny@example.org')
    const visits: Visit[] = [
      { who: nobodyYet, pages: ['/mine-sager', '/organisationer', '/puljer/lokal/ansoeg'] },
      {
        who: await town.official('sagsbehandler'),
        pages: ['/indbakke', '/indbakke?q=findes+ikke', '/sager', '/runder', '/fravaer'],
      },
      { who: await town.official('bedoemmer-valby'), pages: ['/bedoemmelser'] },
      { who: await town.official('puljeudvalg'), pages: ['/afgoerelser'] },
      { who: await town.official('oekonomi'), pages: ['/udbetalinger'] },
      { who: await town.official('raadgiver'), pages: ['/raadgivning'] },
      { who: await town.official('bidrag-amv'), pages: ['/bidragydere/AMV'] },
      {
        who: await town.official('administrator'),
        pages: ['/mails', '/mails/ingen', '/findes/ikke'],
      },
    ]
    const faults: string[] = []
    for (const look of looks) {
      const page = await lookingAt(browser(), look)
      await town.db('people').update({ language: look.lang })
      for (const { who, pages } of visits) {
        await signIn(page.context(), town, who, look.lang)
        for (const path of pages) {
          const isNowhere = /ingen|findes\/ikke/.test(path)
          const found = isNowhere
            ? await faultsIn(page, await page.goto(town.url + path), look, 404)
            : await faultsOf(page, town.url + path, look)
          faults.push(...found.map((f) => `${look.width} ${path}: ${f}`))
        }
      }
      await page.context().close()
    }
    expect(faults).toEqual([])
  }, 120_000)

  it('has no fault when its form comes back with errors', async () => {
    const { town, visits } = await forms()
    const faults: string[] = []
    for (const look of looks) {
      const page = await lookingAt(browser(), look)
      await town.db('people').update({ language: look.lang })
      for (const { who, pages } of visits) {
        await signIn(page.context(), town, who, look.lang)
        for (const path of pages) {
          await page.goto(town.url + path)
          const [answer] = await Promise.all([
            page.waitForNavigation(),
            page.locator('main form .button-primary').first().click(),
          ])
          const found = await faultsIn(page, answer, look, 422)
          const focus = await page.evaluate<string>('document.activeElement.id')
          if (focus !== 'error-summary') found.push(`leaves the focus on #${focus}`)
          faults.push(...found.map((f) => `${look.width} ${path}: ${f}`))
        }
      }
      await page.context().close()
    }
    expect(faults).toEqual([])
  }, 120_000)

  it('keeps its words and its edges: letters spaced, colours forced, printed', async () => {
    const { town, visits, samples } = await forms()
    const faults: string[] = []
    for (const width of [320, 1280]) {
      const page = await lookingAt(browser(), { lang: 'da', width, colorScheme: 'light' })
      for (const { who, pages } of [...samples, ...visits]) {
        await signIn(page.context(), town, who, 'da')
        for (const path of pages) {
          await page.goto(town.url + path)
          const found = [
            ...(await spaced(page, width)),
            ...(await forced(page)),
            ...(await printed(page)),
          ]
          faults.push(...found.map((f) => `${width} ${path}: ${f}`))
        }
      }
      await page.context().close()
    }
    expect(faults).toEqual([])
  }, 120_000)

  it('is light: styles under 60 kB and scripts under 15 kB, packed', async () => {
    const town = await aTown('SQLite')
    const html = (await town.client().get('/')).body
    const all = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js))"/g)].map(
      ([, a]) => a,
    )
    const weighed = async (kind: string) => {
      let sum = 0
      for (const address of new Set(all)) {
        if (!address?.endsWith(kind)) continue
        sum += gzipSync(await (await fetch(town.url + address)).text()).length
      }
      return sum
    }
    expect(all.length).toBeGreaterThan(4)
    expect(await weighed('.css')).toBeLessThan(60_000)
    expect(await weighed('.js')).toBeLessThan(15_000)
  })
})

/** Pages whose first form refuses to be sent as it is, and pages worth a look in other ways. */
async function forms(): Promise<{ town: Town; visits: Visit[]; samples: Visit[] }> {
  const town = await aTown('SQLite')
  const inReview = await town.sent()
  const [reviewPage = ''] = await openReview(inReview.reference, inReview.cast)
  const reviewed = await town.sent()
  await review(reviewed.reference, reviewed.cast)
  const submitted = await town.sent()
  const { cast } = reviewed
  const at = (stage: { reference: string }, more: string) =>
    `/ansoegninger/${stage.reference}${more}`
  const draft = await town.draft()
  return {
    town,
    visits: [
      { who: inReview.cast.reviewers[0], pages: [reviewPage] },
      { who: draft.cast.applicant, pages: ['/organisationer/ny'] },
      {
        who: cast.secretariat,
        pages: [
          at(submitted, '/trin/requestInformation'),
          at(submitted, '/notater'),
          at(reviewed, '/indstilling'),
          '/indtast',
        ],
      },
      {
        who: cast.decisionMaker,
        pages: [at(reviewed, '/trin/grant'), at(reviewed, '/trin/reject')],
      },
      { who: await town.official('administrator'), pages: ['/administration/personer/inviter'] },
    ],
    samples: [
      { who: draft.cast.applicant, pages: [at(draft, '/skema/money'), '/puljer/tvaer'] },
      { who: reviewed.cast.applicant, pages: [at(reviewed, ''), at(reviewed, '/udskrift')] },
      { who: cast.secretariat, pages: [at(reviewed, ''), '/sager'] },
      { who: await town.official('bidrag-amv'), pages: ['/bidragydere/AMV'] },
    ],
  }
}

/** WCAG 1.4.12: with more room between letters, words, lines and paragraphs nothing is cut off. */
async function spaced(page: Page, width: number): Promise<string[]> {
  const style = await page.addStyleTag({
    content:
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }' +
      ' p { margin-bottom: 2em !important }',
  })
  const faults = await page.evaluate<string[]>(`[
    ...(document.documentElement.scrollWidth > ${width} ? ['spaced, it is wider than the window'] : []),
    ...[...document.querySelectorAll('main *, header *, footer *')].filter((e) => {
      const { overflowX, overflowY, clipPath } = getComputedStyle(e)
      if (clipPath !== 'none' || /^(input|textarea|select|svg)$/i.test(e.tagName)) return false
      const isCut = (overflow, inside, room) => /hidden|clip/.test(overflow) && inside > room + 1
      return isCut(overflowX, e.scrollWidth, e.clientWidth) || isCut(overflowY, e.scrollHeight, e.clientHeight)
    }).map((e) => 'spaced, it cuts ' + e.tagName + '.' + e.className),
  ]`)
  await style.evaluate('(tag) => tag.remove()')
  return faults
}

/** In the colours of the reader's own system everything that had an edge still has one. */
async function forced(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: 'active' })
  const faults = await page.evaluate<string[]>(`
    [...document.querySelectorAll('.button, .app-tag, .app-alert, .app-bar, .app-key, .form-input')]
      .filter((e) => {
        const style = getComputedStyle(e)
        return style.borderTopStyle === 'none' || parseFloat(style.borderTopWidth) < 1 ||
          style.borderTopColor === getComputedStyle(document.body).backgroundColor
      })
      .map((e) => 'in forced colours ' + e.className + ' has no edge')`)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  const outline = await page.evaluate<string>(
    'getComputedStyle(document.activeElement).outlineStyle',
  )
  await page.emulateMedia({ forcedColors: 'none' })
  return outline === 'none' ? [...faults, 'in forced colours the focus does not show'] : faults
}

/** On paper there is the page's own text, and nothing to press. */
async function printed(page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' })
  const faults = await page.evaluate<string[]>(`[
    ...[...document.querySelectorAll('.app-header, .app-footer, main button, main a.button, .app-back')]
      .filter((e) => e.getClientRects().length > 0)
      .map((e) => 'printed, it shows ' + e.className),
    ...(document.querySelector('h1').getClientRects().length === 0 ? ['printed, it has no heading'] : []),
  ]`)
  await page.emulateMedia({ media: null })
  return faults
}
