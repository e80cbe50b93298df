import type { Db } from '../db/connection.ts'

/** Takes a draft that was never sent away, with all that hangs on it: nothing of it is left. */
export async function removeDraft(trx: Db, applicationId: number): Promise<void> {
  for (const table of ['outbox', 'attachments', 'deadlines', 'messages', 'tasks']) {
    await trx(table).where({ application_id: applicationId }).del()
  }
  await trx('applications').where({ id: applicationId }).del()
}
