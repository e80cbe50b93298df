import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { MessageRow } from '../db/tables.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { Actor } from '../shared/actor.ts'
import { isMember, mayOnlyLook } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { NotAllowed } from '../shared/errors.ts'
import { getCase } from './queries.ts'

/**
 * A message on a case, either way, at any time; the other side hears of it by mail. Throws NotFound,
 * or NotAllowed for a member who may only look.
 */
export async function sendMessage(
  db: Db,
  m: { actor: Actor; reference: string; body: string; now: string; mail: MailSettings },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { application } = await getCase(trx, m.actor, m.reference)
    if (mayOnlyLook(m.actor, application.organisation_id)) throw new NotAllowed()
    const isApplicant = isMember(m.actor, application.organisation_id)
    await trx<MessageRow>('messages').insert({
      application_id: application.id,
      author_id: m.actor.personId,
      side: isApplicant ? 'applicant' : 'municipality',
      kind: 'message',
      body: m.body,
      created_at: m.now,
    })
    await enqueueCaseMail(trx, {
      applicationId: application.id,
      historyId: null,
      event: 'message',
      template: isApplicant ? 'message-from-applicant' : 'message-to-applicant',
      to: isApplicant ? 'secretariat' : 'applicants',
      asked: {},
      actorId: m.actor.personId,
      now: m.now,
      mail: m.mail,
    })
  })
}
