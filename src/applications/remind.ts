import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { DeadlineRow, TaskRow } from '../db/tables.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { MailSettings } from '../shared/asked.ts'

export type Reminder = { template: string | null; task: TaskRow['kind'] | null }

/** A deadline that only reminds: marks it handled, and in the same transaction tells those it concerns. */
export async function remind(
  db: Db,
  r: { deadline: DeadlineRow; reminder: Reminder; now: string; mail: MailSettings },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const handled = await markHandled(trx, r.deadline.id, r.now)
    if (!handled) return
    if (r.reminder.task !== null) {
      await trx<TaskRow>('tasks').insert({
        application_id: r.deadline.application_id,
        kind: r.reminder.task,
        detail: '',
        created_at: r.now,
      })
    }
    if (r.reminder.template === null) return
    await enqueueCaseMail(trx, {
      applicationId: r.deadline.application_id,
      historyId: null,
      event: `deadline.${r.deadline.kind}`,
      template: r.reminder.template,
      to: 'applicants',
      asked: {},
      actorId: null,
      now: r.now,
      mail: r.mail,
    })
  })
}

/** Whether this process was the one to take the deadline: each fires once. */
export async function markHandled(db: Db, id: number, now: string): Promise<boolean> {
  const changed = await db<DeadlineRow>('deadlines')
    .where({ id })
    .whereNull('handled_at')
    .update({ handled_at: now })
  return changed === 1
}

/** The step was refused for now: the deadline comes back in an hour. */
export async function tryLater(db: Db, id: number, now: string): Promise<void> {
  const later = new Date(Date.parse(now) + 3_600_000).toISOString()
  await db<DeadlineRow>('deadlines').where({ id }).update({ try_at: later })
}
