import { describe, expect, it } from 'vitest'
import { startTestApp } from '../support/app.ts'
import type { TestApp } from '../support/app.ts'
import { textOf } from '../support/client.ts'
import type { Client } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aMembership, anOrganisation, aPerson } from '../support/factories.ts'
import { aTown } from '../support/town.ts'

/** An organisation of one who may bind it, with a browser for each of its people. */
async function anAssociation(engine: (typeof engines)[number]) {
  const app = await startTestApp(engine)
  const boss = await aPerson(app.db, { email: 'leder@example.dk', name: 'Leder' })
  const id = await anOrganisation(app.db, [boss], { name: 'Havnens Honning' })
  return { app, id, page: `/organisationer/${id}`, boss, browser: await app.signedIn(boss) }
}

const lastInvitation = async ({ db }: TestApp) =>
  db('invitations').orderBy('id', 'desc').first<{ id: number; ended_at: string | null }>()

const membershipOf = async ({ db }: Pick<TestApp, 'db'>, personId: number) =>
  db('memberships').where({ person_id: personId }).first<{ id: number }>('id')

/** Posts to an address past its page, as somebody who kept the form would. */
async function forced(client: Client, action: string, fields: Record<string, string> = {}) {
  const { _csrf } = (await client.formOf('/profil')).fields
  return client.post(action, { ...fields, _csrf: String(_csrf) })
}

describe.each(engines)('an invitation, on %s', (engine) => {
  it('is mailed to an address, and makes a member of whoever has it and says yes', async () => {
    const { app, id, page, boss, browser } = await anAssociation(engine)
    const sent = await browser.complete(`${page}/inviter`, { email: 'Ny@Example.dk', role: 'edit' })
    expect(textOf(sent.body)).toContain('ny@example.dk')
    expect(await app.mails()).toMatchObject([
      { template: 'member-invited', to_address: 'ny@example.dk', person_id: null },
    ])
    const invitation = await lastInvitation(app)
    const guest = await aPerson(app.db, { email: 'ny@example.dk' })
    const client = await app.signedIn(guest)
    for (const place of ['/organisationer', '/mine-sager']) {
      expect(textOf((await client.get(place)).body)).toContain('Leder har inviteret dig')
    }
    const joined = await client.complete(`/invitationer/${invitation.id}`)
    expect(joined.location).toBe(`${page}?besked=joined`)
    expect(await app.db('memberships').where({ person_id: guest })).toMatchObject([
      { organisation_id: id, role: 'edit', mails: 'reminders', approved_by: boss },
    ])
    expect((await client.get(`/invitationer/${invitation.id}`)).status).toBe(404)
    expect(await app.db('history').pluck('event')).toEqual(['invite', 'join'])
  })

  it('is nothing to anybody else, and dies when it is withdrawn, declined, renewed or old', async () => {
    const { app, page, browser } = await anAssociation(engine)
    const guest = await app.signedIn(await aPerson(app.db, { email: 'ny@example.dk' }))
    const other = await app.signedIn(await aPerson(app.db))
    const invite = async () => {
      await browser.complete(`${page}/inviter`, { email: 'ny@example.dk', role: 'view' })
      return `/invitationer/${(await lastInvitation(app)).id}`
    }
    const first = await invite()
    expect((await other.get(first)).status).toBe(404)
    expect((await forced(other, first)).status).toBe(404)
    const second = await invite()
    expect((await guest.get(first)).status).toBe(404)
    await browser.complete(page, {}, `${page}${second}/traek-tilbage`)
    expect((await forced(guest, second)).status).toBe(404)
    const third = await invite()
    await guest.complete(third, {}, `${third}/afvis`)
    expect((await forced(guest, third)).status).toBe(404)
    const fourth = await invite()
    await app.db('invitations').update({ expires_at: app.now() })
    expect((await guest.get(fourth)).status).toBe(404)
    expect(await app.db('memberships')).toHaveLength(1)
  })

  it('takes nothing from who was let in with more meanwhile, and ends with who sent it', async () => {
    const { app, id, page, boss, browser } = await anAssociation(engine)
    const guest = await aPerson(app.db, { email: 'ny@example.dk' })
    await browser.complete(`${page}/inviter`, { email: 'ny@example.dk', role: 'view' })
    const old = `/invitationer/${(await lastInvitation(app)).id}`
    await aMembership(app.db, id, guest, { role: 'bind' })
    const client = await app.signedIn(guest)
    await client.complete(old)
    expect(await app.db('memberships').where({ person_id: guest }).pluck('role')).toEqual(['bind'])

    await browser.complete(`${page}/inviter`, { email: 'privat@example.dk', role: 'bind' })
    const way = `/invitationer/${(await lastInvitation(app)).id}`
    await client.complete(`${page}/medlemmer/${(await membershipOf(app, boss)).id}/fjern`)
    const back = await app.signedIn(await aPerson(app.db, { email: 'privat@example.dk' }))
    expect((await forced(back, way)).status).toBe(404)
    expect(await app.db('memberships').whereNull('removed_at').pluck('person_id')).toEqual([guest])
  })

  it('is sent to twenty addresses a day and no more: nobody writes to strangers in our name', async () => {
    const { app, page, browser } = await anAssociation(engine)
    for (let i = 0; i < 20; i += 1) {
      await browser.complete(`${page}/inviter`, { email: `nr${i}@example.dk`, role: 'view' })
    }
    const more = { email: 'en-til@example.dk', role: 'view' }
    const refused = await browser.submit(`${page}/inviter`, more)
    expect(refused.status).toBe(409)
    expect(textOf(refused.body)).toContain('Vent til i morgen')
    expect(await app.mails()).toHaveLength(20)
  })

  it('gives no more than the one who invites has, and is not for those who only look', async () => {
    const { app, id, page } = await anAssociation(engine)
    const [editor, viewer] = [await aPerson(app.db), await aPerson(app.db)]
    await aMembership(app.db, id, editor, { role: 'edit' })
    await aMembership(app.db, id, viewer, { role: 'view' })
    const typed = { email: 'ny@example.dk', role: 'bind' }
    expect((await forced(await app.signedIn(editor), `${page}/inviter`, typed)).status).toBe(403)
    const onlooker = await app.signedIn(viewer)
    expect((await forced(onlooker, `${page}/inviter`, typed)).status).toBe(403)
    expect((await onlooker.get(page)).body).not.toContain('/inviter')
    expect(await app.db('invitations')).toEqual([])
  })
})

describe.each(engines)('a member, on %s', (engine) => {
  it('gets another role, and is out from the very next request when removed', async () => {
    const { app, id, page, browser } = await anAssociation(engine)
    const person = await aPerson(app.db, { name: 'Bo' })
    const membership = await aMembership(app.db, id, person, { role: 'view' })
    const client = await app.signedIn(person)
    expect((await client.get(page)).status).toBe(200)
    await browser.complete(`${page}/medlemmer/${membership}/rolle`, { role: 'bind' })
    expect(textOf((await client.get(page)).body)).toContain('Invitér en person')
    await browser.complete(`${page}/medlemmer/${membership}/fjern`)
    expect((await client.get(page)).status).toBe(404)
    expect(await app.db('history').pluck('event')).toEqual(['changeRole', 'remove'])
  })

  it('may leave, but never the last who may bind: it says why, and changes nothing', async () => {
    const { app, id, page, boss, browser } = await anAssociation(engine)
    const own = (await membershipOf(app, boss)).id
    const stays = await browser.submit(`${page}/medlemmer/${own}/fjern`)
    expect(stays.status).toBe(409)
    expect(textOf(stays.body)).toContain('Du er den eneste, der kan forpligte organisationen')
    const less = await browser.submit(`${page}/medlemmer/${own}/rolle`, { role: 'edit' })
    expect(less.status).toBe(409)
    expect(await app.db('memberships')).toMatchObject([{ role: 'bind', removed_at: null }])
    const second = await aPerson(app.db)
    await aMembership(app.db, id, second)
    const gone = await browser.complete(`${page}/medlemmer/${own}/fjern`)
    expect(gone.location).toBe('/organisationer?besked=memberLeft')
    expect((await browser.get(page)).status).toBe(404)
  })

  it('who was removed can ask to be let in again', async () => {
    const app = await startTestApp(engine)
    const [boss, former] = [await aPerson(app.db), await aPerson(app.db)]
    const id = await anOrganisation(app.db, [boss], { cvr: '25313763' })
    await aMembership(app.db, id, former, { removed_at: app.now() })
    const client = await app.signedIn(former)
    const typed = { kind: 'registered', name: 'Mit', cvr: '25313763' }
    await client.complete('/organisationer/ny', typed)
    expect(await app.db('memberships').where({ person_id: former })).toMatchObject([
      { approved_at: null, removed_at: null },
    ])
    expect(await app.mails()).toMatchObject([{ template: 'membership-asked' }])
  })
})

describe('a member who may only look', () => {
  it('sees the case without one button, and is refused every write', async () => {
    const town = await aTown('SQLite')
    const { reference } = await town.sent()
    const draft = await town.draft()
    const page = `/ansoegninger/${reference}`
    const { organisation_id: id } = await town
      .db('applications')
      .where({ reference })
      .first<{ organisation_id: number }>('organisation_id')
    const person = await aPerson(town.db)
    await aMembership(town.db, id, person, { role: 'view' })
    const { organisation_id: other } = await town
      .db('applications')
      .where({ reference: draft.reference })
      .first<{ organisation_id: number }>('organisation_id')
    await aMembership(town.db, other, person, { role: 'view' })
    const client = await town.signedIn(person)
    const shown = await client.get(page)
    expect(shown.status).toBe(200)
    expect(textOf(shown.body)).toContain('Du kan se sagen, men ikke skrive i den.')
    expect(shown.body.replace(/^[\s\S]*<main/, '')).not.toContain('<form')
    expect(shown.body).not.toContain('/trin/')
    const before = await town.db('history').count()
    const writes: [string, Record<string, string>][] = [
      [`${page}/beskeder`, { body: 'Hej' }],
      [`${page}/trin/withdraw`, { version: '2' }],
      [`${page}/kontakt`, { person: String(person) }],
      [`/ansoegninger/${draft.reference}/skema/about`, { version: '1' }],
      [`/ansoegninger/${draft.reference}/trin/submit`, { version: '1' }],
      [`/ansoegninger/${draft.reference}/slet`, {}],
      ['/puljer/lokal/ansoeg', { organisation: String(id) }],
    ]
    for (const [action, fields] of writes) {
      expect([action, (await forced(client, action, fields)).status]).toEqual([action, 403])
    }
    expect(await town.db('history').count()).toEqual(before)
    expect(await town.db('messages')).toEqual([])
  })
})
