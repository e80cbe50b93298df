import { setImmediate } from 'node:timers/promises'
import type { AttachmentPartRow, AttachmentRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { InvalidInput } from '../shared/errors.ts'
import type { FormFiles, Upload } from '../shared/upload.ts'
import { fileLimits } from '../shared/upload.ts'
import type { Chooser } from './queries.ts'
import { listWaiting, sumFileBytes } from './queries.ts'

const partBytes = 1024 * 1024

export type Sender = Chooser & { side: AttachmentRow['side']; now: string }

/**
 * The files that waited in a form that is being sent belong to what it became. Throws InvalidInput at
 * `files` when one is gone, or the case is full. Must run in the transaction that stores what they
 * belong to.
 */
export async function recordFiles(
  trx: Db,
  sender: Sender & { ownerId: number },
  { ids }: FormFiles,
): Promise<void> {
  if (ids.length === 0) return
  const waiting = await listWaiting(trx, sender, ids)
  const bytes = waiting.reduce((sum, f) => sum + f.size_bytes, 0)
  if ((await sumFileBytes(trx, sender.applicationId)) + bytes > fileLimits.caseBytes) {
    throw new InvalidInput([{ field: 'files', message: 'files.caseFull' }])
  }
  const sent = await trx<AttachmentRow>('attachments')
    .whereIn(
      'id',
      waiting.map((f) => f.id),
    )
    .whereNull('owner_id')
    .update({ owner_id: sender.ownerId })
  if (sent < ids.length) throw new InvalidInput([{ field: 'files', message: 'files.gone' }])
}

/**
 * Stores one file whole; it waits in its form while `ownerId` is null. Returns its id. Between its
 * parts others get their turn: a large file must not hold up everybody's pages.
 */
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
    await setImmediate()
  }
  return stored.id
}
