import { getCase } from '../applications/queries.ts'
import { permits } from '../../workflows/lifecycle.ts'
import type { RecommendationRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import { recordHistory } from '../history/record-history.ts'
import type { Actor } from '../shared/actor.ts'
import { isMember, rolesInCase } from '../shared/actor.ts'
import { Blocked, InvalidInput, NotAllowed } from '../shared/errors.ts'

export type Recommendation = {
  outcome: 'grant' | 'reject'
  amountOre: number
  reasons: string
  conditions: string
}

/**
 * The secretariat's recommendation (indstilling) to those who decide; a new one replaces the old,
 * which stays in the history. Throws NotFound, NotAllowed, Blocked or InvalidInput.
 */
export async function prepareRecommendation(
  db: Db,
  r: { actor: Actor; reference: string; recommendation: Recommendation; now: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { application } = await getCase(trx, r.actor, r.reference)
    const roles = rolesInCase(r.actor, application)
    if (!roles.includes('secretariat')) throw new NotAllowed()
    if (isMember(r.actor, application.organisation_id)) {
      throw new Blocked('lifecycle.application.hint.notConflicted')
    }
    if (!permits('application', application.status, 'awaitsMunicipality')) {
      throw new Blocked('lifecycle.hint.notInThisStatus')
    }
    const { outcome, amountOre, reasons, conditions } = r.recommendation
    if (outcome === 'grant' && (amountOre <= 0 || amountOre > application.requested_ore)) {
      throw new InvalidInput([{ field: 'amount', message: 'fields.aboveRequested' }])
    }
    await trx<RecommendationRow>('recommendations').insert({
      application_id: application.id,
      outcome,
      amount_ore: outcome === 'grant' ? amountOre : 0,
      reasons,
      conditions,
      prepared_by: r.actor.personId,
      prepared_at: r.now,
    })
    await recordHistory(trx, {
      chain: `application:${application.id}`,
      application_id: application.id,
      machine: 'recommendation',
      row_id: application.id,
      event: 'prepareRecommendation',
      from_status: null,
      to_status: null,
      actor_id: r.actor.personId,
      actor_role: 'secretariat',
      details: JSON.stringify(r.recommendation),
      at: r.now,
      request_key: null,
    })
  })
}
