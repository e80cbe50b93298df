import type { AttachmentPartRow, AttachmentRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { InvalidInput } from '../shared/errors.ts'
import type { FormFiles, Upload } from '../shared/upload.ts'
import { fileLimits } from '../shared/upload.ts'
import type { Chooser } from './queries.ts'
import { listWaiting, sumFileBytes } from './queries.ts'

const partBytes = 1024 * 1024
const gone = { field: 'files', message: 'files.gone' }

export type Sender = Chooser & { side: AttachmentRow['side']; now: string }

/**
 * The files of a form that is being sent belong to what it became: new ones, and those that waited.
 * Throws InvalidInput at `files` when one that waited is gone, or the case is full. Must run in the transaction that stores what they belong to.
 */
export async function recordFiles(
  trx: Db,
  sender: Sender & { ownerId: number },
  { uploads, waitingIds }: FormFiles,
): Promise<void> {
  if (uploads.length + waitingIds.length === 0) return
  const waiting = await listWaiting(trx, sender, waitingIds)
  if (waiting.length < waitingIds.length) {
    throw new InvalidInput([gone])
  }
  const bytes =
    waiting.reduce((sum, f) => sum + f.size_bytes, 0) +
    uploads.reduce((sum, f) => sum + f.bytes.length, 0)
  if ((await sumFileBytes(trx, sender.applicationId)) + bytes > fileLimits.caseBytes) {
    throw new InvalidInput([{ field: 'files', message: 'files.caseFull' }])
  }
  const sent = await trx<AttachmentRow>('attachments')
    .whereIn('id', waitingIds)
    .whereNull('owner_id')
    .update({ owner_id: sender.ownerId })
  if (sent < waitingIds.length) throw new InvalidInput([gone])
  for (const upload of uploads) await recordFile(trx, sender, sender.ownerId, upload)
}

/** Stores one file whole; it waits in its form while `ownerId` is null. Returns its id. */
export async function recordFile(
  trx: Db,
  sender: Sender,
  ownerId: number | null,
  upload: Upload,
): Promise<number> {
  const [stored] = await trx('attachments')
    .insert({
      application_id: sender.applicationId,
      owner_kind: sender.ownerKind,
      owner_id: ownerId,
      name: upload.name,
      kind: upload.kind,
      size_bytes: upload.bytes.length,
      sha256: upload.sha256,
      uploaded_by: sender.personId,
      side: sender.side,
      created_at: sender.now,
    } satisfies Omit<AttachmentRow, 'id'>)
    .returning<{ id: number }[]>('id')
  if (!stored) throw new Error('the file was not stored')
  for (let part = 0; part * partBytes < upload.bytes.length; part += 1) {
    await trx<AttachmentPartRow>('attachment_parts').insert({
      attachment_id: stored.id,
      part,
      bytes: upload.bytes.subarray(part * partBytes, (part + 1) * partBytes),
    })
  }
  return stored.id
}
