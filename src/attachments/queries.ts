import { getCase } from '../applications/queries.ts'
import type { AttachmentPartRow, AttachmentRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { Actor } from '../shared/actor.ts'
import { NotFound } from '../shared/errors.ts'

/** The files of a case that were sent, oldest first; never their bytes. */
export async function listFiles(db: Db, applicationId: number): Promise<AttachmentRow[]> {
  return db<AttachmentRow>('attachments')
    .where({ application_id: applicationId })
    .whereNotNull('owner_id')
    .orderBy('id')
}

/**
 * A file that was sent, to whoever may see the case it came with, which is whoever may see its
 * messages and answers. The one way to a file, whatever asks for it. Throws NotFound, also for a
 * file of another case, and for one that is still waiting in somebody's form.
 */
export async function getFile(
  db: Db,
  actor: Actor,
  reference: string,
  id: number,
): Promise<AttachmentRow> {
  const { application } = await getCase(db, actor, reference)
  const file = await db<AttachmentRow>('attachments')
    .where({ id, application_id: application.id })
    .whereNotNull('owner_id')
    .first()
  if (!file) throw new NotFound()
  return file
}

/** The bytes of a file a part at a time; who may have them was settled by whoever has its row. */
export async function* readParts(db: Db, id: number): AsyncGenerator<Buffer> {
  for (let part = 0; ; part += 1) {
    const row = await db<AttachmentPartRow>('attachment_parts')
      .where({ attachment_id: id, part })
      .first('bytes')
    if (!row) return
    yield row.bytes
  }
}

/** Who has chosen files in which form of which case. */
export type Chooser = {
  applicationId: number
  ownerKind: AttachmentRow['owner_kind']
  personId: number
}

/** Files that wait in this person's form, those of these ids; others' are as if they were not. */
export async function listWaiting(
  db: Db,
  { applicationId, ownerKind, personId }: Chooser,
  ids: number[],
): Promise<AttachmentRow[]> {
  return db<AttachmentRow>('attachments')
    .where({ application_id: applicationId, owner_kind: ownerKind, uploaded_by: personId })
    .whereNull('owner_id')
    .whereIn('id', ids)
    .orderBy('id')
}

/** How many bytes a case holds in files that were sent. */
export async function sumFileBytes(db: Db, applicationId: number): Promise<number> {
  const row = await db('attachments')
    .where({ application_id: applicationId })
    .whereNotNull('owner_id')
    .sum({ bytes: 'size_bytes' })
    .first<{ bytes: number | null }>()
  return Number(row.bytes ?? 0)
}
