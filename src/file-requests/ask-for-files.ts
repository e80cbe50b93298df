import { getCase } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import { lockName } from '../db/lock.ts'
import type { DeadlineRow, FileRequestRow } from '../db/tables.ts'
import { recordHistory } from '../history/record-history.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { Actor } from '../shared/actor.ts'
import { rolesInCase } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { addDays, copenhagenDate, copenhagenInstant } from '../shared/danish.ts'
import { InvalidInput, NotAllowed, NotFound } from '../shared/errors.ts'
import { addWorkingDays } from '../shared/holidays.ts'

/** Offentlighedsloven § 36, 2. pkt. */
const workingDays = 7

/** Somebody else than the applicants, whose request an official writes in. */
export type Outsider = { name: string; contact: string; askedOn: string }

export type Ask = {
  actor: Actor
  reference: string
  body: string
  /** The applicants ask for the decision to wait until they have seen the files (§ 11). */
  isBeforeDecision: boolean
  outsider: Outsider | null
  now: string
  mail: MailSettings
}

/**
 * Asks to see the documents of a case. The clock runs from the day it came: seven working days.
 * Throws NotFound for a case that was never sent, NotAllowed for who is neither applicant nor, for
 * somebody else, secretariat; InvalidInput for a day to come. Returns the request's number.
 */
export async function askForFiles(db: Db, a: Ask): Promise<number> {
  return inTransaction(db, async (trx) => {
    const { application } = await getCase(trx, a.actor, a.reference)
    if (application.submitted_at === null) throw new NotFound()
    const roles = rolesInCase(a.actor, application)
    const isApplicant = roles.includes('applicant')
    if (a.outsider ? isApplicant || !roles.includes('secretariat') : !isApplicant) {
      throw new NotAllowed()
    }
    const today = copenhagenDate(a.now)
    const askedOn = a.outsider?.askedOn ?? today
    if (askedOn > today) {
      throw new InvalidInput([{ field: 'came', message: 'fileRequests.notYet' }])
    }
    await lockName(trx, `fileRequests:${application.id}`)
    const last = await trx('file_requests')
      .where({ application_id: application.id })
      .max({ number: 'number' })
      .first<{ number: number | null } | undefined>()
    const number = (last?.number ?? 0) + 1
    const dueOn = addWorkingDays(askedOn, workingDays)
    const [stored] = await trx<FileRequestRow>('file_requests')
      .insert({
        application_id: application.id,
        number,
        asked_by: a.outsider ? null : a.actor.personId,
        entered_by: a.outsider ? a.actor.personId : null,
        name: a.outsider?.name ?? (a.actor.name || a.actor.email),
        contact: a.outsider?.contact ?? a.actor.email,
        language: a.outsider ? 'da' : a.actor.language,
        body: a.body,
        is_before_decision: a.isBeforeDecision ? 1 : 0,
        asked_on: askedOn,
        asked_at: a.now,
        due_on: dueOn,
      })
      .returning('id')
    const id = stored?.id ?? 0
    await trx<DeadlineRow>('deadlines').insert({
      application_id: application.id,
      kind: 'fileRequestDue',
      file_request_id: id,
      due_at: copenhagenInstant(addDays(dueOn, 1), '08:00'),
    })
    const historyId = await recordHistory(trx, {
      chain: `application:${application.id}`,
      application_id: application.id,
      machine: 'fileRequest',
      row_id: id,
      event: 'askForFiles',
      from_status: null,
      to_status: null,
      actor_id: a.actor.personId,
      actor_role: isApplicant ? 'applicant' : 'secretariat',
      details: JSON.stringify({ number, askedOn, dueOn, isBeforeDecision: a.isBeforeDecision }),
      at: a.now,
      request_key: null,
    })
    const mails = a.outsider
      ? ([['file-request-arrived', 'secretariat']] as const)
      : ([
          ['file-request-received', 'applicants'],
          ['file-request-arrived', 'secretariat'],
        ] as const)
    for (const [template, to] of mails) {
      await enqueueCaseMail(trx, {
        applicationId: application.id,
        historyId,
        event: 'fileRequest.askForFiles',
        template,
        to,
        subject: { fileRequestNumber: number },
        asked: { question: a.body, newDate: dueOn },
        actorId: a.actor.personId,
        now: a.now,
        mail: a.mail,
      })
    }
    return number
  })
}
