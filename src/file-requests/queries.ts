import type { Db } from '../db/connection.ts'
import type { FileRequestDocumentRow, FileRequestRow } from '../db/tables.ts'
import { NotFound } from '../shared/errors.ts'

export type FileRequestLine = FileRequestRow & { decider_name: string | null }

/** Who asks to see the requests: applicants see those of their own side, officials all. */
export type Side = 'applicant' | 'official'

export async function listFileRequests(
  db: Db,
  applicationId: number,
  side: Side,
): Promise<FileRequestLine[]> {
  const query = db('file_requests as f')
    .leftJoin('people as p', 'p.id', 'f.decided_by')
    .where('f.application_id', applicationId)
    .orderBy('f.number')
    .select<FileRequestLine[]>('f.*', 'p.name as decider_name')
  if (side === 'applicant') void query.whereNotNull('f.asked_by')
  return query
}

/** One of them; throws NotFound. */
export async function getFileRequest(
  db: Db,
  applicationId: number,
  number: number,
  side: Side,
): Promise<FileRequestLine> {
  const found = (await listFileRequests(db, applicationId, side)).find((f) => f.number === number)
  if (!found) throw new NotFound()
  return found
}

/** What was decided of each document, by its number in the case. */
export async function listRequestDocuments(
  db: Db,
  fileRequestId: number,
): Promise<FileRequestDocumentRow[]> {
  return db<FileRequestDocumentRow>('file_request_documents')
    .where({ file_request_id: fileRequestId })
    .orderBy('number')
}

/** A party's open request to see the files before the case is decided (forvaltningsloven § 11). */
export async function findRequestBeforeDecision(
  db: Db,
  applicationId: number,
): Promise<FileRequestRow | undefined> {
  return db<FileRequestRow>('file_requests')
    .where({ application_id: applicationId, is_before_decision: 1 })
    .whereNull('decided_at')
    .orderBy('number')
    .first()
}
