import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { forgetTraces } from '../../src/people/forget-traces.ts'
import type { Browser } from '../../src/journey/browser.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aPerson } from '../support/factories.ts'
import { formData, sample, sendWithFiles } from '../support/files.ts'
import { aTown } from '../support/town.ts'

const boundary = 'X-BOUNDARY-X'
const typeOf = `multipart/form-data; boundary=${boundary}`
const part = (head: string, body: string) =>
  `--${boundary}\r\nContent-Disposition: form-data${head}\r\n\r\n${body}\r\n`
const end = `--${boundary}--\r\n`

/** One request byte for byte, as no browser would send it; what came back before the line closed. */
function raw(url: string, head: string[], body: string, cutAfterMs = 0): Promise<string> {
  const { port } = new URL(url)
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(`${head.join('\r\n')}\r\nHost: localhost\r\nConnection: close\r\n\r\n${body}`)
      if (cutAfterMs > 0) setTimeout(() => socket.destroy(), cutAfterMs)
    })
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(answer))
  })
}

const cookieOf = (client: Browser) =>
  `Cookie: ${[...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')}`

describe.each(engines)('hostile files on %s', (engine) => {
  it('are refused whatever they are called, the words kept; nothing of them is left', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const page = `/ansoegninger/${reference}/beskeder`
    const hostile = [
      { name: 'side.html', bytes: '<!doctype html><script>alert(1)</script>' },
      { name: 'billede.svg', bytes: '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>' },
      { name: 'svg.png', bytes: '<svg onload="alert(1)"/>' },
      { name: 'data.xml', bytes: '<?xml version="1.0"?><a/>' },
      { name: 'kode.js', bytes: 'alert(1)' },
      { name: 'kode.pdf', bytes: 'alert(1)' },
      { name: 'program.exe', bytes: sample.exe },
      { name: 'makro.docm', bytes: sample.docm },
      { name: 'makro.xlsx', bytes: sample.xlsm },
      { name: 'arkiv.zip', bytes: sample.zip },
      { name: 'tom.pdf', bytes: '' },
      { name: 'kontrakt 010203-1234.pdf', bytes: sample.pdf },
      { name: 'a"><img src=x onerror=alert(1)>.exe', bytes: sample.exe },
    ]
    for (const file of hostile) {
      const answer = await sendWithFiles(cast.applicant.browser, page, { body: 'Ordene' }, [file])
      expect([file.name, answer.status]).toEqual([file.name, 422])
      expect(answer.body).toContain('Ordene</textarea>')
      expect(answer.body).not.toContain('<img src=x')
    }
    expect([await town.db('attachments'), await town.db('messages')]).toEqual([[], []])

    // A picture that would unfold to sixteen gigabytes is a small file to whoever never unfolds it.
    const flood = { name: 'flod.png', bytes: sample.floodPng }
    const taken = await sendWithFiles(cast.applicant.browser, page, { body: 'x' }, [flood])
    expect(taken.status).toBe(303)
  })

  it('that are sent twenty times at once and five in a row come once; under the same key, another file is refused', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const { browser } = cast.applicant
    const form = await browser.formOf(`/ansoegninger/${reference}/beskeder`)
    const send = (bytes: Buffer) =>
      browser.ask('POST', form.action, {
        body: formData({ ...form.fields, body: 'En gang' }, [{ name: 'a.csv', bytes }]),
      })
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(sample.csv)))
    for (let i = 0; i < 5; i += 1) answers.push(await send(sample.csv))
    expect([...new Set(answers.map((a) => `${a.status} ${a.location}`))]).toEqual([
      `303 /ansoegninger/${reference}?besked=messageSent`,
    ])
    expect((await send(Buffer.from('noget;andet'))).status).toBe(409)
    expect(await town.db('messages')).toHaveLength(1)
    expect(await town.db('attachments')).toHaveLength(1)
    expect(await town.db('attachment_parts')).toHaveLength(1)
    const told = (await town.mails()).filter((m) => m.event === 'message').map((m) => m.to_address)
    expect(told).toEqual([...new Set(told)])
  })

  it('cannot be put in, taken from or swapped in a case of others', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const page = `/ansoegninger/${reference}/beskeder`
    const files = [{ name: 'a.pdf', bytes: sample.pdf }]
    expect((await sendWithFiles(cast.applicant.browser, page, { body: 'x' }, files)).status).toBe(
      303,
    )
    const [file] = await town.db('attachments').pluck<number[]>('id')
    const stranger = await town.signedIn(await aPerson(town.db))
    const { fields } = await stranger.formOf('/profil')
    const token = { _csrf: String(fields._csrf) }
    const body = () => formData({ ...token, body: 'x', 'files-waiting': String(file) }, files)
    expect((await stranger.ask('POST', page, { body: body() })).status).toBe(404)
    for (const method of ['DELETE', 'PUT', 'PATCH']) {
      const path = `/ansoegninger/${reference}/filer/${file}`
      expect((await cast.applicant.browser.ask(method, path)).status).toBe(405)
      expect((await stranger.ask('POST', path, { body: body() })).status).toBe(415)
    }
    // Its own people cannot claim it for another message either: it was sent.
    const again = { body: 'y', 'files-waiting': String(file) }
    expect((await sendWithFiles(cast.applicant.browser, page, again, [])).status).toBe(422)
    expect(await town.db('attachments')).toMatchObject([{ id: file, owner_id: 1 }])
  })
})

it('takes files nowhere else, and from nobody without the form’s own token', async () => {
  const town = await aTown('SQLite')
  const { reference, cast } = await town.sent()
  const { browser } = cast.applicant
  const files = [{ name: 'a.pdf', bytes: sample.pdf }]
  const form = await browser.formOf('/profil')
  const ask = (path: string, fields: Record<string, string>) =>
    browser.ask('POST', path, { body: formData(fields, files) })
  expect((await ask('/profil', form.fields as Record<string, string>)).status).toBe(415)
  const page = `/ansoegninger/${reference}/beskeder`
  const stolen = await ask(page, { body: 'Ord der bliver', _csrf: 'x' })
  expect(stolen.status).toBe(403)
  expect(textOf(stolen.body)).toContain('Ord der bliver')
  const nobody = await town.client().ask('POST', page, { body: formData({ body: 'x' }, files) })
  expect(nobody.status).toBe(403)
  const odd = await browser.ask('POST', page, {
    body: formData({ _csrf: String(form.fields._csrf), body: 'x' }, files, 'andre'),
  })
  expect(odd.status).toBe(400)
  expect(await town.db('attachments')).toEqual([])
})

it('reads nothing of strangers, and leaves room for others whoever fills theirs', async () => {
  const town = await aTown('SQLite')
  const { reference, cast } = await town.sent()
  const page = `/ansoegninger/${reference}/beskeder`
  const head = (client: Browser, length: number) => [
    `POST ${page} HTTP/1.1`,
    cookieOf(client),
    `Content-Type: ${typeOf}`,
    `Content-Length: ${length}`,
  ]
  const stranger = town.client()
  await stranger.get('/')
  // Answered before a byte of it has come; a body that never ends holds nothing.
  expect(await raw(town.url, head(stranger, 400_000_000), 'x', 2000)).toMatch(/^HTTP\/1\.1 403 /)

  const { browser } = cast.applicant
  const slow = Promise.all([1, 2, 3].map(() => raw(town.url, head(browser, 80_000_000), 'x', 1500)))
  await new Promise((resolve) => setTimeout(resolve, 500))
  const own = await sendWithFiles(browser, page, { body: 'x' }, [])
  const files = [{ name: 'a.pdf', bytes: sample.pdf }]
  const others = await sendWithFiles(cast.secretariat.browser, page, { body: 'x' }, files)
  const answers = await slow
  expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 503'))).toHaveLength(2)
  expect([own.status, others.status]).toEqual([303, 303])
  // Whoever hangs up gives the room back.
  expect((await sendWithFiles(browser, page, { body: 'y' }, files)).status).toBe(303)
})

it('answers every broken form with a page, leaves nothing behind, and goes on', async () => {
  const town = await aTown('SQLite')
  const { reference, cast } = await town.sent()
  const { browser } = cast.applicant
  const page = `/ansoegninger/${reference}/beskeder`
  const { fields } = await browser.formOf(page)
  const csrf = part('; name="_csrf"', String(fields._csrf))
  const body = part('; name="body"', 'Skrevne ord')
  const file = (more: string) => part(`; name="files"; filename="${more}"`, sample.pdf.toString())
  const post = (text: string, type = typeOf) =>
    browser.ask('POST', page, { body: text, headers: { 'content-type': type } })
  const broken: [string, string, string?][] = [
    ['no name', csrf + body + part('', 'x') + end],
    ['an empty name', csrf + body + part('; name=""; filename="a.pdf"', 'x') + end],
    ['no boundary in the type', csrf + body + end, 'multipart/form-data'],
    ['another boundary', csrf + body + end, 'multipart/form-data; boundary=andet'],
    ['no end', csrf + body + file('a.pdf')],
    ['half a part', csrf + body + `--${boundary}\r\nContent-Dispo`],
    ['ten thousand parts', csrf + body + part('; name="body"', 'x').repeat(10_000) + end],
    ['ten thousand empty files', csrf + body + file('').repeat(10_000) + end],
    ['a thousand headers', csrf + `--${boundary}\r\n${'X-A: b\r\n'.repeat(1000)}\r\n\r\n` + end],
    ['a nested name', csrf + part('; name="body[__proto__][x]"', 'x') + end],
    ['a name without end', csrf + part(`; name="${'n'.repeat(5000)}"`, 'x') + end],
    ['nothing at all', ''],
  ]
  for (const [what, text, type] of broken) {
    const answer = await post(text, type)
    expect([what, answer.status >= 400 && answer.status < 500]).toEqual([what, true])
    expect([what, answer.headers.get('content-type')]).toEqual([what, 'text/html; charset=utf-8'])
  }
  const long = await post(csrf + body + part('; name="rest"', 'æ'.repeat(2_000_000)) + end)
  expect(long.status).toBe(413)
  expect(textOf(long.body)).toContain('Skrevne ord')

  const head = (more: string[]) => [
    `POST ${page} HTTP/1.1`,
    cookieOf(browser),
    `Content-Type: ${typeOf}`,
    ...more,
  ]
  const whole = csrf + body + file('a.pdf') + end
  const chunked = `${whole.length.toString(16)}\r\n${whole}\r\n0\r\n\r\n`
  const unsaid = await raw(town.url, head(['Transfer-Encoding: chunked']), chunked)
  expect(unsaid).toMatch(/^HTTP\/1\.1 4\d\d /)
  const tooShort = await raw(town.url, head([`Content-Length: ${whole.length - 40}`]), whole)
  expect(tooShort).toMatch(/^HTTP\/1\.1 4\d\d /)
  expect(await raw(town.url, head(['Content-Length: 90000000']), whole, 100)).toBe('')
  expect(await raw(town.url, head([`Content-Length: 900000000`]), whole, 500)).toMatch(/ 413 /)

  expect([await town.db('attachments'), await town.db('messages')]).toEqual([[], []])
  const good = await sendWithFiles(browser, page, { body: 'Nu' }, [
    { name: 'a.pdf', bytes: sample.pdf },
  ])
  expect(good.status).toBe(303)
  expect(town.logged.filter((line) => line.includes('"level":50'))).toEqual([])
  await forgetTraces(town.db, town.now())
  expect(await town.db('attachments')).toHaveLength(1)
}, 60_000)
