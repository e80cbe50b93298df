import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { MembershipRow, OrganisationRow } from '../db/tables.ts'
import { enqueueDirect } from '../outbox/enqueue.ts'
import type { Actor } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { sortKey } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { listMembers } from './queries.ts'

/**
 * Makes an organisation with its first member, who may bind it; or, when the CVR number is known,
 * asks its members to let this person in. `cvr` null is a group without a number.
 */
export async function createOrganisation(
  db: Db,
  o: { actor: Actor; name: string; cvr: string | null; now: string; mail: MailSettings },
): Promise<{ organisationId: number; joined: 'made' | 'asked' }> {
  return inTransaction(db, async (trx) => {
    const [made] = await trx('organisations')
      .insert({
        kind: o.cvr === null ? 'group' : 'registered',
        name: o.name,
        sort_key: sortKey(o.name),
        cvr: o.cvr,
        created_at: o.now,
      } satisfies Partial<OrganisationRow>)
      .onConflict('cvr')
      .ignore()
      .returning<{ id: number }[]>('id')
    if (!made) {
      const known = await trx<OrganisationRow>('organisations').where({ cvr: o.cvr }).first()
      if (!known) throw new Error('the organisation was not made')
      await askToJoin(trx, known, o)
      return { organisationId: known.id, joined: 'asked' }
    }
    await trx<MembershipRow>('memberships').insert({
      organisation_id: made.id,
      person_id: o.actor.personId,
      role: 'bind',
      asked_at: o.now,
      approved_at: o.now,
    })
    return { organisationId: made.id, joined: 'made' }
  })
}

async function askToJoin(
  trx: Db,
  organisation: OrganisationRow,
  o: { actor: Actor; now: string; mail: MailSettings },
): Promise<void> {
  const asked = await trx('memberships')
    .insert({ organisation_id: organisation.id, person_id: o.actor.personId, asked_at: o.now })
    .onConflict(['organisation_id', 'person_id'])
    .merge({ asked_at: o.now, approved_at: null, removed_at: null })
    .whereNotNull('memberships.removed_at')
    .returning<{ id: number }[]>('id')
  if (asked.length === 0) return
  const members = await listMembers(trx, organisation.id)
  for (const member of members.filter((m) => m.approved_at !== null && m.role !== 'view')) {
    await enqueueDirect(trx, {
      template: 'membership-asked',
      event: 'membershipAsked',
      to: {
        address: member.email,
        name: member.name,
        language: member.language,
        personId: member.person_id,
      },
      data: {
        organisation: organisation.name,
        person: o.actor.name || o.actor.email,
        link: `${o.mail.baseUrl}${paths.organisation(organisation.id)}`,
      },
      now: o.now,
      mail: o.mail,
    })
  }
}
