import type { Db } from '../../src/db/connection.ts'
import { aFile, aMembership, anInvitation, insertRow } from '../support/factories.ts'
import type { Town } from '../support/town.ts'

export type Secret = {
  name: string
  /** Makes the other world: the same one with another secret. */
  change: (db: Db) => Promise<unknown>
  /** Who must see no difference, and one who sees it: a test that cannot tell proves nothing. */
  unseenBy: string[]
  seenBy: string
  /** Looked for in letters and data as files too. */
  inFiles?: boolean
}

/** What the daily work puts in a case that others must not know of. */
export async function secretsOfCasework(
  town: Town,
  reference: string,
  outsiders: string[],
): Promise<Secret[]> {
  const { db } = town
  const it = await db('applications')
    .where({ reference })
    .first<{ id: number; contact_id: number; organisation_id: number }>()
  const { id: officialId } = await town.official('sagsbehandler')
  const at = town.now()
  const of = { application_id: it.id }
  await aFile(db, { applicationId: it.id, personId: it.contact_id })
  await insertRow(db, 'case_notes', {
    ...of,
    number: 1,
    kind: 'call',
    party: 'Naboen',
    body: 'Fortroligt',
    happened_on: at.slice(0, 10),
    author_id: officialId,
    created_at: at,
  })
  await db.raw('drop trigger tr_case_notes_update')
  const asked = {
    ...of,
    language: 'da',
    is_before_decision: 0,
    asked_on: at.slice(0, 10),
    asked_at: at,
    due_on: '2026-12-01',
  }
  const own = await insertRow(db, 'file_requests', {
    ...asked,
    number: 1,
    asked_by: it.contact_id,
    name: 'Ansøger',
    contact: 'a@example.org',
    body: 'Alt om os',
    decided_at: at,
    decided_by: officialId,
    answer: 'Værsgo',
  })
  await insertRow(db, 'file_request_documents', {
    file_request_id: own,
    ...of,
    number: 1,
    kind: 'note',
    document_id: 1,
    title: 'Notat',
    document_at: at,
    decision: 'extract',
    body: 'Uddrag af notatet',
    reason: 'Om andre',
    rule: '§ 15',
  })
  await insertRow(db, 'file_requests', {
    ...asked,
    number: 2,
    entered_by: officialId,
    name: 'En journalist',
    contact: 'avis@example.org',
    body: 'Alt om dem',
  })
  const { organisation_id } = it
  await anInvitation(db, organisation_id, it.contact_id, { email: 'ven@example.org' })
  const second = await town.person('kasserer@example.org')
  await aMembership(db, organisation_id, second.id, { role: 'view' })
  await db('organisations').where({ id: organisation_id }).update({ second_contact_id: second.id })
  const run = await insertRow(db, 'bulk_runs', {
    person_id: officialId,
    action: 'sendMessage',
    asked: JSON.stringify({ body: 'Kære alle' }),
    created_at: at,
  })
  await insertRow(db, 'bulk_items', {
    run_id: run,
    ...of,
    seen_version: 1,
    outcome: 'done',
    mails: JSON.stringify([{ subject: 'Svar til jer', name: 'Ansøger', who: 'applicants' }]),
    params: '{}',
    settled_at: at,
  })
  const others = ['applicant', 'firstReviewer', 'secondReviewer', 'administrator', ...outsiders]
  const officials = ['finance', 'adviser', 'decisionMaker']
  return [
    {
      name: 'the name of another’s file',
      change: (d) => d('attachments').where(of).update({ name: 'kontrakt.pdf' }),
      unseenBy: others,
      seenBy: 'otherApplicant',
      inFiles: true,
    },
    {
      name: 'a note of a call',
      change: (d) => d('case_notes').where(of).update({ body: 'Noget andet', party: 'Genboen' }),
      unseenBy: ['otherApplicant', ...others],
      seenBy: 'secretariat',
      inFiles: true,
    },
    {
      name: 'what was given of a document',
      change: (d) =>
        d('file_request_documents')
          .where(of)
          .update({ body: 'Et andet uddrag', reason: 'Om naboen' }),
      unseenBy: [...others, ...officials],
      seenBy: 'otherApplicant',
      inFiles: true,
    },
    {
      name: 'who else asked to see the case',
      change: (d) =>
        d('file_requests')
          .where({ ...of, number: 2 })
          .update({ name: 'En konkurrent', contact: 'k@example.org', body: 'Kun tallene' }),
      unseenBy: ['otherApplicant', ...others, ...officials],
      seenBy: 'secretariat',
      inFiles: true,
    },
    {
      name: 'who is invited to another organisation',
      change: (d) => d('invitations').where({ organisation_id }).update({ email: 'x@example.org' }),
      unseenBy: ['secretariat', ...others, ...officials],
      seenBy: 'otherApplicant',
    },
    {
      name: 'who is reminded in another organisation',
      change: (d) =>
        d('organisations')
          .where({ id: organisation_id })
          .update({ second_contact_id: it.contact_id }),
      unseenBy: others,
      seenBy: 'otherApplicant',
    },
    {
      name: 'what a colleague wrote to many cases at once',
      change: (d) =>
        d('bulk_items')
          .where(of)
          .update({ mails: JSON.stringify([{ subject: 'x', name: 'y', who: 'reviewers' }]) }),
      unseenBy: ['otherApplicant', ...others, ...officials],
      seenBy: 'secretariat',
    },
    {
      name: 'a mail to somebody else',
      change: (d) =>
        d('outbox').where({ person_id: it.contact_id }).update({ text: 'Kære du', subject: 'Nyt' }),
      // Who administers everything tends the mails of everybody.
      unseenBy: others.filter((name) => name !== 'administrator'),
      seenBy: 'otherApplicant',
      inFiles: true,
    },
  ]
}
