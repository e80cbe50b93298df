import type { AttachmentRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { Upload } from '../shared/upload.ts'
import type { Sender } from './record-files.ts'
import { recordFile } from './record-files.ts'

/** How many files one person can have waiting, whatever the form; the oldest give way. */
const waitingPerPerson = 15

/**
 * Stores the files of a form before anything else is done with it, each in a transaction of its own:
 * the one that sends the form is then short, and a form that is refused has lost nothing. What is
 * never sent is gone after a day (forget-traces). Returns their ids.
 */
export async function keepWaiting(db: Db, sender: Sender, uploads: Upload[]): Promise<number[]> {
  const ids: number[] = []
  for (const upload of uploads) {
    ids.push(await inTransaction(db, (trx) => recordFile(trx, sender, null, upload)))
  }
  await dropOldest(db, sender.personId)
  return ids
}

async function dropOldest(db: Db, personId: number): Promise<void> {
  const its = { uploaded_by: personId, owner_id: null }
  const waiting = await db<AttachmentRow>('attachments')
    .where(its)
    .orderBy('id', 'desc')
    .pluck<number[]>('id')
  const tooMany = waiting.slice(waitingPerPerson)
  if (tooMany.length === 0) return
  await db<AttachmentRow>('attachments').where(its).whereIn('id', tooMany).del()
}
