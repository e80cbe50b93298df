import { instalment as lifecycle } from '../../workflows/instalment.machine.ts'
import type { Role } from '../../workflows/vocabulary.ts'
import type { GrantRow, InstalmentRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { ApplicationRow } from '../db/tables.ts'
import { isExcluded } from '../applications/queries.ts'
import { failInstalment, orderInstalment, payInstalment } from '../ledger/post-instalment.ts'
import type { Advanced } from '../lifecycle/advance.ts'
import { advance } from '../lifecycle/advance.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { Actor } from '../shared/actor.ts'
import { isMember, rolesInCase } from '../shared/actor.ts'
import type { Asked, MailSettings } from '../shared/asked.ts'
import { NotFound } from '../shared/errors.ts'
import { instalmentFacts } from './facts.ts'

export type InstalmentStep = {
  id: number
  event: string
  actor: Actor | null
  version: number | null
  asked: Asked
  requestKey?: string | null
  now: string
  mail: MailSettings
}

/**
 * Takes one step in the life of an instalment, its money with it: approved by one person, ordered
 * and confirmed by another. Throws NotFound, NotAllowed, Blocked or Stale.
 */
export async function advanceInstalment(db: Db, step: InstalmentStep): Promise<Advanced> {
  return inTransaction(db, async (trx) => {
    const row = await trx<InstalmentRow>('instalments').where({ id: step.id }).first()
    if (!row) throw new NotFound()
    const roles = await rolesFor(trx, row, step.actor)
    const advanced = await advance(trx, {
      lifecycle,
      table: 'instalments',
      row,
      seen: step.version,
      event: step.event,
      facts: await instalmentFacts(trx, row, step.actor, step.now),
      roles,
      actorId: step.actor?.personId ?? null,
      chain: `application:${row.application_id}`,
      applicationId: row.application_id,
      details: { number: row.number, amountOre: row.amount_ore, ...step.asked },
      changes: changesOf(step),
      requestKey: step.requestKey ?? null,
      now: step.now,
    })
    await settle(trx, row, step)
    await carryOut(trx, row, advanced, step)
    return advanced
  })
}

async function rolesFor(trx: Db, row: InstalmentRow, actor: Actor | null): Promise<Role[]> {
  if (!actor) return ['clock']
  const application = await trx<ApplicationRow>('applications')
    .where({ id: row.application_id })
    .first('pool_id', 'organisation_id')
  if (!application || (await isExcluded(trx, actor.personId, row.application_id))) {
    throw new NotFound()
  }
  const roles = rolesInCase(actor, application)
  if (roles.length === 0 && !isMember(actor, application.organisation_id)) throw new NotFound()
  return roles
}

/** Who did it and when stands on the row itself, for the four eyes and for the lists. */
function changesOf({ event, actor, now, asked }: InstalmentStep): Partial<InstalmentRow> {
  const who = actor?.personId ?? null
  switch (event) {
    case 'approve':
      return { approved_by: who, approved_at: now }
    case 'order':
      return { ordered_by: who, ordered_at: now, failure_reason: null }
    case 'confirmPaid':
      return { paid_at: now }
    case 'reportFailure':
      return { failure_reason: asked.reason ?? '' }
    default:
      return {}
  }
}

async function settle(trx: Db, row: InstalmentRow, step: InstalmentStep): Promise<void> {
  await trx('deadlines')
    .where({ instalment_id: row.id })
    .whereNull('handled_at')
    .update({ handled_at: step.now })
}

async function carryOut(
  trx: Db,
  row: InstalmentRow,
  { effects, historyId }: Advanced,
  step: InstalmentStep,
): Promise<void> {
  const by = { actorId: step.actor?.personId ?? null, now: step.now }
  for (const effect of effects) {
    if (effect.type === 'ledger') {
      const grant = await trx<GrantRow>('grants').where({ id: row.grant_id }).first()
      if (!grant) throw new Error('an instalment without a grant')
      if (effect.params.entry === 'orderInstalment') await orderInstalment(trx, grant, row, by)
      if (effect.params.entry === 'payInstalment') await payInstalment(trx, grant, row.id, by)
      if (effect.params.entry === 'failInstalment') await failInstalment(trx, grant, row.id, by)
    }
    if (effect.type === 'email') {
      await enqueueCaseMail(trx, {
        applicationId: row.application_id,
        historyId,
        event: `instalment.${step.event}`,
        template: effect.params.template,
        to: effect.params.to,
        subject: { instalmentId: row.id },
        asked: step.asked,
        actorId: by.actorId,
        now: step.now,
        mail: step.mail,
      })
    }
  }
}
