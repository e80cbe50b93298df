import { describe, expect, it } from 'vitest'
import type { MembershipRow } from '../../src/db/tables.ts'
import { recipientsOf } from '../../src/outbox/recipients.ts'
import { engines, freshDatabase } from '../support/database.ts'
import { aMembership, aPerson } from '../support/factories.ts'
import { aCase } from './a-case.ts'

type Mails = MembershipRow['mails']

/** A case whose contact wants nothing but their own, and three who chose differently. */
async function aBusyAssociation(engine: (typeof engines)[number]) {
  const db = await freshDatabase(engine)
  const { applicationId, organisationId, poolId, contactId } = await aCase(db)
  await db('memberships').update({ mails: 'own' satisfies Mails })
  const member = async (name: string, mails: Mails, more: Partial<MembershipRow> = {}) => {
    const id = await aPerson(db, { name })
    await aMembership(db, organisationId, id, { mails, role: 'view', ...more })
    return id
  }
  const told = async (template?: string) =>
    (
      await recipientsOf(db, 'applicants', {
        applicationId,
        poolId,
        ...(template === undefined ? {} : { template }),
      })
    ).map((p) => p.name)
  const contact = (await db('people').where({ id: contactId }).first<{ name: string }>()).name
  const chooseSecond = (id: number) =>
    db('organisations').where({ id: organisationId }).update({ second_contact_id: id })
  return { db, organisationId, contactId, contact, member, told, chooseSecond }
}

describe.each(engines)('who of the applicants gets a mail, on %s', (engine) => {
  it('is the contact person, and those who chose all; with a deadline also those who chose that', async () => {
    const { contact, member, told } = await aBusyAssociation(engine)
    await member('Alt', 'all')
    await member('Frister', 'reminders')
    await member('Intet', 'own')
    expect(await told('application-received')).toEqual([contact, 'Alt'])
    expect(await told('draft-reminder')).toEqual([contact, 'Alt', 'Frister'])
    expect(await told('acceptance-reminder')).toEqual([contact, 'Alt', 'Frister'])
  })

  it('is never one person alone when it is a reminder and there are two: whoever may do most', async () => {
    const { contact, member, told } = await aBusyAssociation(engine)
    expect(await told('report-overdue')).toEqual([contact])
    await member('Ser', 'own')
    expect(await told('report-overdue')).toEqual([contact, 'Ser'])
    await member('Tegner', 'own', { role: 'bind' })
    expect(await told('report-overdue')).toEqual([contact, 'Tegner'])
    expect(await told('message-to-applicant')).toEqual([contact])
  })

  it('is with a reminder the one whom the organisation chose, as long as they are there', async () => {
    const { db, contact, member, told, chooseSecond } = await aBusyAssociation(engine)
    await member('Tegner', 'own', { role: 'bind' })
    const second = await member('Valgt', 'own')
    await chooseSecond(second)
    expect(await told('grant-offered')).toEqual([contact, 'Valgt'])
    await db('people').where({ id: second }).update({ disabled_at: '2026-01-01T00:00:00.000Z' })
    expect(await told('grant-offered')).toEqual([contact, 'Tegner'])
  })

  it('is everybody who is left when the contact person is gone', async () => {
    const { db, contactId, member, told } = await aBusyAssociation(engine)
    await member('Intet', 'own')
    await member('Frister', 'reminders')
    await db('memberships').where({ person_id: contactId }).update({ removed_at: '2026-01-01' })
    expect(await told('application-received')).toEqual(['Intet', 'Frister'])
  })
})
