import { expect, it } from 'vitest'
import { describeInBrowser } from './browser.ts'

describeInBrowser('a browser for the stories', (browser) => {
  it('opens a page without JavaScript', async () => {
    const context = await browser().newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.setContent('<h1>Fællespuljen</h1>')
    expect(await page.getByRole('heading').textContent()).toBe('Fællespuljen')
    await context.close()
  })
})
