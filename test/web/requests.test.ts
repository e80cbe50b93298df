import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { encode, textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aPerson } from '../support/factories.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

describe.each(engines)('a request, on %s', (engine) => {
  it('is carried out once, however often its form is sent', async () => {
    const app = await startTestApp(engine)
    const client = await app.signedIn(await aPerson(app.db))
    const { action, fields } = await client.formOf('/organisationer/ny')
    const body = { ...fields, kind: 'group', name: 'Æblelauget', cvr: '' }
    const answers = []
    for (let i = 0; i < 5; i += 1) answers.push(await client.post(action, body))
    answers.push(
      ...(await Promise.all(Array.from({ length: 20 }, () => client.post(action, body)))),
    )
    expect(new Set(answers.map((a) => `${a.status} ${a.location}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(303)
    expect(await app.db('organisations')).toMatchObject([{ name: 'Æblelauget' }])
    expect(await app.db('memberships')).toHaveLength(1)
  })

  it('is carried out once when twenty arrive before the first is answered', async () => {
    const app = await startTestApp(engine)
    const client = await app.signedIn(await aPerson(app.db))
    const { action, fields } = await client.formOf('/organisationer/ny')
    const body = { ...fields, kind: 'group', name: 'Æblelauget', cvr: '' }
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.post(action, body)))
    expect(new Set(answers.map((a) => `${a.status} ${a.location}`)).size).toBe(1)
    expect(await app.db('organisations')).toHaveLength(1)
  })

  it('is refused when its key comes back with another body, and shows what was typed', async () => {
    const app = await startTestApp(engine)
    const client = await app.signedIn(await aPerson(app.db))
    const { action, fields } = await client.formOf('/organisationer/ny')
    await client.post(action, { ...fields, kind: 'group', name: 'Den ene', cvr: '' })
    const other = await client.post(action, {
      ...fields,
      kind: 'group',
      name: 'Den anden',
      cvr: '',
    })
    expect(other.status).toBe(409)
    expect(textOf(other.body)).toContain('Den anden')
    expect(await app.db('organisations')).toHaveLength(1)
  })

  it('frees its key when it was refused, so that the mended form can be sent', async () => {
    const app = await startTestApp(engine)
    const client = await app.signedIn(await aPerson(app.db))
    const { action, fields } = await client.formOf('/organisationer/ny')
    expect(
      (await client.post(action, { ...fields, kind: 'group', name: '', cvr: '' })).status,
    ).toBe(422)
    expect(await app.db('request_keys')).toEqual([])
    const mended = await client.post(action, {
      ...fields,
      kind: 'group',
      name: 'Nu med navn',
      cvr: '',
    })
    expect(mended.status).toBe(303)
  })

  it('keeps the keys of two people apart', async () => {
    const app = await startTestApp(engine)
    const one = await app.signedIn(await aPerson(app.db))
    const two = await app.signedIn(await aPerson(app.db))
    const { action, fields } = await one.formOf('/organisationer/ny')
    const own = await two.formOf('/organisationer/ny')
    const body = { kind: 'group', name: 'Samme nøgle', cvr: '' }
    await one.post(action, { ...fields, ...body })
    const answer = await two.post(action, {
      ...own.fields,
      requestKey: String(fields['requestKey']),
      ...body,
    })
    expect(answer.status).toBe(303)
    expect(await app.db('organisations')).toHaveLength(2)
  })

  it('proves where it came from: no token, another person’s, or another kind of body is refused', async () => {
    const app = await startTestApp(engine)
    const client = await app.signedIn(await aPerson(app.db))
    const stranger = await app.signedIn(await aPerson(app.db))
    const foreign = String((await stranger.formOf('/profil')).fields['_csrf'])
    const anonymous = String((await app.client().formOf('/log-ind')).fields['_csrf'])
    for (const token of [
      {},
      { _csrf: '' },
      { _csrf: foreign },
      { _csrf: anonymous },
      { _csrf: ['a', 'b'] },
    ]) {
      const answer = await client.post('/profil', { name: 'Skrevet før', ...token })
      expect(answer.status).toBe(403)
      expect(textOf(answer.body)).toContain('Skrevet før')
    }
    const own = String((await client.formOf('/profil')).fields['_csrf'])
    for (const type of ['text/plain', 'application/json', 'multipart/form-data; boundary=x']) {
      const body = JSON.stringify({ _csrf: own, name: 'Ude fra' })
      const answer = await client.ask('POST', '/profil', {
        body,
        headers: { 'content-type': type },
      })
      expect(answer.status).toBe(415)
    }
    expect((await client.post('/profil', {})).status).toBe(403)
    expect(await app.db('people').where({ name: 'Skrevet før' })).toEqual([])
  })

  it('has no other methods, not even by headers or fields that ask for one', async () => {
    const app = await startTestApp(engine)
    const client = await app.signedIn(await aPerson(app.db))
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      expect((await client.ask(method, '/profil')).status).toBe(405)
    }
    const traced = await new Promise<number>((resolve) => {
      request(`${app.url}/profil`, { method: 'TRACE' }, (res) => {
        res.resume()
        resolve(res.statusCode ?? 0)
      }).end()
    })
    expect(traced).toBe(405)
    const before = await app.db('people')
    const { fields } = await client.formOf('/profil')
    const sly = await client.post('/profil', { ...fields, _method: 'DELETE' })
    expect(sly.status).toBe(400)
    await client.get('/profil', { 'x-http-method-override': 'POST' })
    expect(await app.db('people')).toEqual(before)
  })

  it('answers bad input with a page and never with a fault', async () => {
    const app = await startTestApp(engine)
    const client = await app.signedIn(await aPerson(app.db))
    const { action, fields } = await client.formOf('/profil')
    const long = 'æ🎉'.repeat(170_000)
    const name = (text: string) =>
      client.post(action, { ...fields, requestKey: crypto.randomUUID(), name: text })
    const kept = await name(long)
    expect(kept.status).toBe(422)
    expect(kept.body).toContain(long)
    expect((await name('NUL\u0000 og 🎉 æøå')).status).toBe(303)
    expect(await app.db('people').where({ name: 'NUL og 🎉 æøå' })).toHaveLength(1)
    expect((await name('x'.repeat(4_000_000))).status).toBe(413)
    const many = encode(Object.fromEntries(Array.from({ length: 1100 }, (_, i) => [`f${i}`, 'x'])))
    expect((await client.ask('POST', '/profil', { body: many, headers: form })).status).toBe(413)
    for (const body of ['%', '%E0%A4%A', '=&=&&', '__proto__=1&constructor=2', '\u0000']) {
      const answer = await client.ask('POST', '/profil', { body, headers: form })
      expect(answer.status).toBeLessThan(500)
    }
    expect(app.logged.filter((line) => line.includes('request failed'))).toEqual([])
  })

  it.each([
    '/findes-ikke',
    '/organisationer/0',
    '/organisationer/-1',
    '/organisationer/1e3',
    '/organisationer/99999999999999999999',
    '/organisationer/2147483648',
    '/organisationer/%00',
    '/organisationer/1%27%20OR%201=1',
    '/gemt/%00',
    '/gemt/x',
  ])('finds nothing at %s', async (path) => {
    const app = await startTestApp(engine)
    const client = await app.signedIn(await aPerson(app.db))
    const answer = await client.get(path)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('answers addresses that cannot be read', async () => {
    const app = await startTestApp(engine)
    for (const path of [
      '/%E0%A4%A',
      '/organisationer/%E0%A4%A',
      '/assets/app/%E0%A4%A',
      '/log-ind?a=%E0%A4%A',
    ]) {
      const status = await new Promise<number>((resolve) => {
        request(`${app.url}`, { path }, (res) => {
          res.resume()
          resolve(res.statusCode ?? 0)
        }).end()
      })
      expect([200, 303, 400, 404]).toContain(status)
    }
  })

  it('shows a known notice, and nothing that an address makes up', async () => {
    const app = await startTestApp(engine)
    const client = await app.signedIn(await aPerson(app.db))
    expect(textOf((await client.get('/profil?besked=saved')).body)).toContain('Gemt')
    for (const key of ['<script>', 'findesIkke', '__proto__', 'saved.x', '']) {
      const page = await client.get(`/profil?besked=${encodeURIComponent(key)}`)
      expect(page.status).toBe(200)
      expect(page.body).not.toContain('alert-success')
    }
  })

  it('carries headers that forbid what no page of ours does', async () => {
    const app = await startTestApp(engine)
    const { headers } = await app.client().get('/log-ind')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.has('x-powered-by')).toBe(false)
  })
})
