import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { findChromium, howToGetOne, launch } from '../../src/journey/chromium.ts'

/**
 * Stories in a real browser, one for the whole block: `browser()` gives it inside a test. Without a
 * Chromium they are skipped with a sentence, and fail where CI is set.
 */
export function describeInBrowser(name: string, stories: (browser: () => Browser) => void): void {
  const executablePath = findChromium()
  if (executablePath === null && !process.env.CI) {
    console.warn(`Skipped: ${name}. ${howToGetOne}`)
    describe.skip(name, () => {
      stories(() => {
        throw new Error(howToGetOne)
      })
    })
    return
  }
  describe(name, () => {
    let browser: Browser | undefined
    beforeAll(async () => {
      if (executablePath === null) throw new Error(howToGetOne)
      browser = await launch(executablePath)
    })
    afterAll(async () => {
      await browser?.close()
    })
    stories(() => {
      if (!browser) throw new Error('the browser is there inside a test only')
      return browser
    })
  })
}
