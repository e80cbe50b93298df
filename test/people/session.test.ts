import { describe, expect, it } from 'vitest'
import { startTestApp } from '../support/app.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aPerson } from '../support/factories.ts'

describe.each(engines)('a session, on %s', (engine) => {
  it('has a cookie that only this site and no script can read', async () => {
    const app = await startTestApp(engine, { baseUrl: 'http://localhost:3000' })
    const person = await aPerson(app.db, { is_demo: 1 })
    const client = app.client()
    const answer = await client.submit('/log-ind', { person: String(person) }, '/log-ind/demo')
    expect(answer.status).toBe(303)
    const [cookie = ''] = answer.headers.getSetCookie().filter((c) => c.startsWith('session='))
    expect(cookie.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax'])
  })

  it('is bound to https and this host in production, and demo people cannot be chosen there', async () => {
    const app = await startTestApp(engine, { mode: 'production', baseUrl: 'https://127.0.0.1:1' })
    const person = await aPerson(app.db, { is_demo: 1 })
    const client = app.client()
    const elsewhere = await client.get('/log-ind?videre=%2Fprofil')
    expect(elsewhere).toMatchObject({
      status: 307,
      location: 'https://127.0.0.1:1/log-ind?videre=%2Fprofil',
    })
    expect((await client.post('/log-ind/demo', { person: String(person) })).status).toBe(421)
    expect(await app.db('sessions')).toEqual([])
  })

  it('changes at every sign-in, and the one before is over', async () => {
    const app = await startTestApp(engine)
    const person = await aPerson(app.db, { is_demo: 1 })
    const client = await app.signedIn(person)
    const before = client.cookies.get('session')
    const oldForm = await client.formOf('/profil')
    await client.submit('/log-ind', { person: String(person) }, '/log-ind/demo')
    expect(client.cookies.get('session')).not.toBe(before)
    expect(await app.db('sessions').whereNull('ended_at')).toHaveLength(1)

    const old = await client.post(oldForm.action, { ...oldForm.fields, name: 'Fra før' })
    expect(old.status).toBe(403)
    expect(old.body).toContain('Fra før')
    client.cookies.set('session', before ?? '')
    expect((await client.get('/profil')).status).toBe(303)
  })

  it('is over after two hours without use and after twelve in all, whatever the cookie says', async () => {
    const app = await startTestApp(engine)
    const person = await aPerson(app.db)
    const idle = await app.signedIn(person)
    app.clock.advanceMinutes(119)
    expect((await idle.get('/profil')).status).toBe(200)
    app.clock.advanceMinutes(121)
    expect((await idle.get('/profil')).location).toBe('/log-ind?videre=%2Fprofil')

    const busy = await app.signedIn(person)
    for (let minutes = 0; minutes < 12 * 60 - 60; minutes += 60) {
      app.clock.advanceMinutes(60)
      expect((await busy.get('/profil')).status).toBe(200)
    }
    app.clock.advanceMinutes(60)
    expect((await busy.get('/profil')).status).toBe(303)
  })

  it('is not written by reading, except every few minutes', async () => {
    const app = await startTestApp(engine)
    const client = await app.signedIn(await aPerson(app.db))
    const before = await app.db('sessions')
    app.clock.advanceMinutes(4)
    await client.get('/profil')
    expect(await app.db('sessions')).toEqual(before)
    app.clock.advanceMinutes(2)
    await client.get('/profil')
    expect(await app.db('sessions')).toMatchObject([{ seen_at: app.now() }])
  })

  it('ends at sign-out, on the server too, and for a person who is disabled', async () => {
    const app = await startTestApp(engine)
    const person = await aPerson(app.db)
    const client = await app.signedIn(person)
    const token = client.cookies.get('session') ?? ''
    const out = await client.submit('/profil', {}, '/log-ud')
    expect(out.location).toBe('/?besked=signedOut')
    expect(client.cookies.has('session')).toBe(false)
    client.cookies.set('session', token)
    expect((await client.get('/profil')).status).toBe(303)

    const other = await app.signedIn(person)
    await app.db('people').where({ id: person }).update({ disabled_at: app.now() })
    expect((await other.get('/profil')).status).toBe(303)
  })

  it('keeps what was typed when it ran out, for its person only, until it is sent again', async () => {
    const app = await startTestApp(engine)
    const [person, stranger] = [await aPerson(app.db), await aPerson(app.db)]
    const client = await app.signedIn(person)
    const form = await client.formOf('/profil')
    app.clock.advanceMinutes(180)
    const late = await client.post(form.action, {
      ...form.fields,
      name: 'Æble <b>Ø</b>',
      phone: '1',
    })
    expect(late.location).toMatch(/^\/log-ind\?videre=%2Fgemt%2F[\w-]{20,}$/)
    const kept = decodeURIComponent(late.location.replace('/log-ind?videre=', ''))
    expect(await app.db('people').where({ id: person }).first('phone')).toEqual({ phone: null })

    expect((await (await app.signedIn(stranger)).get(kept)).status).toBe(404)
    expect((await app.client().get(kept)).status).toBe(303)

    await client.signInAs(person)
    const page = await client.get(kept)
    expect(textOf(page.body)).toContain('Æble <b>Ø</b>')
    const sent = await client.submit(kept)
    expect(sent.status).toBe(422)
    expect(sent.body).toContain('Æble &lt;b&gt;Ø&lt;/b&gt;')
    const mended = await client.submit(kept, { phone: '12 34 56 78' })
    expect(mended.location).toBe('/profil?besked=saved')
  })

  it('does not stand in the way of signing in again when it has run out', async () => {
    const app = await startTestApp(engine)
    const person = await aPerson(app.db, { is_demo: 1 })
    const client = await app.signedIn(person)
    app.clock.advanceMinutes(180)
    const again = await client.submit('/log-ind', { person: String(person) }, '/log-ind/demo')
    expect(again.status).toBe(303)
    expect((await client.get('/profil')).status).toBe(200)
    expect(await app.db('kept_forms')).toEqual([])
  })

  it('keeps nothing that does not prove where it came from', async () => {
    const app = await startTestApp(engine)
    const client = await app.signedIn(await aPerson(app.db))
    app.clock.advanceMinutes(180)
    expect((await client.post('/profil', { name: 'Ude fra' })).status).toBe(403)
    client.cookies.set('session', 'made-up-and-never-ours-0123456789')
    expect((await client.post('/profil', { name: 'Ude fra', _csrf: 'x' })).status).toBe(403)
    expect(await app.db('kept_forms')).toEqual([])
  })

  it('speaks the language of its person, or of the browser, and turns it on the same page', async () => {
    const app = await startTestApp(engine)
    const anonymous = app.client()
    anonymous.sendAlways({ 'accept-language': 'en-GB,en;q=0.9' })
    expect((await anonymous.get('/log-ind')).body).toContain('<html lang="en">')
    const turned = await anonymous.submit('/log-ind?videre=%2Fprofil', { lang: 'da' }, '/sprog')
    expect(turned.location).toBe('/log-ind?videre=%2Fprofil')
    expect((await anonymous.get('/log-ind')).body).toContain('<html lang="da">')

    const person = await aPerson(app.db)
    const client = await app.signedIn(person)
    await client.complete('/profil', { lang: 'en' }, '/sprog')
    expect((await client.get('/profil')).body).toContain('<html lang="en">')
    expect(await app.db('people').where({ id: person })).toMatchObject([{ language: 'en' }])
  })
})
