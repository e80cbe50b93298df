import { describe, expect, it } from 'vitest'
import { sortKey } from '../../src/shared/danish.ts'
import { startTestApp } from '../support/app.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aMembership, anOrganisation, aPerson } from '../support/factories.ts'

const cvr = '25313763'

describe.each(engines)('an organisation, on %s', (engine) => {
  it('is made by its first member, who may bind it', async () => {
    const app = await startTestApp(engine)
    const person = await aPerson(app.db)
    const client = await app.signedIn(person)
    const made = await client.complete('/organisationer/ny', {
      kind: 'registered',
      name: 'Åens Værksted ApS',
      cvr: 'DK 25 31 37 63',
    })
    expect(textOf(made.body)).toContain('Åens Værksted ApS')
    expect(await app.db('organisations')).toMatchObject([
      {
        kind: 'registered',
        name: 'Åens Værksted ApS',
        cvr,
        sort_key: sortKey('Åens Værksted ApS'),
      },
    ])
    expect(await app.db('memberships')).toMatchObject([{ person_id: person, role: 'bind' }])
    expect(await app.mails()).toEqual([])
  })

  it('may be a group without a number', async () => {
    const app = await startTestApp(engine)
    const client = await app.signedIn(await aPerson(app.db))
    await client.complete('/organisationer/ny', { kind: 'group', name: 'Gårdlauget', cvr: '' })
    expect(await app.db('organisations')).toMatchObject([{ kind: 'group', cvr: null }])
  })

  it.each(['25313764', '1234', 'æøå', ''])(
    'refuses %j as its number, at the field, and keeps what was typed',
    async (number) => {
      const app = await startTestApp(engine)
      const client = await app.signedIn(await aPerson(app.db))
      const typed = { kind: 'registered', name: 'Bevares <her>', cvr: number }
      const answer = await client.submit('/organisationer/ny', typed)
      expect(answer.status).toBe(422)
      expect(answer.body).toContain('href="#cvr"')
      expect(answer.body).toContain('Bevares &lt;her&gt;')
      expect(await app.db('organisations')).toEqual([])
    },
  )

  it('with a known number lets a member decide who joins, and tells both by mail', async () => {
    const app = await startTestApp(engine)
    const member = await aPerson(app.db, { email: 'medlem@example.dk', language: 'en' })
    const asker = await aPerson(app.db, { email: 'spoerger@example.dk' })
    const id = await anOrganisation(app.db, [member], { name: 'Havnens Honning', cvr })
    const client = await app.signedIn(asker)
    const asked = await client.submit('/organisationer/ny', {
      kind: 'registered',
      name: 'Mit',
      cvr,
    })
    expect(asked.location).toBe('/organisationer?besked=asked')
    expect((await client.get(`/organisationer/${id}`)).status).toBe(404)
    expect(await app.mails()).toMatchObject([
      { to_address: 'medlem@example.dk', template: 'membership-asked', language: 'en' },
    ])

    const own = await app.signedIn(member)
    const [row] = await app.db('memberships').where({ person_id: asker })
    const action = `/organisationer/${id}/medlemmer/${String(row?.id)}/godkend`
    await own.complete(`/organisationer/${id}`, {}, action)
    expect((await client.get(`/organisationer/${id}`)).status).toBe(200)
    expect(await app.db('memberships').where({ person_id: asker })).toMatchObject([
      { approved_at: app.now(), approved_by: member, role: 'edit' },
    ])
    expect((await app.mails()).at(-1)).toMatchObject({
      to_address: 'spoerger@example.dk',
      template: 'membership-approved',
      language: 'da',
    })
  })

  it('is approved into by its own members only, once', async () => {
    const app = await startTestApp(engine)
    const [member, asker, stranger] = [
      await aPerson(app.db),
      await aPerson(app.db),
      await aPerson(app.db),
    ]
    const id = await anOrganisation(app.db, [member], { cvr })
    await anOrganisation(app.db, [stranger], { name: 'En anden' })
    const asking = await aMembership(app.db, id, asker, { approved_at: null, role: 'edit' })
    const action = `/organisationer/${id}/medlemmer/${asking}/godkend`
    for (const person of [stranger, asker]) {
      const client = await app.signedIn(person)
      const { fields } = await client.formOf('/profil')
      const answer = await client.post(action, { _csrf: String(fields['_csrf']) })
      expect(answer.status).toBe(404)
    }
    const own = await app.signedIn(member)
    await own.complete(`/organisationer/${id}`, {}, action)
    const { fields } = await own.formOf('/profil')
    const again = { _csrf: String(fields['_csrf']), role: 'edit' }
    expect((await own.post(action, again)).status).toBe(404)
    expect(await app.mails()).toHaveLength(1)
  })

  it('is made once when two people enter its number at the same time', async () => {
    const app = await startTestApp(engine)
    const clients = await Promise.all(
      Array.from({ length: 6 }, async () => app.signedIn(await aPerson(app.db))),
    )
    const typed = { kind: 'registered', name: 'Samtidig ApS', cvr }
    const answers = await Promise.all(clients.map((c) => c.submit('/organisationer/ny', typed)))
    expect(answers.map((a) => a.status)).toEqual([303, 303, 303, 303, 303, 303])
    expect(await app.db('organisations')).toHaveLength(1)
    expect(await app.db('memberships').whereNotNull('approved_at')).toHaveLength(1)
    expect(await app.mails()).toHaveLength(5)
  })
})
