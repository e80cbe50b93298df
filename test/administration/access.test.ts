import { describe, expect, it } from 'vitest'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aPerson, aRole } from '../support/factories.ts'
import { aTown } from '../support/town.ts'

const list = '/administration/personer'

describe.each(engines)('an administrator on %s', (engine) => {
  it('invites somebody, gives them a role, and takes it back: in force at the next click', async () => {
    const town = await aTown(engine)
    const admin = await town.official('administrator')
    const wrong = await admin.browser.submit(`${list}/inviter`, { email: 'x@', name: 'Nana' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('value="Nana"')
    const invited = { email: 'nana@example.org', name: 'Nana' }
    const { location } = await admin.browser.complete(`${list}/inviter`, invited)
    const page = location.split('?')[0] ?? ''
    expect((await town.mails('nana@example.org')).map((m) => m.template)).toEqual([
      'person-invited',
    ])
    const nana = await town.person('nana@example.org')
    expect((await nana.browser.get('/indbakke')).status).toBe(403)
    const pool = await town.db('pools').where({ code: 'LOKAL' }).first<{ id: number }>('id')
    await admin.browser.complete(`${page}/roller`, { role: 'secretariat', pool: String(pool.id) })
    expect((await nana.browser.get('/indbakke')).status).toBe(200)
    const twice = await admin.browser.submit(`${page}/roller`, {
      role: 'secretariat',
      pool: String(pool.id),
    })
    expect(twice.status).toBe(422)
    const without = await admin.browser.submit(`${page}/roller`, { role: 'contributor' })
    expect(without.status).toBe(422)
    const { id } = await town.db('roles').where({ person_id: nana.id }).first<{ id: number }>('id')
    await admin.browser.complete(page, {}, `${page}/roller/${id}/slut`)
    expect((await nana.browser.get('/indbakke')).status).toBe(403)
    const lines = await town
      .db('history')
      .where({ chain: `person:${nana.id}` })
      .orderBy('seq')
      .pluck('event')
    expect(lines).toEqual(['invitePerson', 'giveRole', 'endRole'])
    expect(textOf((await admin.browser.open(page)).body)).toContain('Mistede en rolle')
    expect((await runDoctor(town.db)).filter((f) => !f.ok)).toEqual([])
  })

  it('shuts a person out: the next request is out, no code lets them in, and back again', async () => {
    const town = await aTown(engine)
    const admin = await town.official('administrator')
    const handler = await town.official('sagsbehandler')
    expect((await handler.browser.get('/indbakke')).status).toBe(200)
    const page = `${list}/${handler.id}`
    expect((await admin.browser.submit(`${page}/luk`, { reason: '' })).status).toBe(422)
    await admin.browser.complete(`${page}/luk`, { reason: 'Er fratrådt' })
    const out = await handler.browser.get('/indbakke')
    expect([out.status, out.location.startsWith('/log-ind')]).toEqual([303, true])
    const visitor = town.client()
    await visitor.complete('/log-ind', { email: handler.email })
    const code = /\b\d{8}\b/.exec((await town.mails(handler.email)).at(-1)?.text ?? '')?.[0]
    const address = `/log-ind/kode?adresse=${encodeURIComponent(handler.email)}`
    expect((await visitor.submit(address, { code: code ?? '' })).status).toBe(422)
    await admin.browser.complete(page, {}, `${page}/aabn`)
    const again = await town.signedIn(handler.id)
    expect((await again.get('/indbakke')).status).toBe(200)
  })

  it('of one pool gives roles in that pool only, sees its people, and shuts nobody out', async () => {
    const town = await aTown(engine)
    const poolOf = async (code: string) =>
      String((await town.db('pools').where({ code }).first<{ id: number }>('id')).id)
    const [local, shared] = [await poolOf('LOKAL'), await poolOf('TVAER')]
    const id = await aPerson(town.db, { email: 'pulje@example.org' })
    await aRole(town.db, id, 'administrator', { pool_id: Number(local) })
    const browser = await town.signedIn(id)
    const applicant = await town.person('ansoeger@example.org')
    expect((await browser.get(`${list}/${applicant.id}`)).status).toBe(404)
    expect(textOf((await browser.get(list)).body)).not.toContain(applicant.email)
    const { location } = await browser.complete(`${list}/inviter`, { email: applicant.email })
    const page = location.split('?')[0] ?? ''
    expect(page).toBe(`${list}/${applicant.id}`)
    const form = await browser.get(`${page}/roller`)
    expect(form.body).toContain(`<option value="${local}"`)
    expect(form.body).not.toContain(`<option value="${shared}"`)
    const given = () =>
      town
        .db('roles')
        .where({ person_id: applicant.id })
        .whereNull('ended_at')
        .select('role', 'pool_id')
    for (const pool of ['', shared]) {
      const answer = await browser.submit(`${page}/roller`, { role: 'administrator', pool })
      expect(answer.status).toBe(403)
    }
    const amager = await town.db('contributors').where({ code: 'BUF' }).first<{ id: number }>('id')
    const elsewhere = { role: 'contributor', contributor: String(amager.id) }
    expect((await browser.submit(`${page}/roller`, elsewhere)).status).toBe(403)
    expect(await given()).toEqual([])
    await browser.complete(`${page}/roller`, { role: 'secretariat', pool: local })
    expect(await given()).toEqual([{ role: 'secretariat', pool_id: Number(local) }])

    const handler = await town.official('sagsbehandler')
    const everywhere = await town
      .db('roles')
      .where({ person_id: handler.id })
      .first<{ id: number }>('id')
    const seen = await browser.get(`${list}/${handler.id}`)
    expect(seen.status).toBe(200)
    expect(seen.body).not.toContain('/slut"')
    expect(seen.body).not.toContain('/luk"')
    const own = await browser.formOf(`${page}/roller`)
    const stolen = await browser.post(`${list}/${handler.id}/roller/${everywhere.id}/slut`, {
      _csrf: own.fields._csrf ?? '',
    })
    expect(stolen.status).toBe(403)
    expect((await browser.get(`${list}/${handler.id}/luk`)).status).toBe(403)
    expect((await handler.browser.get('/indbakke')).status).toBe(200)
  })

  it('is never the last to go, and never shuts themselves out', async () => {
    const town = await aTown(engine)
    const admin = await town.official('administrator')
    const page = `${list}/${admin.id}`
    const role = await town.db('roles').where({ person_id: admin.id }).first<{ id: number }>('id')
    expect((await admin.browser.submit(page, {}, `${page}/roller/${role.id}/slut`)).status).toBe(
      409,
    )
    const oneself = await admin.browser.submit(`${page}/luk`, { reason: 'Skrevet før' })
    expect(oneself.status).toBe(409)
    expect(oneself.body).toContain('Skrevet før')
    const other = await aPerson(town.db)
    await aRole(town.db, other, 'administrator')
    const second = await town.signedIn(other)
    const both = await Promise.all([
      admin.browser.submit(`${list}/${other}/luk`, { reason: 'x' }),
      second.submit(`${page}/luk`, { reason: 'x' }),
    ])
    expect(both.map((a) => a.status).sort()).not.toEqual([303, 303])
    const left = await town
      .db('roles as r')
      .join('people as p', 'p.id', 'r.person_id')
      .where({ role: 'administrator' })
      .whereNull('p.disabled_at')
    expect(left).toHaveLength(1)
  })

  it('finds people by name, address and role, page by page', async () => {
    const town = await aTown(engine)
    const admin = await town.official('administrator')
    for (let i = 0; i < 60; i += 1) await aPerson(town.db, { email: `z${i + 100}@example.dk` })
    const first = await admin.browser.get(list)
    expect(first.body.match(/href="\/administration\/personer\/\d+"/g)).toHaveLength(50)
    expect(first.body).toContain('rel="next"')
    for (const search of ['z13', 'Z13']) {
      const found = textOf((await admin.browser.get(`${list}?q=${search}&rolle=`)).body)
      expect(found).toContain('z139@example.dk')
      expect(found).not.toContain('z140@example.dk')
    }
    const advisers = textOf((await admin.browser.get(`${list}?rolle=adviser`)).body)
    expect(advisers).toContain('raadgiver@example.org')
    expect(advisers).not.toContain('z139@example.dk')
    expect(textOf((await admin.browser.get(`${list}?q=%25`)).body)).toContain('Ingen personer')
  })
})
