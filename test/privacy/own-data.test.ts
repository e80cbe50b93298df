import { describe, expect, it } from 'vitest'
import { erasedAddress, erasedText } from '../../src/db/erasable.ts'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { startTestApp } from '../support/app.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aMembership, anInvitation, anOrganisation, aPerson, aRole } from '../support/factories.ts'
import { sample, sendWithFiles } from '../support/files.ts'
import { aTown } from '../support/town.ts'

describe.each(engines)('what we know of you, on %s', (engine) => {
  it('is all there, as a page and as a file; no secret, and nothing of anybody else', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const { browser, email } = cast.applicant
    const page = `/ansoegninger/${reference}`
    const mine = { body: 'Mit eget spørgsmål' }
    await sendWithFiles(
      browser,
      page,
      mine,
      [{ name: 'budget.pdf', bytes: sample.pdf }],
      `${page}/beskeder`,
    )
    await browser.complete(`${page}/aktindsigt`, { body: 'Alt om os' })
    await cast.secretariat.browser.complete(page, { body: 'Jeres svar' }, `${page}/beskeder`)
    const shown = textOf((await browser.get('/profil/data')).body)
    for (const known of [
      email,
      reference,
      'Mit eget spørgsmål',
      'Ansøgningen blev sendt',
      'Nabohjælp',
      'Navn: budget.pdf Størrelse: 1 kB',
      'Alt om os',
      'Der blev bedt om aktindsigt',
    ]) {
      expect(shown.toLowerCase()).toContain(known.toLowerCase())
    }
    expect(shown).not.toMatch(/privacy\.|undefined|null/)
    const file = await browser.get('/profil/data.json')
    expect(file.headers.get('content-disposition')).toMatch(
      /^attachment; filename="?oplysninger-\d{4}-\d\d-\d\d\.json"?$/,
    )
    const data = JSON.parse(file.body) as Record<string, Record<string, unknown>[]>
    expect(data).toMatchObject({
      profile: [{ email }],
      cases: [{ reference }],
      messages: [{ reference, ...mine }],
      files: [{ reference, name: 'budget.pdf' }],
      fileRequests: [{ reference, body: 'Alt om os' }],
      keptForms: [],
    })
    expect(data.mails?.every((m) => m.to_address === email)).toBe(true)
    const tokens = await town.db('sessions').pluck<string[]>('id')
    for (const token of tokens) expect(file.body).not.toContain(token)
    expect(data.messages?.length).toBe(1)
  })
})

describe.each(engines)('one’s own account, on %s', (engine) => {
  it('can be deleted: every trace is gone, and the address is free again', async () => {
    const app = await startTestApp(engine)
    const person = await aPerson(app.db, { email: 'bo@example.dk', phone: '20304050' })
    const id = await anOrganisation(app.db, [person], { second_contact_id: person })
    await anInvitation(app.db, id, person, { email: 'ven@example.dk' })
    const client = await app.signedIn(person)
    await client.complete(`/organisationer/${id}/inviter`, { email: 'ny@example.dk', role: 'view' })
    const answer = await client.complete('/profil/slet')
    expect(answer.location).toBe('/?besked=accountDeleted')
    expect(await app.db('people')).toMatchObject([
      {
        id: person,
        email: erasedAddress('person', person),
        name: erasedText,
        phone: null,
        erased_at: app.now(),
        disabled_at: app.now(),
      },
    ])
    expect((await runDoctor(app.db)).filter((f) => !f.ok)).toEqual([])
    for (const table of ['sessions', 'memberships', 'organisations', 'kept_forms', 'invitations']) {
      expect([table, await app.db(table)]).toEqual([table, []])
    }
    expect((await client.get('/profil')).location).toMatch(/^\/log-ind/)
    const again = await aPerson(app.db, { email: 'bo@example.dk' })
    expect(again).not.toBe(person)
  })

  it('of somebody with a case or a role stays, and says why', async () => {
    const town = await aTown(engine)
    const { cast } = await town.sent()
    const draft = await town.draft()
    const official = await aPerson(town.db)
    await aRole(town.db, official, 'adviser')
    const boss = await aPerson(town.db)
    const others = await anOrganisation(town.db, [boss])
    await aMembership(town.db, others, await aPerson(town.db), { role: 'edit' })
    const reasons: [Awaited<ReturnType<typeof town.signedIn>>, string][] = [
      [await town.signedIn((await town.person(cast.applicant.email)).id), 'Den skal vi gemme'],
      [
        await town.signedIn((await town.person(draft.cast.applicant.email)).id),
        'Din organisation har en kladde.',
      ],
      [await town.signedIn(official), 'Du har en rolle i kommunen.'],
      [await town.signedIn(boss), 'Du er den eneste, der kan forpligte din organisation.'],
    ]
    const before = await town.db('people').orderBy('id')
    for (const [client, why] of reasons) {
      const page = textOf((await client.get('/profil/slet')).body)
      expect(page).toContain(why)
      const { _csrf } = (await client.formOf('/profil')).fields
      const forced = await client.post('/profil/slet', { _csrf: String(_csrf) })
      expect(forced.status).toBe(409)
      expect((await client.get('/profil')).status).toBe(200)
    }
    expect(await town.db('people').orderBy('id')).toEqual(before)
  })
})

describe('the notice on forms that take personal data', () => {
  it('leads to the chapter about that very form, in both languages', async () => {
    const town = await aTown('SQLite')
    const { reference, cast } = await town.sent()
    const draft = await town.draft()
    const { browser } = cast.applicant
    const chapters = (await browser.get('/privatliv')).body
    const forms: [string, string][] = [
      ['/profil', 'profile'],
      ['/organisationer/ny', 'organisation'],
      [`/ansoegninger/${reference}`, 'message'],
    ]
    for (const [path, kind] of forms) {
      expect((await browser.get(path)).body).toContain(`href="/privatliv#${kind}"`)
      expect(chapters).toContain(`id="${kind}"`)
    }
    const step = await draft.cast.applicant.browser.get(
      `/ansoegninger/${draft.reference}/skema/about`,
    )
    expect(step.body).toContain('href="/privatliv#application"')
    const visitor = town.client()
    visitor.sendAlways({ 'accept-language': 'en' })
    expect((await visitor.get('/log-ind')).body).toContain('href="/privatliv#signIn"')
    expect(textOf((await visitor.get('/privatliv')).body)).toContain('GDPR article 6(1)(e)')
  })
})
