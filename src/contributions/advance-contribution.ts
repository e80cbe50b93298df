import { contribution as lifecycle } from '../../workflows/contribution.machine.ts'
import type { Role } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { ContributionRow, ContributorRow } from '../db/tables.ts'
import { postContribution } from '../ledger/post-contribution.ts'
import type { Advanced } from '../lifecycle/advance.ts'
import { advance } from '../lifecycle/advance.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { Actor } from '../shared/actor.ts'
import { rolesInPool } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { InvalidInput, NotFound } from '../shared/errors.ts'
import { contributionFacts } from './facts.ts'

export type ContributionStep = {
  id: number
  event: string
  actor: Actor
  version: number | null
  /** The Council's decision that makes a promise money: case number and date. */
  caseNumber?: string
  decidedOn?: string
  /** What has arrived now, in øre; 0 or left out is all that was missing. */
  transferringOre?: number
  reason?: string
  now: string
  mail: MailSettings
}

/**
 * Takes one step in the life of a contribution. Only the Council's decision (styrelsesloven § 40,
 * stk. 2) makes it money in the ledger; a promise carries nothing. Throws NotFound, NotAllowed,
 * Blocked, Stale or InvalidInput.
 */
export async function advanceContribution(db: Db, step: ContributionStep): Promise<Advanced> {
  return inTransaction(db, async (trx) => {
    const row = await trx<ContributionRow>('contributions').where({ id: step.id }).first()
    const contributor =
      row && (await trx<ContributorRow>('contributors').where({ id: row.contributor_id }).first())
    if (!row || !contributor) throw new NotFound()
    const missingOre = row.decided_ore - row.transferred_ore
    if ((step.transferringOre ?? 0) > missingOre) {
      throw new InvalidInput([{ field: 'amount', message: 'contributions.moreThanMissing' }])
    }
    const advanced = await advance(trx, {
      lifecycle,
      table: 'contributions',
      row,
      seen: step.version,
      event: step.event,
      facts: contributionFacts(row, step),
      roles: rolesFor(step.actor, contributor),
      actorId: step.actor.personId,
      chain: `contribution:${row.id}`,
      details: {
        ...(step.caseNumber ? { caseNumber: step.caseNumber } : {}),
        ...(step.transferringOre ? { transferringOre: step.transferringOre } : {}),
        ...(step.reason ? { reason: step.reason } : {}),
      },
      changes: changesOf(row, step),
      now: step.now,
    })
    for (const effect of advanced.effects) {
      if (effect.type === 'ledger') {
        await postContribution(trx, {
          poolYearId: row.pool_year_id,
          contributionId: row.id,
          contributorId: row.contributor_id,
          amountOre: row.computed_ore,
          actorId: step.actor.personId,
          now: step.now,
        })
      }
      if (effect.type === 'email') {
        await enqueueCaseMail(trx, {
          applicationId: null,
          historyId: advanced.historyId,
          event: `contribution.${step.event}`,
          template: effect.params.template,
          to: effect.params.to,
          subject: { contributionId: row.id },
          asked: { ...(step.reason ? { reason: step.reason } : {}) },
          actorId: step.actor.personId,
          now: step.now,
          mail: step.mail,
        })
      }
    }
    return advanced
  })
}

/** A contributor's people act for their own contributor only. */
export function rolesFor(actor: Actor, contributor: ContributorRow): Role[] {
  const isOwn = actor.grants.some(
    (g) => g.role === 'contributor' && g.contributorId === contributor.id,
  )
  const roles = rolesInPool(actor, contributor.pool_id).filter(
    (role) => role !== 'contributor' || isOwn,
  )
  if (roles.length === 0) throw new NotFound()
  return roles
}

function changesOf(row: ContributionRow, step: ContributionStep): Partial<ContributionRow> {
  if (step.event === 'decideContribution') {
    return {
      decided_ore: row.computed_ore,
      decision_case_number: step.caseNumber ?? null,
      decided_on: step.decidedOn ?? null,
    }
  }
  if (step.event !== 'transfer') return {}
  const missingOre = row.decided_ore - row.transferred_ore
  return { transferred_ore: row.transferred_ore + (step.transferringOre || missingOre) }
}
