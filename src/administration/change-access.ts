import { recordContactGone } from '../applications/record-contact.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import { lockName } from '../db/lock.ts'
import type { PersonRow, RoleRow, SessionRow } from '../db/tables.ts'
import { recordHistory } from '../history/record-history.ts'
import { enqueueDirect } from '../outbox/enqueue.ts'
import type { Actor, Lang } from '../shared/actor.ts'
import { administers, hasRole } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { Blocked, InvalidInput, NotAllowed, NotFound } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { countOtherAdministrators, findPoolOf, getPerson } from './queries.ts'

type By = { actor: Actor; now: string }

/**
 * Gives a person a role, in one pool, for one contributor, or everywhere; who administers one pool
 * gives roles in that pool only. Throws NotAllowed, NotFound, InvalidInput when it is held already or
 * a contributor's role names no contributor.
 */
export async function giveRole(
  db: Db,
  g: By & {
    personId: number
    role: RoleRow['role']
    poolId: number | null
    contributorId: number | null
  },
): Promise<void> {
  await asAdministrator(db, g, async (trx) => {
    await getPerson(trx, g.actor, g.personId)
    const scope =
      g.role === 'contributor'
        ? { pool_id: null, contributor_id: g.contributorId }
        : { pool_id: g.poolId, contributor_id: null }
    if (g.role === 'contributor' && g.contributorId === null) {
      throw new InvalidInput([{ field: 'contributor', message: 'fields.choose' }])
    }
    if (!administers(g.actor, await findPoolOf(trx, scope))) throw new NotAllowed()
    const role = { person_id: g.personId, role: g.role, ...scope }
    if (await trx<RoleRow>('roles').where(role).whereNull('ended_at').first('id')) {
      throw new InvalidInput([{ field: 'role', message: 'administration.roleHeld' }])
    }
    await trx<RoleRow>('roles').insert({
      ...role,
      granted_at: g.now,
      granted_by: g.actor.personId,
    })
    await record(trx, g, 'giveRole', { role: g.role, ...scope })
  })
}

/** Takes a role back: the very next request is without it. Never from the last administrator. */
export async function endRole(db: Db, e: By & { personId: number; roleId: number }): Promise<void> {
  await asAdministrator(db, e, async (trx) => {
    const role = await trx<RoleRow>('roles')
      .where({ id: e.roleId, person_id: e.personId })
      .whereNull('ended_at')
      .first()
    if (!role) throw new NotFound()
    if (!administers(e.actor, await findPoolOf(trx, role))) throw new NotAllowed()
    if (role.role === 'administrator' && role.pool_id === null) await assertNotLast(trx, e.personId)
    await trx<RoleRow>('roles').where({ id: role.id }).update({ ended_at: e.now })
    await record(trx, e, 'endRole', {
      role: role.role,
      pool_id: role.pool_id,
      contributor_id: role.contributor_id,
    })
  })
}

/**
 * Shuts a person out: every session ends now, the very next request is out, and no code lets them
 * in. The cases they were contact for get another contact person. Only by who administers
 * everywhere; never oneself, nor the last of them.
 */
export async function disablePerson(
  db: Db,
  d: By & { personId: number; reason: string; mail: MailSettings },
): Promise<void> {
  if (!administers(d.actor, null)) throw new NotAllowed()
  await asAdministrator(db, d, async (trx) => {
    const person = await getPerson(trx, d.actor, d.personId)
    if (person.id === d.actor.personId) throw new Blocked('administration.notOneself')
    await assertNotLast(trx, person.id)
    const changed = await trx<PersonRow>('people')
      .where({ id: person.id })
      .whereNull('disabled_at')
      .update({ disabled_at: d.now, version: person.version + 1 })
    if (changed === 0) throw new Blocked('administration.alreadyOut')
    await trx<SessionRow>('sessions')
      .where({ person_id: person.id })
      .whereNull('ended_at')
      .update({ ended_at: d.now })
    await record(trx, d, 'disablePerson', { reason: d.reason })
    await recordContactGone(trx, {
      personId: person.id,
      organisationId: null,
      by: { personId: d.actor.personId, role: 'administrator' },
      now: d.now,
      mail: d.mail,
    })
  })
}

/** Lets a person in again, with the roles they had. */
export async function enablePerson(db: Db, e: By & { personId: number }): Promise<void> {
  if (!administers(e.actor, null)) throw new NotAllowed()
  await asAdministrator(db, e, async (trx) => {
    const person = await getPerson(trx, e.actor, e.personId)
    const changed = await trx<PersonRow>('people')
      .where({ id: person.id })
      .whereNotNull('disabled_at')
      .update({ disabled_at: null, version: person.version + 1 })
    if (changed === 0) throw new Blocked('administration.alreadyIn')
    await record(trx, e, 'enablePerson', {})
  })
}

/**
 * Makes a person of an address, if there is none yet, and tells them that they can sign in. Returns
 * the person's id; the same whether or not the address was known.
 */
export async function invitePerson(
  db: Db,
  i: By & { email: string; name: string; language: Lang; mail: MailSettings },
): Promise<number> {
  return asAdministrator(db, i, async (trx) => {
    const [made] = await trx('people')
      .insert({ email: i.email, name: i.name, language: i.language, created_at: i.now })
      .onConflict('email')
      .ignore()
      .returning<{ id: number }[]>('id')
    const person = await trx<PersonRow>('people').where({ email: i.email }).first()
    if (!person) throw new Error('nobody was invited')
    const seesAll = administers(i.actor, null)
    if (made || !seesAll) await record(trx, { ...i, personId: person.id }, 'invitePerson', {})
    await enqueueDirect(trx, {
      template: 'person-invited',
      event: 'personInvited',
      to: {
        address: person.email,
        name: person.name,
        language: person.language,
        personId: person.id,
      },
      data: { person: i.actor.name || i.actor.email, link: `${i.mail.baseUrl}${paths.signIn()}` },
      now: i.now,
      mail: i.mail,
    })
    return person.id
  })
}

/** One change of access at a time: two administrators who end each other's role leave one. */
async function asAdministrator<T>(db: Db, by: By, work: (trx: Db) => Promise<T>): Promise<T> {
  if (!hasRole(by.actor, 'administrator')) throw new NotAllowed()
  return inTransaction(db, async (trx) => {
    await lockName(trx, 'access')
    return work(trx)
  })
}

async function assertNotLast(trx: Db, personId: number): Promise<void> {
  const isOne = await trx('roles')
    .where({ person_id: personId, role: 'administrator' })
    .whereNull('pool_id')
    .whereNull('ended_at')
    .first<{ id: number } | undefined>('id')
  if (isOne && (await countOtherAdministrators(trx, personId)) === 0) {
    throw new Blocked('administration.lastOne')
  }
}

async function record(
  trx: Db,
  by: By & { personId: number },
  event: string,
  details: Record<string, unknown>,
): Promise<void> {
  await recordHistory(trx, {
    chain: `person:${by.personId}`,
    application_id: null,
    machine: 'person',
    row_id: by.personId,
    event,
    from_status: null,
    to_status: null,
    actor_id: by.actor.personId,
    actor_role: 'administrator',
    details: JSON.stringify(details),
    at: by.now,
    request_key: null,
  })
}
