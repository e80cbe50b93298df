import { tellLate } from '../file-requests/tell-late.ts'
import { advanceInstalment } from '../instalments/advance-instalment.ts'
import { advanceReport } from '../reports/advance-report.ts'
import { advanceReview } from '../reviews/advance-review.ts'
import { listFullyReviewed } from '../reviews/queries.ts'
import type { DeadlineRow } from '../db/tables.ts'
import type { Db } from '../db/connection.ts'
import type { MailSettings } from '../shared/asked.ts'
import { Blocked, NotFound, Stale } from '../shared/errors.ts'
import { advanceApplication } from './advance-application.ts'
import { listDueDeadlines } from './queries.ts'
import type { Reminder } from './remind.ts'
import { markHandled, remind, tryLater } from './remind.ts'

type Due = DeadlineRow & { reference: string; report_number: number | null }

const events: Record<string, string> = {
  roundClosing: 'roundClosed',
  hearingDue: 'hearingDeadlinePassed',
  acceptanceDue: 'acceptanceDeadlinePassed',
  adviceOfferDue: 'adviceOfferExpired',
}

const reminders: Record<string, Reminder> = {
  draftReminder: { template: 'draft-reminder', task: null },
  informationDue: { template: null, task: 'informationLate' },
  decisionDue: { template: 'decision-late', task: 'decisionLate' },
  acceptanceReminder: { template: 'acceptance-reminder', task: null },
  acceptanceCall: { template: null, task: 'callApplicant' },
}

/**
 * Does what time has decided: every deadline that is due sends its machine an event or its people a
 * reminder, oldest first, each once. One whose status has gone by is over; one that a guard refuses (a report
 * is missing, a call not made) comes back in an hour. And a case whose reviews are in goes on to its
 * decision. Returns how many were due.
 */
export async function fireDueDeadlines(db: Db, now: string, mail: MailSettings): Promise<number> {
  const due = await listDueDeadlines(db, now)
  for (const deadline of due) {
    try {
      await fire(db, deadline, now, mail)
      await markHandled(db, deadline.id, now)
    } catch (error) {
      if (error instanceof Blocked && error.hint !== 'lifecycle.hint.notInThisStatus') {
        await tryLater(db, deadline.id, now)
      } else if (error instanceof Blocked || error instanceof NotFound) {
        await markHandled(db, deadline.id, now)
      } else if (!(error instanceof Stale)) throw error
    }
  }
  return due.length + (await completeReviews(db, now, mail))
}

async function completeReviews(db: Db, now: string, mail: MailSettings): Promise<number> {
  const step = { event: 'completeReview', actor: null, version: null, asked: {}, now, mail }
  const references = await listFullyReviewed(db, now)
  for (const reference of references) {
    try {
      await advanceApplication(db, { ...step, reference })
    } catch (error) {
      // Somebody closed it, or asked for more, a moment before.
      if (!(error instanceof Blocked) && !(error instanceof Stale)) throw error
    }
  }
  return references.length
}

async function fire(db: Db, deadline: Due, now: string, mail: MailSettings): Promise<unknown> {
  const common = { actor: null, version: null, asked: {}, now, mail }
  const { kind, reference } = deadline
  const event = events[kind]
  if (event !== undefined) return advanceApplication(db, { ...common, reference, event })
  const reminder = reminders[kind]
  if (reminder) return remind(db, { deadline, reminder, now, mail })
  if (deadline.file_request_id !== null) {
    return tellLate(db, { fileRequestId: deadline.file_request_id, now, mail })
  }
  if (deadline.review_id !== null) {
    return advanceReview(db, { ...common, id: deadline.review_id, event: 'reviewDeadlinePassed' })
  }
  if (deadline.instalment_id !== null) {
    return advanceInstalment(db, { ...common, id: deadline.instalment_id, event: 'becomeDue' })
  }
  const number = deadline.report_number
  if (number === null) return undefined
  return advanceReport(db, { ...common, reference, number, event: 'reportDeadlinePassed' })
}
