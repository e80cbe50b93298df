import { permits } from '../../workflows/lifecycle.ts'
import type { Db } from '../db/connection.ts'
import type { ApplicationRow, OrganisationRow } from '../db/tables.ts'
import { recordHistory } from '../history/record-history.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import { ablest, membersOf } from '../outbox/recipients.ts'
import { recordNobodyLeft } from '../outbox/record-nobody-left.ts'
import type { MailSettings } from '../shared/asked.ts'
import { recordSearch } from './record-search.ts'

type By = { by: { personId: number; role: string }; now: string; mail: MailSettings }

/**
 * Gives a case another contact person: a line in its history, and a mail to those it concerns. A
 * draft that was never sent has no history, and is only changed.
 */
export async function recordContact(
  trx: Db,
  c: By & { application: ApplicationRow; contactId: number; because: 'chosen' | 'gone' },
): Promise<void> {
  const { application, contactId, by, now } = c
  const { id } = application
  await trx<ApplicationRow>('applications').where({ id }).update({ contact_id: contactId })
  await recordSearch(trx, { 'a.id': id })
  if (application.submitted_at === null) return
  const historyId = await recordHistory(trx, {
    chain: `application:${id}`,
    application_id: id,
    machine: 'contact',
    row_id: id,
    event: 'changeContact',
    from_status: null,
    to_status: null,
    actor_id: by.personId,
    actor_role: by.role,
    details: JSON.stringify({ from: application.contact_id, contactId, because: c.because }),
    at: now,
    request_key: null,
  })
  await enqueueCaseMail(trx, {
    applicationId: id,
    historyId,
    event: 'contact.changeContact',
    template: 'contact-changed',
    to: 'applicants',
    asked: {},
    actorId: by.personId,
    now,
    mail: c.mail,
  })
}

/**
 * Somebody is out of an organisation, or of all of theirs (`organisationId` null): each of its cases
 * that they were contact for gets the second contact, or whoever of the others may do most. Where
 * nobody is left, the secretariat gets a task.
 */
export async function recordContactGone(
  trx: Db,
  g: By & { personId: number; organisationId: number | null },
): Promise<void> {
  const theirs = await trx<ApplicationRow>('applications')
    .where({ contact_id: g.personId })
    .modify((q) => void (g.organisationId !== null && q.where('organisation_id', g.organisationId)))
    .orderBy('id')
  for (const application of theirs) {
    const organisation = await trx<OrganisationRow>('organisations')
      .where({ id: application.organisation_id })
      .first('second_contact_id')
    const left = await membersOf(trx, application.organisation_id)
    const next = left.find((m) => m.id === organisation?.second_contact_id) ?? ablest(left)
    if (next) await recordContact(trx, { ...g, application, contactId: next.id, because: 'gone' })
    else if (awaitsSomebody(application)) await recordNobodyLeft(trx, application.id, g.now)
  }
}

const awaitsSomebody = ({ status, submitted_at }: ApplicationRow): boolean =>
  submitted_at !== null && !permits('application', status, 'ended')
