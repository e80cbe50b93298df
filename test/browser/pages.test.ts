import { expect, it } from 'vitest'
import { describeInBrowser } from '../support/browser.ts'
import { lookAtEveryPage } from '../support/every-page.ts'

describeInBrowser('every page of every role in a browser', (browser) => {
  it('has no fault that axe can find and fits a phone of 320 px, in Danish', async () => {
    const { faults, looked } = await lookAtEveryPage(browser(), [
      { lang: 'da', width: 320, colorScheme: 'light' },
    ])
    expect(faults).toEqual([])
    expect(looked).toBeGreaterThan(120)
  }, 240_000)
})
