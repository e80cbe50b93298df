import { recordFiles } from '../attachments/record-files.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { ApplicationRow, MessageRow } from '../db/tables.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { Actor } from '../shared/actor.ts'
import { isMember, mayOnlyLook } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { Blocked, NotAllowed } from '../shared/errors.ts'
import type { FormFiles } from '../shared/upload.ts'
import { noFiles } from '../shared/upload.ts'
import { getCase } from './queries.ts'

/**
 * A message on a case with its files, either way, at any time; the other side hears of it by mail.
 * Throws NotFound, NotAllowed for a member who may only look, Blocked where the words of the case are
 * gone, or InvalidInput at `files`.
 */
export async function sendMessage(
  db: Db,
  m: {
    actor: Actor
    reference: string
    body: string
    files?: FormFiles
    now: string
    mail: MailSettings
  },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { application } = await getCase(trx, m.actor, m.reference)
    if (mayOnlyLook(m.actor, application.organisation_id)) throw new NotAllowed()
    const isApplicant = isMember(m.actor, application.organisation_id)
    const side: MessageRow['side'] = isApplicant ? 'applicant' : 'municipality'
    const row = {
      application_id: application.id,
      author_id: m.actor.personId,
      side,
      kind: 'message',
      body: m.body,
      created_at: m.now,
    } satisfies Omit<MessageRow, 'id'>
    const [stored] = await trx('messages').insert(row).returning<{ id: number }[]>('id')
    if (!stored) throw new Error('the message was not stored')
    // Asked only now: the row waits for an erasure that is under way, and must not outlive it.
    const erased = await trx<ApplicationRow>('applications')
      .where({ id: application.id })
      .whereNotNull('erased_at')
      .first('id')
    if (erased) throw new Blocked('retention.isErased')
    const sender = { applicationId: application.id, personId: m.actor.personId, side, now: m.now }
    const files = m.files ?? noFiles
    await recordFiles(trx, { ...sender, ownerKind: 'message', ownerId: stored.id }, files)
    await enqueueCaseMail(trx, {
      applicationId: application.id,
      historyId: null,
      event: 'message',
      template: isApplicant ? 'message-from-applicant' : 'message-to-applicant',
      to: isApplicant ? 'secretariat' : 'applicants',
      asked: { files: files.names },
      actorId: m.actor.personId,
      now: m.now,
      mail: m.mail,
    })
  })
}
