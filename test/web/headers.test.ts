import type { Knex } from 'knex'
import { expect, it } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { aPerson } from '../support/factories.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** What every answer carries, whatever it says. */
const always = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

it('says on every answer, refusals and faults included, what no page of ours does, and keeps none', async () => {
  const app = await startTestApp('SQLite')
  const client = await app.signedIn(await aPerson(app.db))
  const { fields } = await client.formOf('/profil')
  const post = (body: string, headers: Record<string, string> = form) =>
    client.ask('POST', '/profil', { body, headers })
  const refusals = {
    200: await client.get('/profil'),
    303: await client.post('/profil', { ...fields, name: 'Anna', phone: '12345678' }),
    400: await client.post('/profil', { ...fields, requestKey: crypto.randomUUID(), other: '1' }),
    403: await post('name=x'),
    404: await client.get('/findes-ikke'),
    405: await client.ask('PUT', '/profil'),
    413: await post(`name=${'x'.repeat(4_000_000)}`),
    415: await post('{}', { 'content-type': 'application/json' }),
    500: await whileBroken(app.db, () => fetch(app.url)),
    'no page': await client.get('/%E0%A4%A'),
    'no style': await client.get('/assets/app/findes-ikke.css'),
    'no style to read': await client.get('/assets/app/%E0%A4%A'),
  }
  for (const [name, answer] of Object.entries(refusals)) {
    if (/^\d/.test(name)) expect(answer.status).toBe(Number(name))
    const headers = Object.fromEntries(answer.headers)
    expect(headers, name).toMatchObject({ ...always, 'cache-control': 'no-store' })
    expect(headers.vary, name).toMatch(/^Cookie, Accept-Language/)
    expect(headers['content-security-policy'], name).toContain("default-src 'none'")
    expect(headers['strict-transport-security'], name).toContain('max-age=')
    expect(headers, name).not.toHaveProperty('x-powered-by')
  }
  expect(refusals[405].headers.get('allow')).toBe('GET, HEAD, POST')
})

it('lets style and script be kept for a day, whoever asked for them', async () => {
  const app = await startTestApp('SQLite')
  const { headers, status } = await app.client().get('/assets/app/app.css')
  expect(status).toBe(200)
  expect(headers.get('cache-control')).toBe('public, max-age=86400')
  expect(headers.get('vary')).toBeNull()
  expect(headers.get('set-cookie')).toBeNull()
  expect(Object.fromEntries(headers)).toMatchObject(always)
})

it('leads from another name of the machine to the one address, and leaves no trace of it', async () => {
  const app = await startTestApp('SQLite', {
    mode: 'production',
    baseUrl: 'https://puljer.example.dk',
  })
  const read = await app.client().get('/puljer/tvaer')
  const sent = await app.client().post('/log-ind', { email: 'a@example.org' })
  expect([read.status, read.location, sent.status]).toEqual([
    307,
    'https://puljer.example.dk/puljer/tvaer',
    421,
  ])
  for (const { headers } of [read, sent]) {
    expect(Object.fromEntries(headers)).toMatchObject({ ...always, 'cache-control': 'no-store' })
  }
})

/** The program with a table missing: what comes of it is a fault of ours. */
async function whileBroken<T>(db: Knex, work: () => Promise<T>): Promise<T> {
  await db.raw('alter table pools rename to pools_away')
  try {
    return await work()
  } finally {
    await db.raw('alter table pools_away rename to pools')
  }
}
