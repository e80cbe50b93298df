import { getCase } from '../applications/queries.ts'
import { permits } from '../../workflows/lifecycle.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { MessageRow } from '../db/tables.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { Actor } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { Blocked } from '../shared/errors.ts'
import { assertAdviser } from './plan-onward.ts'

/**
 * Asks an applicant who has gone quiet whether they still want advice; after two unanswered notices
 * the case may be closed. Throws NotFound, NotAllowed or Blocked.
 */
export async function sendNotice(
  db: Db,
  n: { actor: Actor; reference: string; body: string; now: string; mail: MailSettings },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { application } = await getCase(trx, n.actor, n.reference)
    assertAdviser(n.actor, application)
    if (!permits('application', application.status, 'advising')) {
      throw new Blocked('lifecycle.hint.notInThisStatus')
    }
    await trx<MessageRow>('messages').insert({
      application_id: application.id,
      author_id: n.actor.personId,
      side: 'municipality',
      kind: 'adviceNotice',
      body: n.body,
      created_at: n.now,
    })
    await enqueueCaseMail(trx, {
      applicationId: application.id,
      historyId: null,
      event: 'adviceNotice',
      template: 'advice-notice',
      to: 'applicants',
      asked: {},
      actorId: n.actor.personId,
      now: n.now,
      mail: n.mail,
    })
  })
}
