import { getCase } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { DeadlineRow, FileRequestDocumentRow, FileRequestRow } from '../db/tables.ts'
import type { DocumentKind } from '../documents/queries.ts'
import { isSealed, keyOf, listDocuments } from '../documents/queries.ts'
import { recordHistory } from '../history/record-history.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { Actor } from '../shared/actor.ts'
import { isMember, rolesInCase } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import type { FieldProblem } from '../shared/errors.ts'
import { InvalidInput, NotAllowed, Stale } from '../shared/errors.ts'
import { getFileRequest } from './queries.ts'

/** What is decided of one document, and the words of it that are given. */
export type DocumentDecision = {
  kind: DocumentKind
  id: number
  title: string
  at: string
  decision: FileRequestDocumentRow['decision'] | null
  body: string
  reason: string
  rule: string
}

export type DecideFileRequest = {
  actor: Actor
  reference: string
  number: number
  /** Words to whoever asked; may be empty. */
  answer: string
  documents: DocumentDecision[]
  now: string
  mail: MailSettings
}

/**
 * Answers a request for access document by document; whatever is not given whole needs a reason and
 * its rule (forvaltningsloven § 24), and nobody sees an assessment before the case is decided. What
 * is given is kept as it was given. Throws NotFound, NotAllowed, InvalidInput at each document, Stale
 * when it was answered already or the case has got other documents meanwhile.
 */
export async function decideFileRequest(db: Db, d: DecideFileRequest): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { application } = await getCase(trx, d.actor, d.reference)
    const roles = rolesInCase(d.actor, application)
    const isParty = isMember(d.actor, application.organisation_id)
    if (isParty || !roles.includes('secretariat')) throw new NotAllowed()
    const request = await getFileRequest(trx, application.id, d.number, 'official')
    if (request.decided_at !== null) throw new Stale()
    const there = await listDocuments(trx, application)
    if (there.map(keyOf).join() !== d.documents.map(keyOf).join()) throw new Stale()
    const sealed = new Set(there.filter((row) => isSealed(row, application)).map(keyOf))
    const problems = d.documents.flatMap((document, i) =>
      problemsOf(document, i + 1, sealed.has(keyOf(document))),
    )
    if (problems.length > 0) throw new InvalidInput(problems)

    const changed = await trx<FileRequestRow>('file_requests')
      .where({ id: request.id })
      .whereNull('decided_at')
      .update({ decided_at: d.now, decided_by: d.actor.personId, answer: d.answer })
    if (changed === 0) throw new Stale()
    await trx.batchInsert('file_request_documents', rowsOf(request, d.documents), 50)
    await trx<DeadlineRow>('deadlines')
      .where({ file_request_id: request.id })
      .whereNull('handled_at')
      .update({ handled_at: d.now })
    const count = (decision: string) => d.documents.filter((x) => x.decision === decision).length
    const historyId = await recordHistory(trx, {
      chain: `application:${application.id}`,
      application_id: application.id,
      machine: 'fileRequest',
      row_id: request.id,
      event: 'decideFileRequest',
      from_status: null,
      to_status: null,
      actor_id: d.actor.personId,
      actor_role: 'secretariat',
      details: JSON.stringify({
        number: d.number,
        full: count('full'),
        extract: count('extract'),
        refused: count('refused'),
      }),
      at: d.now,
      request_key: null,
    })
    if (request.asked_by === null) return
    await enqueueCaseMail(trx, {
      applicationId: application.id,
      historyId,
      event: 'fileRequest.decideFileRequest',
      template: 'file-request-decided',
      to: 'applicants',
      subject: { fileRequestNumber: d.number },
      asked: { answer: d.answer, question: request.body },
      actorId: d.actor.personId,
      now: d.now,
      mail: d.mail,
    })
  })
}

function problemsOf(d: DocumentDecision, number: number, sealed: boolean): FieldProblem[] {
  const at = (field: string, message: string) => [
    { field: `${field}-${keyOf(d)}`, message, params: { number } },
  ]
  if (d.decision === null) return at('decision', 'fileRequests.undecided')
  if (d.decision === 'full' && !sealed) return []
  if (d.decision !== 'refused' && sealed) {
    return at('decision', 'fileRequests.isSealed')
  }
  return [
    ...(d.decision === 'extract' && d.body === '' ? at('extract', 'fileRequests.noExtract') : []),
    ...(d.reason === '' ? at('reason', 'fileRequests.noReason') : []),
    ...(d.rule === '' ? at('rule', 'fileRequests.noRule') : []),
  ]
}

const rowsOf = (request: FileRequestRow, documents: DocumentDecision[]) =>
  documents.map((document, i) => ({
    file_request_id: request.id,
    application_id: request.application_id,
    number: i + 1,
    kind: document.kind,
    document_id: document.id,
    title: document.title,
    document_at: document.at,
    decision: document.decision,
    body: document.decision === 'refused' ? '' : document.body,
    reason: document.decision === 'full' ? '' : document.reason,
    rule: document.decision === 'full' ? '' : document.rule,
  }))
