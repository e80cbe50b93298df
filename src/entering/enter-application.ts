import { recordDraft } from '../applications/record-draft.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { MembershipRow, OrganisationRow, PersonRow, PoolRow } from '../db/tables.ts'
import type { Actor, Lang } from '../shared/actor.ts'
import { rolesInPool } from '../shared/actor.ts'
import type { Asked } from '../shared/asked.ts'
import { sortKey } from '../shared/danish.ts'
import { InvalidInput, NotAllowed, NotFound } from '../shared/errors.ts'

export type Entered = {
  poolCode: string
  organisation: { name: string; cvr: string | null }
  contact: { name: string; email: string; phone: string | null; language: Lang }
  cameBy: NonNullable<Asked['cameBy']>
}

/**
 * Begins an application for somebody who came by telephone, letter or in person: they become the
 * contact person and see it as their own; it is marked as written in by the secretariat, who alone
 * of the municipality may go on with it. Returns its reference.
 * Throws NotAllowed outside one's pools, NotFound for an unknown pool, Blocked when no round is open,
 * InvalidInput when the organisation is known and the address is none of its members'.
 */
export async function enterApplication(
  db: Db,
  e: { actor: Actor; entered: Entered; now: string },
): Promise<string> {
  return inTransaction(db, async (trx) => {
    const { poolCode, contact, cameBy } = e.entered
    const pool = await trx<PoolRow>('pools').where({ code: poolCode }).first()
    if (!pool) throw new NotFound()
    if (!rolesInPool(e.actor, pool.id).includes('secretariat')) throw new NotAllowed()
    const contactId = await personOf(trx, contact, e.now)
    const organisation = await organisationOf(trx, e.entered.organisation, contactId, e.now)
    return recordDraft(trx, {
      pool,
      organisation,
      contact: { id: contactId, name: contact.name, phone: contact.phone },
      enteredBy: e.actor.personId,
      cameBy,
      now: e.now,
    })
  })
}

async function personOf(trx: Db, contact: Entered['contact'], now: string): Promise<number> {
  const known = await trx<PersonRow>('people').where({ email: contact.email }).first('id')
  if (known) return known.id
  const [made] = await trx('people')
    .insert({ ...contact, created_at: now } satisfies Partial<PersonRow>)
    .returning<{ id: number }[]>('id')
  return made?.id ?? 0
}

async function organisationOf(
  trx: Db,
  { name, cvr }: Entered['organisation'],
  personId: number,
  now: string,
): Promise<OrganisationRow> {
  const known =
    cvr === null ? undefined : await trx<OrganisationRow>('organisations').where({ cvr }).first()
  if (known) {
    const member = await trx<MembershipRow>('memberships')
      .where({ organisation_id: known.id, person_id: personId })
      .whereNotNull('approved_at')
      .whereNull('removed_at')
      .first('id')
    if (!member) throw new InvalidInput([{ field: 'email', message: 'casework.notMember' }])
    return known
  }
  const [made] = await trx<OrganisationRow>('organisations')
    .insert({
      kind: cvr === null ? 'group' : 'registered',
      name,
      sort_key: sortKey(name),
      cvr,
      created_at: now,
    })
    .returning('*')
  if (!made) throw new Error('no organisation was made')
  await trx<MembershipRow>('memberships').insert({
    organisation_id: made.id,
    person_id: personId,
    role: 'bind',
    asked_at: now,
    approved_at: now,
  })
  return made
}
