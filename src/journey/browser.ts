import { formIn } from './forms.ts'
import type { Fields } from './forms.ts'

export type Answer = {
  status: number
  /** Where a redirect leads, as a path on the site; '' when it is none. */
  location: string
  headers: Headers
  body: string
}

export type Browser = ReturnType<typeof createBrowser>

/**
 * One browser without JavaScript: keeps its cookies, follows no redirect unless asked, and posts
 * what a page's own form would. Any 500 is thrown, wherever it happens.
 */
export function createBrowser(url: string, send: typeof fetch = fetch) {
  const cookies = new Map<string, string>()
  let sent: Record<string, string> = { 'accept-language': 'da' }

  async function ask(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await send(new URL(path, url), {
      method,
      redirect: 'manual',
      ...init,
      headers: {
        ...sent,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(init.headers as Record<string, string> | undefined),
      },
    })
    for (const line of response.headers.getSetCookie()) keep(line)
    const body = await response.text()
    if (response.status >= 500)
      throw new Error(`${method} ${path}: ${response.status} ${textOf(body)}`)
    const location = response.headers.get('location') ?? ''
    return { status: response.status, location, headers: response.headers, body }
  }

  function keep(line: string): void {
    const [pair = ''] = line.split(';')
    const [name = '', value = ''] = [
      pair.slice(0, pair.indexOf('=')),
      pair.slice(pair.indexOf('=') + 1),
    ]
    if (/max-age=0/i.test(line)) cookies.delete(name)
    else cookies.set(name, value)
  }

  const get = (path: string, headers: Record<string, string> = {}) => ask('GET', path, { headers })

  /** Posts exactly these fields. */
  const post = (path: string, fields: Fields, headers: Record<string, string> = {}) =>
    ask('POST', path, {
      body: encode(fields),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })

  /** Opens a page and follows its redirects. */
  async function open(path: string): Promise<Answer> {
    let answer = await get(path)
    for (let hops = 0; answer.location !== '' && hops < 5; hops += 1) {
      answer = await get(answer.location)
    }
    return answer
  }

  /** The fields a form would send, hidden ones and all: of the first form of `main`, or by action. */
  async function formOf(path: string, action?: string) {
    const page = await open(path)
    if (page.status !== 200) throw new Error(`GET ${path}: ${page.status}`)
    return formIn(page.body, action)
  }

  /**
   * Fills in the page's form and sends it; the answer is not followed. `action` chooses a form when
   * the page has several; a field that the form has not got is sent all the same.
   */
  async function submit(path: string, fields: Fields = {}, action?: string): Promise<Answer> {
    const form = await formOf(path, action)
    return post(form.action, { ...form.fields, ...fields })
  }

  /** The same, and on to where the answer leads; throws when the form was refused. */
  async function complete(path: string, fields: Fields = {}, action?: string): Promise<Answer> {
    const answer = await submit(path, fields, action)
    if (answer.status !== 303) throw new Error(`${path}: ${answer.status}\n${textOf(answer.body)}`)
    return Object.assign(await open(answer.location), { location: answer.location })
  }

  return {
    ask,
    get,
    post,
    open,
    formOf,
    submit,
    complete,
    cookies,
    /** Headers that every later request carries, such as a language or a forged address. */
    sendAlways: (headers: Record<string, string>) => void (sent = { ...sent, ...headers }),
  }
}

export function encode(fields: Fields): string {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((v): [string, string] => [name, v]),
    ),
  ).toString()
}

/** The words of a page as a person reads them. */
export const textOf = (html: string): string =>
  html
    .replace(/^[\s\S]*<main[^>]*>|<\/main>[\s\S]*$/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&#x27;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/\s+/g, ' ')
    .trim()
