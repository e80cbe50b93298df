import { paths } from '../shared/paths.ts'
import type { Browser } from './browser.ts'
import { createBrowser, textOf } from './browser.ts'
import type { Fields } from './forms.ts'
import type { PostOffice } from './post-office.ts'

export type Person = {
  email: string
  browser: Browser
  /** Opens the page that the newest mail with a link like this leads to. */
  followMail: (link: RegExp) => Promise<string>
  /** Takes a step that the page offers: follows its link, fills in its form, sends it. */
  take: (page: string, link: RegExp, fields?: Fields) => Promise<void>
}

export type Way = { by: 'code' | 'link'; lang?: 'da' | 'en' }

/** Signs in as a person would: asks for a mail, and types its code or follows its link. */
export async function signIn(
  site: { url: string; post: PostOffice },
  email: string,
  { by, lang = 'da' }: Way,
): Promise<Person> {
  const { post, url } = site
  const browser = createBrowser(url)
  browser.sendAlways({ 'accept-language': lang })
  await browser.complete(paths.signIn(), { email })
  if (by === 'link') {
    const [link] = await post.waitFor(email, linkTo(paths.signInLink('[\\w-]+')))
    await browser.complete(pathOf(link))
  } else {
    const [code] = await post.waitFor(email, /\b\d{4} ?\d{4}\b/)
    await browser.complete(`${paths.signInCode()}?adresse=${encodeURIComponent(email)}`, { code })
  }
  const mine = await browser.open(paths.myPages())
  if (mine.status !== 200) throw new Error(`${email} is not signed in: ${mine.status}`)

  return {
    email,
    browser,
    async followMail(link) {
      const [found] = await post.waitFor(email, linkTo(link.source))
      const page = await browser.open(pathOf(found))
      if (page.status !== 200) throw new Error(`${email}: ${found} answers ${page.status}`)
      return pathOf(found)
    },
    take: offeredBy(email, browser),
  }
}

/** Takes steps by the links that pages show, so that a step nobody is offered cannot be taken. */
export const offeredBy =
  (email: string, browser: Browser): Person['take'] =>
  async (page, link, fields = {}) => {
    const { status, body } = await browser.open(page)
    const found = new RegExp(`href="(${link.source})"`).exec(body)?.[1]
    if (status !== 200 || found === undefined) {
      throw new Error(`${email} sees no ${link.source} on ${page}: ${status}\n${textOf(body)}`)
    }
    await browser.complete(found, fields)
  }

const linkTo = (pathPattern: string) => new RegExp(`https?://[\\w.:-]+${pathPattern}`)
const pathOf = (link: string) => {
  const url = new URL(link)
  return url.pathname + url.search
}
