import type { Db } from '../db/connection.ts'
import type { TaskRow } from '../db/tables.ts'

/** Nobody of the organisation can be written to: the secretariat gets to know, once until it is done. */
export async function recordNobodyLeft(trx: Db, applicationId: number, now: string): Promise<void> {
  const task = { application_id: applicationId, kind: 'nobodyLeft' as const }
  if (await trx<TaskRow>('tasks').where(task).whereNull('done_at').first('id')) return
  await trx<TaskRow>('tasks').insert({ ...task, detail: '', created_at: now })
}
