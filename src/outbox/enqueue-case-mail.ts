import type { Audience } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import type { Asked, MailSettings } from '../shared/asked.ts'
import type { MailSubject } from './case-data.ts'
import { readCaseData, wordsFor } from './case-data.ts'
import { enqueueDirect } from './enqueue.ts'
import type { Recipient } from './enqueue.ts'
import { recipientsOf } from './recipients.ts'

export type CaseMail = {
  applicationId: number
  historyId: number | null
  event: string
  template: string
  to: Audience
  subject?: MailSubject
  asked: Asked
  actorId: number | null
  now: string
  mail: MailSettings
}

/**
 * Tells an audience about a case, each in their own language. When nobody holds the role, the
 * pool's own mailbox is told, so that no news is lost.
 */
export async function enqueueCaseMail(trx: Db, m: CaseMail): Promise<void> {
  const subject = m.subject ?? {}
  const data = await readCaseData(trx, m.applicationId, subject)
  const people = await recipientsOf(trx, m.to, {
    applicationId: m.applicationId,
    poolId: data.pool.id,
    ...(subject.reviewId === undefined ? {} : { reviewId: subject.reviewId }),
  })
  const recipients: Recipient[] = people.map((p) => ({
    address: p.email,
    name: p.name,
    language: p.language,
    personId: p.id,
  }))
  if (recipients.length === 0 && m.to !== 'reviewers') {
    recipients.push({
      address: data.pool.contact_email,
      name: data.pool.contact_name,
      language: 'da',
      personId: null,
    })
  }
  for (const to of recipients) {
    await enqueueDirect(trx, {
      template: m.template,
      event: m.event,
      to,
      data: wordsFor(data, to.language, m.asked, m.now, m.mail.baseUrl, subject),
      applicationId: m.applicationId,
      historyId: m.historyId,
      reference: data.application.reference,
      now: m.now,
      mail: m.mail,
    })
  }
}
