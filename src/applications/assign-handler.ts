import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { ApplicationRow, TaskRow } from '../db/tables.ts'
import { recordHistory } from '../history/record-history.ts'
import { listPeopleWithRole } from '../people/queries.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { Actor } from '../shared/actor.ts'
import { rolesInCase } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { InvalidInput, NotAllowed, NotFound } from '../shared/errors.ts'
import { getCase } from './queries.ts'

/**
 * Gives a case its case handler, one of the pool's secretariat, with a word on where it stands; the
 * new one is told, unless they took it themselves. Throws InvalidInput for anybody else.
 */
export async function assignHandler(
  db: Db,
  a: {
    actor: Actor
    reference: string
    handlerId: number
    note: string
    now: string
    mail: MailSettings
  },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { application } = await caseOfSecretariat(trx, a)
    const able = await listPeopleWithRole(trx, 'secretariat', application.pool_id)
    if (!able.some((p) => p.id === a.handlerId)) {
      throw new InvalidInput([{ field: 'handler', message: 'fields.choose' }])
    }
    await trx<ApplicationRow>('applications')
      .where({ id: application.id })
      .update({ case_handler_id: a.handlerId })
    const historyId = await recordHistory(trx, {
      chain: `application:${application.id}`,
      application_id: application.id,
      machine: 'handler',
      row_id: application.id,
      event: 'assignHandler',
      from_status: null,
      to_status: null,
      actor_id: a.actor.personId,
      actor_role: 'secretariat',
      details: JSON.stringify({ handlerId: a.handlerId, note: a.note }),
      at: a.now,
      request_key: null,
    })
    if (a.handlerId === a.actor.personId) return
    await enqueueCaseMail(trx, {
      applicationId: application.id,
      historyId,
      event: 'handler.assignHandler',
      template: 'case-handed-over',
      to: 'secretariat',
      asked: { reason: a.note },
      actorId: a.actor.personId,
      now: a.now,
      mail: a.mail,
    })
  })
}

/** A task on a case (a call to make, a dead mail) is done. */
export async function finishTask(
  db: Db,
  f: { actor: Actor; reference: string; taskId: number; now: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { application } = await caseOfSecretariat(trx, f)
    const changed = await trx<TaskRow>('tasks')
      .where({ id: f.taskId, application_id: application.id })
      .whereNull('done_at')
      .update({ done_at: f.now, done_by: f.actor.personId })
    if (changed === 0) throw new NotFound()
  })
}

async function caseOfSecretariat(trx: Db, c: { actor: Actor; reference: string }) {
  const it = await getCase(trx, c.actor, c.reference)
  const { application } = it
  const roles = rolesInCase(c.actor, application)
  if (!roles.includes('secretariat')) throw new NotAllowed()
  return it
}
