import { decode } from '../../src/journey/forms.ts'
import type { Client } from './client.ts'

/**
 * Every page that this person can reach by links, from the front page and a few more: its address
 * and its HTML without the tokens that are new each time. Letters and data as files too, on demand:
 * they take longer.
 */
export async function crawl(
  browser: Client,
  from: string[] = [],
  { files = false, leave = /^$/ } = {},
): Promise<Map<string, string>> {
  const left = files ? /^\/assets\/|\.xlsx/ : /^\/assets\/|\.(xlsx|pdf|json)/
  const pages = new Map<string, string>()
  const ahead = ['/', '/mine-sager', '/profil', ...from]
  for (let path = ahead.shift(); path !== undefined; path = ahead.shift()) {
    if (pages.has(path)) continue
    const answer = await browser.get(path)
    if (answer.location !== '') {
      pages.set(path, `leads to ${answer.location}`)
      ahead.push(answer.location)
      continue
    }
    pages.set(path, withoutTokens(answer.body))
    for (const [, link = ''] of answer.body.matchAll(/\b(?:href|src)="(\/[^"]*)/g)) {
      const [next = ''] = decode(link).split('#')
      if (!left.test(next) && !leave.test(next) && !pages.has(next)) ahead.push(next)
    }
  }
  return pages
}

const withoutTokens = (html: string): string =>
  html.replace(/(name="(?:_csrf|requestKey)" value=")[^"]*"/g, '$1"')
