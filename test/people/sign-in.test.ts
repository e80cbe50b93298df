import { describe, expect, it } from 'vitest'
import { startTestApp } from '../support/app.ts'
import type { TestApp } from '../support/app.ts'
import type { Client } from '../support/client.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aPerson } from '../support/factories.ts'

const address = 'ny@example.dk'

async function ask(client: Client, email = address, next = '/profil'): Promise<void> {
  const answer = await client.submit(`/log-ind?videre=${encodeURIComponent(next)}`, { email })
  expect(answer.status).toBe(303)
  expect(answer.location).toContain('/log-ind/kode')
}

async function lastMail(app: TestApp, to = address) {
  const mail = (await app.mails(to)).at(-1)
  if (!mail) throw new Error(`no mail to ${to}`)
  const code = /\b\d{8}\b/.exec(mail.text)?.[0] ?? ''
  const link = /https?:\/\/\S+\/log-ind\/link\/[\w-]+/.exec(mail.text)?.[0] ?? ''
  return { mail, code, link: new URL(link).pathname }
}

const codePath = (email = address) => `/log-ind/kode?adresse=${encodeURIComponent(email)}`
const enter = (client: Client, code: string, email = address) =>
  client.submit(codePath(email), { code }, '/log-ind/kode')
const isSignedIn = async (client: Client) => (await client.get('/profil')).status === 200
const sessionsOf = (app: TestApp) => app.db('sessions').whereNull('ended_at')

describe.each(engines)('signing in, on %s', (engine) => {
  it('mails a code and a link, and makes a person with no roles at the first sign-in', async () => {
    const app = await startTestApp(engine)
    const client = app.client()
    await ask(client)
    const { mail, code } = await lastMail(app)
    expect(mail).toMatchObject({ template: 'sign-in', language: 'da', status: 'pending' })
    expect(await app.db('people')).toHaveLength(0)

    const answer = await enter(client, code)
    expect(answer).toMatchObject({ status: 303, location: '/profil' })
    expect(await isSignedIn(client)).toBe(true)
    expect(await app.db('people')).toMatchObject([{ email: address, name: '', language: 'da' }])
    expect(await app.db('roles')).toEqual([])
  })

  it('takes the link only by its button, however often a scanner looks at it', async () => {
    const app = await startTestApp(engine)
    const client = app.client()
    await ask(client)
    const { link } = await lastMail(app)
    const before = await app.db('sign_in_codes')
    const scanner = app.client()
    for (let i = 0; i < 5; i += 1) expect((await scanner.get(link)).status).toBe(200)
    await scanner.ask('HEAD', link)
    await client.get(link)
    expect(await app.db('sign_in_codes')).toEqual(before)
    expect(await app.db('sessions')).toEqual([])

    expect((await client.submit(link)).status).toBe(303)
    expect(await isSignedIn(client)).toBe(true)
    expect(app.logged.join()).not.toContain(link)
  })

  it('says on another device where the code is to be typed, and consumes nothing there', async () => {
    const app = await startTestApp(engine)
    const client = app.client()
    await ask(client)
    const { link, code } = await lastMail(app)
    const phone = app.client()
    expect(textOf((await phone.get(link)).body)).toContain('Skriv koden dér, hvor du bad om den')
    const form = await phone.formOf('/log-ind')
    const forced = await phone.post(link, { _csrf: String(form.fields['_csrf']) })
    expect(forced.status).toBe(422)
    expect((await enter(phone, code)).status).toBe(422)
    expect(await app.db('sessions')).toEqual([])
    expect((await enter(client, code)).status).toBe(303)
  })

  it('lets a code and its link be used once, for ten minutes, until a newer one', async () => {
    const app = await startTestApp(engine)
    const client = app.client()
    await ask(client)
    const first = await lastMail(app)
    await ask(client)
    const second = await lastMail(app)
    expect((await enter(client, first.code)).status).toBe(422)
    expect(textOf((await client.get(first.link)).body)).toContain('Skriv koden dér')

    app.clock.advanceMinutes(10)
    expect((await enter(client, second.code)).status).toBe(422)
    await ask(client)
    const third = await lastMail(app)
    expect((await enter(client, third.code)).status).toBe(303)
    const again = app.client()
    for (const [name, value] of client.cookies)
      if (name !== 'session') again.cookies.set(name, value)
    expect((await enter(again, third.code)).status).toBe(422)
  })

  it('lets five wrong codes pass and no more, also when they come at once', async () => {
    const app = await startTestApp(engine)
    const client = app.client()
    await ask(client)
    const { code } = await lastMail(app)
    const wrong = code === '00000000' ? '00000001' : '00000000'
    const form = await client.formOf(codePath(), '/log-ind/kode')
    const { requestKey: _key, ...fields } = form.fields
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => client.post(form.action, { ...fields, code: wrong })),
    )
    expect(answers.map((a) => a.status)).toEqual(Array.from({ length: 12 }, () => 422))
    expect(await app.db('sign_in_codes')).toMatchObject([{ tries: 5, used_at: null }])
    expect((await enter(client, code)).status).toBe(422)
    expect(await app.db('sessions')).toEqual([])
  })

  it('gives the same answer for a known, an unknown and a disabled address', async () => {
    const app = await startTestApp(engine)
    await aPerson(app.db, { email: 'kendt@example.dk' })
    await aPerson(app.db, { email: 'lukket@example.dk', disabled_at: app.now() })
    const pages = []
    for (const email of ['kendt@example.dk', 'ukendt@example.dk', 'lukket@example.dk']) {
      const client = app.client()
      await ask(client, email)
      pages.push(textOf((await client.get(codePath(email))).body).replaceAll(email, 'X'))
    }
    expect(new Set(pages).size).toBe(1)

    const client = app.client()
    await ask(client, 'lukket@example.dk')
    const { code } = await lastMail(app, 'lukket@example.dk')
    expect((await enter(client, code, 'lukket@example.dk')).status).toBe(422)
    expect(await app.db('sessions')).toEqual([])
  })

  it.each([
    ['Ådmin@example.dk'],
    ['admın@example.dk'],
    ['\u212Aurt@example.dk'],
    ['a@ехample.dk'],
    ['"a@evil.dk x"@kk.dk'],
    ['a@kk.dk,b@evil.dk'],
    ['a@kk.dk b@evil.dk'],
    ['a@kk.dk\r\nBcc: b@evil.dk'],
    ['<a@kk.dk>'],
    ['a@kk'],
    [''],
  ])('refuses the address %j at its field, keeps it typed and mails nobody', async (email) => {
    const app = await startTestApp(engine)
    const client = app.client()
    const answer = await client.submit('/log-ind', { email })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('id="error-summary"')
    expect(await app.mails()).toEqual([])
  })

  it('knows one account under any case and any spaces, and mails its own address', async () => {
    const app = await startTestApp(engine)
    const personId = await aPerson(app.db, { email: 'jane+pulje@example.dk' })
    const client = app.client()
    await ask(client, '  JANE+Pulje@Example.DK ')
    const { code } = await lastMail(app, 'jane+pulje@example.dk')
    await enter(client, code, 'jane+pulje@example.dk')
    expect(await sessionsOf(app)).toMatchObject([{ person_id: personId }])
  })

  it('refuses a repeated or unknown field as malformed', async () => {
    const app = await startTestApp(engine)
    const client = app.client()
    for (const fields of [{ email: ['a@kk.dk', 'b@evil.dk'] }, { email: 'a@kk.dk', admin: '1' }]) {
      expect((await client.submit('/log-ind', fields)).status).toBe(400)
    }
    const { action, fields } = await client.formOf('/log-ind')
    const sent = { _csrf: String(fields['_csrf']), videre: '/', 'email[]': 'a@kk.dk' }
    expect((await client.post(action, sent)).status).toBe(400)
    expect(await app.mails()).toEqual([])
  })

  it('asks for patience after five mails to one address, whatever address asks for them', async () => {
    const app = await startTestApp(engine)
    for (let i = 0; i < 5; i += 1) await ask(app.client())
    const client = app.client()
    client.sendAlways({
      'x-forwarded-for': '203.0.113.9',
      forwarded: 'for=203.0.113.9',
      'x-real-ip': '203.0.113.9',
    })
    const answer = await client.submit('/log-ind', { email: address })
    expect(answer.status).toBe(429)
    expect(answer.body).toContain(address)
    expect(await app.mails()).toHaveLength(5)
    app.clock.advanceMinutes(16)
    await ask(client)
  })

  it('asks for patience of one place that tries many addresses, behind forged headers too', async () => {
    const app = await startTestApp(engine)
    const statuses = []
    for (let i = 0; i < 31; i += 1) {
      const client = app.client()
      client.sendAlways({ 'x-forwarded-for': `203.0.113.${i}`, 'x-real-ip': `203.0.113.${i}` })
      statuses.push((await client.submit('/log-ind', { email: `a${i}@example.dk` })).status)
    }
    expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 303))
    expect(statuses.at(-1)).toBe(429)
  })

  it.each([
    '//evil.dk',
    '/\\evil.dk',
    '\\\\evil.dk',
    'https:evil.dk',
    'https://evil.dk',
    '/%09/evil.dk',
    '/\t/evil.dk',
    'javascript:alert(1)',
    '/a%0d%0aSet-Cookie:x=1',
  ])('goes to a page of its own instead of %j', async (next) => {
    const app = await startTestApp(engine)
    const client = app.client()
    await ask(client, address, next)
    const { code } = await lastMail(app)
    const { location } = await enter(client, code)
    expect(new URL(location, 'http://own.example').origin).toBe('http://own.example')
    expect(location).not.toContain('evil')
    expect(location).toMatch(/^\/[a-z-]*$/)
  })
})
