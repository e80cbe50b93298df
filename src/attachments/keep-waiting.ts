import type { AttachmentRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { Upload } from '../shared/upload.ts'
import type { Sender } from './record-files.ts'
import { recordFile } from './record-files.ts'

/** How many files one person can have waiting, whatever the form; the oldest give way. */
const waitingPerPerson = 15

/**
 * Keeps the files of a form that was refused, for this person to send with it the next time; they
 * are gone after a day (forget-traces). Returns their ids.
 */
export async function keepWaiting(db: Db, sender: Sender, uploads: Upload[]): Promise<number[]> {
  return inTransaction(db, async (trx) => {
    const ids: number[] = []
    for (const upload of uploads) ids.push(await recordFile(trx, sender, null, upload))
    const newest = await trx<AttachmentRow>('attachments')
      .where({ uploaded_by: sender.personId })
      .whereNull('owner_id')
      .orderBy('id', 'desc')
      .limit(waitingPerPerson)
      .pluck('id')
    await trx<AttachmentRow>('attachments')
      .where({ uploaded_by: sender.personId })
      .whereNull('owner_id')
      .whereNotIn('id', newest)
      .del()
    return ids
  })
}
