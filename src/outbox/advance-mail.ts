import { mail as lifecycle } from '../../workflows/mail.machine.ts'
import type { Role } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { Advanced } from '../lifecycle/advance.ts'
import { advance } from '../lifecycle/advance.ts'
import type { Actor } from '../shared/actor.ts'
import { maxAttempts } from '../shared/backoff.ts'
import { Blocked } from '../shared/errors.ts'
import { getMail, rolesForMail } from './queries.ts'

export type MailStep = {
  id: number
  event: string
  actor: Actor
  version: number
  reason: string | null
  now: string
}

/**
 * An official sends a mail again, or stops one. The same bytes go out under the same Message-ID. It
 * stands in the history of the case, with why.
 * Throws NotFound, NotAllowed, Blocked or Stale.
 */
export async function advanceMail(db: Db, step: MailStep): Promise<Advanced> {
  return inTransaction(db, async (trx) => {
    const row = await getMail(trx, step.actor, step.id)
    if (step.event === 'resend' && row.template === 'sign-in') {
      throw new Blocked('outbox.hint.codesAreOld')
    }
    if (row.raw === '') throw new Blocked('retention.isErased')
    return advance(trx, {
      lifecycle,
      table: 'outbox',
      row,
      seen: step.version,
      event: step.event,
      facts: { isConflicted: false, attempts: row.attempts, maxAttempts, isRefused: false },
      roles: rolesForMail(step.actor, row) satisfies Role[],
      actorId: step.actor.personId,
      chain: row.application_id === null ? `mail:${row.id}` : `application:${row.application_id}`,
      applicationId: row.application_id,
      details: { subject: row.subject, ...(step.reason ? { reason: step.reason } : {}) },
      changes:
        step.event === 'resend'
          ? { attempts: 0, next_at: step.now, last_error: null }
          : { last_error: step.reason },
      now: step.now,
    })
  })
}
