import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { OrganisationRow, PersonRow, PoolRow } from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { mayEdit } from '../shared/actor.ts'
import { NotAllowed, NotFound } from '../shared/errors.ts'
import { recordDraft } from './record-draft.ts'

/**
 * Begins an application: a draft with a reference of its own (`KK-2026-0001`), in the pool's open
 * round. Throws NotFound for an unknown pool, NotAllowed for an organisation that is not the
 * person's, Blocked when no round is open.
 */
export async function createDraft(
  db: Db,
  d: { actor: Actor; poolCode: string; organisationId: number; now: string },
): Promise<string> {
  if (!mayEdit(d.actor, d.organisationId)) throw new NotAllowed()
  return inTransaction(db, async (trx) => {
    const pool = await trx<PoolRow>('pools').where({ code: d.poolCode.toUpperCase() }).first()
    if (!pool) throw new NotFound()
    const organisation = await trx<OrganisationRow>('organisations')
      .where({ id: d.organisationId })
      .first()
    const contact = await trx<PersonRow>('people').where({ id: d.actor.personId }).first()
    if (!organisation || !contact) throw new NotFound()
    return recordDraft(trx, { pool, organisation, contact, now: d.now })
  })
}
