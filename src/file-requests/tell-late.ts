import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { FileRequestRow } from '../db/tables.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { MailSettings } from '../shared/asked.ts'
import { copenhagenDate } from '../shared/danish.ts'
import { addWorkingDays } from '../shared/holidays.ts'

/** A new date that can be kept: as long again as the law gives. */
const moreWorkingDays = 7

/**
 * The day after the seven working days: whoever asked is told that we are late, and of a new date
 * (offentlighedsloven § 36). Once; a request that is answered is left alone. Somebody else than the
 * applicants is told by the secretariat, which is told to.
 */
export async function tellLate(
  db: Db,
  r: { fileRequestId: number; now: string; mail: MailSettings },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const newDate = addWorkingDays(copenhagenDate(r.now), moreWorkingDays)
    const [request] = await trx<FileRequestRow>('file_requests')
      .where({ id: r.fileRequestId })
      .whereNull('decided_at')
      .whereNull('delayed_to')
      .update({ delayed_to: newDate })
      .returning('*')
    if (!request) return
    const mails = [
      ...(request.asked_by === null ? [] : ([['file-request-late', 'applicants']] as const)),
      ['file-request-overdue', 'secretariat'] as const,
    ]
    for (const [template, to] of mails) {
      await enqueueCaseMail(trx, {
        applicationId: request.application_id,
        historyId: null,
        event: 'deadline.fileRequestDue',
        template,
        to,
        subject: { fileRequestNumber: request.number },
        asked: { question: request.body, newDate },
        actorId: null,
        now: r.now,
        mail: r.mail,
      })
    }
  })
}
