import { describe, expect, it } from 'vitest'
import { engines } from '../support/database.ts'
import { aMembership, aPerson } from '../support/factories.ts'
import { textOf } from '../support/client.ts'
import { aTown } from '../support/town.ts'

async function aCaseOfTwo(engine: (typeof engines)[number]) {
  const town = await aTown(engine)
  const { reference, cast } = await town.sent()
  const row = () =>
    town
      .db('applications')
      .where({ reference })
      .first<{ id: number; organisation_id: number; contact_id: number }>()
  const { organisation_id: organisationId, contact_id: contactId } = await row()
  const second = await aPerson(town.db, { name: 'Bo Kasserer', email: 'bo@example.dk' })
  await aMembership(town.db, organisationId, second, { mails: 'own' })
  const page = `/ansoegninger/${reference}`
  const linesOf = (event: string) => town.db('history').where({ event })
  return { town, cast, page, organisationId, contactId, second, row, linesOf }
}

describe.each(engines)('the contact person of a case, on %s', (engine) => {
  it('is changed by a member who may write, and by the secretariat; history and mail say so', async () => {
    const { town, cast, page, contactId, second, row, linesOf } = await aCaseOfTwo(engine)
    expect(textOf((await cast.applicant.browser.get(page)).body)).toContain(
      'Bliver også mindet om frister: Bo Kasserer',
    )
    await cast.applicant.browser.complete(`${page}/kontakt`, { person: String(second) })
    expect((await row()).contact_id).toBe(second)
    expect(await linesOf('changeContact')).toMatchObject([
      {
        machine: 'contact',
        actor_id: contactId,
        actor_role: 'applicant',
        details: JSON.stringify({ from: contactId, contactId: second, because: 'chosen' }),
      },
    ])
    const mails = await town.mails('bo@example.dk')
    expect(mails.map((m) => m.template)).toEqual(['contact-changed'])
    expect(mails[0]?.text).toContain('Bo Kasserer er nu kontaktperson')
    await cast.secretariat.browser.complete(`${page}/kontakt`, { person: String(contactId) })
    expect((await row()).contact_id).toBe(contactId)
    expect(textOf((await cast.secretariat.browser.get(page)).body)).toContain(
      'Kontaktpersonen er skiftet',
    )
    const refused = await cast.secretariat.browser.submit(`${page}/kontakt`, { person: '999' })
    expect(refused.status).toBe(422)
  })

  it('who leaves hands the case over, and those still there are written to', async () => {
    const { town, cast, organisationId, contactId, second, row, page } = await aCaseOfTwo(engine)
    const own = await town
      .db('memberships')
      .where({ person_id: contactId })
      .first<{ id: number }>('id')
    await cast.applicant.browser.complete(
      `/organisationer/${organisationId}/medlemmer/${own.id}/fjern`,
    )
    expect((await row()).contact_id).toBe(second)
    expect((await cast.applicant.browser.get(page)).status).toBe(404)
    await cast.secretariat.browser.complete(page, { body: 'Hej' }, `${page}/beskeder`)
    const [newest] = (await town.mails()).slice(-1)
    expect(newest).toMatchObject({ template: 'message-to-applicant', to_address: 'bo@example.dk' })
    expect(await town.db('tasks')).toEqual([])
  })

  it('who is shut out as the only one leaves the secretariat a task, once', async () => {
    const { town, cast, contactId, second, row, page } = await aCaseOfTwo(engine)
    const admin = await town.official('administrator')
    const shutOut = (id: number) =>
      admin.browser.complete(`/administration/personer/${id}/luk`, { reason: 'Er rejst' })
    await shutOut(contactId)
    expect((await row()).contact_id).toBe(second)
    expect(await town.db('tasks')).toEqual([])
    await shutOut(second)
    await cast.secretariat.browser.complete(page, { body: 'Er I der?' }, `${page}/beskeder`)
    expect(await town.db('tasks')).toMatchObject([
      { application_id: (await row()).id, kind: 'nobodyLeft', done_at: null },
    ])
    const shown = textOf((await cast.secretariat.browser.get(page)).body)
    expect(shown).toContain('Der er ingen tilbage at skrive til i organisationen.')
    expect(shown).toContain('Der er ingen i organisationen, vi kan skrive til.')
  })
})
