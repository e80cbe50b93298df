import { expect, it } from 'vitest'
import { describeInBrowser } from '../support/browser.ts'
import { lookAtEveryPage } from '../support/every-page.ts'

describeInBrowser('every page of every role in a browser', (browser) => {
  it('has no fault in English and in the dark, on a phone; nor in Danish on a large screen', async () => {
    const { faults, looked } = await lookAtEveryPage(browser(), [
      { lang: 'en', width: 320, colorScheme: 'dark' },
      { lang: 'da', width: 1280, colorScheme: 'dark', isSample: true },
    ])
    expect(faults).toEqual([])
    expect(looked).toBeGreaterThan(150)
  }, 240_000)
})
