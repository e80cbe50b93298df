import { application as lifecycle } from '../../workflows/application.machine.ts'
import { permits } from '../../workflows/lifecycle.ts'
import type { Effect, Role } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { Advanced } from '../lifecycle/advance.ts'
import { advance } from '../lifecycle/advance.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { Actor } from '../shared/actor.ts'
import { memberRole, rolesInCase } from '../shared/actor.ts'
import type { Asked, MailSettings } from '../shared/asked.ts'
import type { FormFiles } from '../shared/upload.ts'
import { noFiles } from '../shared/upload.ts'
import { NotFound } from '../shared/errors.ts'
import { carryOut } from './carry-out.ts'
import { checkAsked } from './check-asked.ts'
import { applicationFacts } from './facts.ts'
import type { Case } from './queries.ts'
import { findCase, getCase } from './queries.ts'
import { settleDeadlines } from './record-deadlines.ts'

export type ApplicationStep = {
  reference: string
  event: string
  /** Who asks; null is the clock. */
  actor: Actor | null
  /** The version the person looked at; the clock takes the one that is there. */
  version: number | null
  asked: Asked
  /** Files that come with an answer. */
  files?: FormFiles
  requestKey?: string | null
  now: string
  mail: MailSettings
}

/**
 * Takes one step in the life of an application. One transaction holds the new status, the history
 * line, the ledger entries, the records and the mails; any refusal leaves nothing behind.
 * Throws NotFound, NotAllowed, Blocked, Stale or InvalidInput.
 */
export async function advanceApplication(db: Db, taken: ApplicationStep): Promise<Advanced> {
  const files = taken.files ?? noFiles
  const named = files.names.length > 0 ? { files: files.names } : {}
  const step = { ...taken, files, asked: { ...taken.asked, ...named } }
  return inTransaction(db, async (trx) => {
    const it = await caseFor(trx, step)
    const roles = step.actor
      ? rolesInCase(step.actor, it.application)
      : (['clock'] satisfies Role[])
    const facts = await applicationFacts(trx, it, {
      actorId: step.actor?.personId ?? null,
      membership: step.actor ? memberRole(step.actor, it.organisation.id) : undefined,
      roles,
      now: step.now,
      asked: step.asked,
    })
    checkAsked(it, facts, step)
    const advanced = await advance(trx, {
      lifecycle,
      table: 'applications',
      row: it.application,
      seen: step.version,
      event: step.event,
      facts,
      roles,
      actorId: step.actor?.personId ?? null,
      chain: `application:${it.application.id}`,
      applicationId: it.application.id,
      details: { ...step.asked, ...enteredFor(it, roles) },
      requestKey: step.requestKey ?? null,
      now: step.now,
    })
    if (advanced.status !== advanced.from) {
      await settleDeadlines(trx, it.application.id, advanced.status, step.now)
    }
    await carryOut(trx, it, { ...step, facts, advanced })
    await sendMails(trx, it, advanced, step)
    return advanced
  })
}

/** What the municipality wrote in for somebody says so, with how it came. */
const enteredFor = ({ application }: Case, roles: readonly Role[]) =>
  permits('application', application.status, 'editable') && roles.includes('secretariat')
    ? { enteredFor: application.came_by }
    : {}

async function caseFor(trx: Db, { actor, reference }: ApplicationStep): Promise<Case> {
  const it = actor ? await getCase(trx, actor, reference) : await findCase(trx, reference)
  if (!it) throw new NotFound()
  return it
}

/** Mails come last: they tell what the other effects have made true. */
async function sendMails(
  trx: Db,
  it: Case,
  { effects, historyId }: Advanced,
  step: ApplicationStep,
): Promise<void> {
  for (const effect of effects.filter((e): e is Effect & { type: 'email' } => e.type === 'email')) {
    await enqueueCaseMail(trx, {
      applicationId: it.application.id,
      historyId,
      event: `application.${step.event}`,
      template: effect.params.template,
      to: effect.params.to,
      asked: step.asked,
      actorId: step.actor?.personId ?? null,
      now: step.now,
      mail: step.mail,
    })
  }
}
