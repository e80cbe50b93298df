import express from 'express'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { assets, securityHeaders } from '../../src/web/security.ts'
import { describeInBrowser } from '../support/browser.ts'
import { renderGallery } from './gallery.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describe('every piece of a page', () => {
  it.each(['da', 'en'] as const)('is printed in %s, with and without errors', (lang) => {
    const html = renderGallery(lang, { withErrors: true })
    expect(html).toContain(`<html lang="${lang}">`)
    expect(html).toContain('value="Nabohjælp &amp; &quot;kaffe&quot; &lt;på&gt; gaden"')
    expect(html).not.toContain('style=')
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(renderGallery(lang, { withErrors: false })).not.toContain('aria-invalid')
  })

  it('says each error in the same words in the summary and at its field', () => {
    const html = renderGallery('da', { withErrors: true })
    expect(html).toContain('<a href="#title">Udfyld “Projektets navn”</a>')
    expect(html).toContain('Fejl: </span>Udfyld “Projektets navn”</span>')
  })

  it('leads from every link of the summary to a control, and names every id once', () => {
    const html = renderGallery('da', { withErrors: true })
    for (const [, id] of html.matchAll(/<li><a href="#([^"]+)"/g)) {
      expect(html).toMatch(new RegExp(`<(input|textarea|select)[^>]* id="${id ?? ''}"`))
    }
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
    expect(ids).toEqual([...new Set(ids)])
  })
})

describeInBrowser('every piece of a page in a browser', (browser) => {
  it.each([
    { name: 'wide', width: 1280, colorScheme: 'light' },
    { name: 'on a small phone', width: 320, colorScheme: 'light' },
    { name: 'in the dark', width: 1280, colorScheme: 'dark' },
  ] as const)('has no fault that axe can find, $name', async ({ width, colorScheme }) => {
    const origin = await served()
    const context = await browser().newContext({
      viewport: { width, height: 800 },
      colorScheme,
      bypassCSP: true,
    })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    for (const path of ['/da/errors', '/en/plain']) {
      await page.goto(origin.url + path)
      await page.evaluate(axe)
      expect(await page.evaluate('axe.run().then((r) => r.violations.map((v) => v.id))')).toEqual(
        [],
      )
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    }
    await context.close()
    origin.close()
    expect(complaints).toEqual([])
  })

  it('keeps to its own rules of what may be loaded, and moves to the errors', async () => {
    const origin = await served()
    const page = await browser().newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(`${origin.url}/da/errors`)
    expect(await page.evaluate('document.activeElement.id')).toBe('error-summary')
    await page.getByLabel('Hvad vil I gøre?').fill('a'.repeat(2001))
    expect(await page.locator('#about-max').textContent()).toBe('1 tegn for meget')
    expect(complaints).toEqual([])
    await page.close()
    origin.close()
  })
})

async function served() {
  const app = express()
  app.use(securityHeaders, assets())
  app.get('/:lang/:state', (req, res) => {
    const lang = req.params.lang === 'en' ? 'en' : 'da'
    res.type('html').send(renderGallery(lang, { withErrors: req.params.state === 'errors' }))
  })
  const server = app.listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://localhost:${port}`, close: () => server.close() }
}
