import { mail as machine } from '../../workflows/mail.machine.ts'
import type { OutboxRow } from '../db/case-tables.ts'
import type { Role } from '../../workflows/vocabulary.ts'
import { exclusionOf } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import type { Actor } from '../shared/actor.ts'
import { administers, poolsWithRole, rolesInPool } from '../shared/actor.ts'
import { NotFound } from '../shared/errors.ts'

export type MailLine = OutboxRow & { reference: string | null; pool_id: number | null }
export type MailFilter = { status: string | null; page: number }

export const mailsPerPage = 50

/**
 * The mails an official may see: who administers the city all of them, who administers a pool or is
 * its secretariat those of its cases; never those of a case the person is barred from.
 */
function visibleTo(db: Db, actor: Actor) {
  const query = db('outbox as m')
    .leftJoin('applications as a', 'a.id', 'm.application_id')
    .whereNotExists(exclusionOf(db, actor, 'm.application_id'))
  if (administers(actor, null)) return query
  const pools = poolsWithRole(actor, 'secretariat')
  if (pools === null) return query.whereNotNull('a.pool_id')
  return query.whereIn('a.pool_id', [...pools, ...(poolsWithRole(actor, 'administrator') ?? [])])
}

/** One page of them, newest first. */
export async function listMails(db: Db, actor: Actor, filter: MailFilter): Promise<MailLine[]> {
  const query = visibleTo(db, actor)
  if (filter.status !== null) void query.where('m.status', filter.status)
  return query
    .orderBy('m.id', 'desc')
    .limit(mailsPerPage)
    .offset((filter.page - 1) * mailsPerPage)
    .select<MailLine[]>('m.*', 'a.reference', 'a.pool_id')
}

/** How many there are in each status, in the machine's order, none left out. */
export async function countMails(
  db: Db,
  actor: Actor,
): Promise<{ status: string; count: number }[]> {
  const rows = await visibleTo(db, actor)
    .groupBy('m.status')
    .select<{ status: string; n: number }[]>('m.status', db.raw('count(*) as n'))
  return machine.statuses.map((status) => ({
    status,
    count: Number(rows.find((row) => row.status === status)?.n ?? 0),
  }))
}

/** One mail that this official may see; throws NotFound. */
export async function getMail(db: Db, actor: Actor, id: number): Promise<MailLine> {
  const mail = await visibleTo(db, actor)
    .where('m.id', id)
    .first<MailLine | undefined>('m.*', 'a.reference', 'a.pool_id')
  if (!mail) throw new NotFound()
  return mail
}

/** Whose mailbox is read: a signed-in person's, or what was sent to an address for signing in. */
export type MailboxOf = { personId: number; email: string } | { signInAddress: string }

const inMailbox = (db: Db, whose: MailboxOf) =>
  'personId' in whose
    ? db<OutboxRow>('outbox').where(
        (q) => void q.where({ person_id: whose.personId }).orWhere({ to_address: whose.email }),
      )
    : db<OutboxRow>('outbox').where({ to_address: whose.signInAddress, template: 'sign-in' })

/** The newest mails of a mailbox, newest first. */
export async function listMailbox(db: Db, whose: MailboxOf): Promise<OutboxRow[]> {
  return inMailbox(db, whose)
    .orderBy('id', 'desc')
    .limit('personId' in whose ? 200 : 5)
}

/** One mail of a mailbox; throws NotFound. */
export async function getMailboxMail(db: Db, whose: MailboxOf, id: number): Promise<OutboxRow> {
  const mail = await inMailbox(db, whose).andWhere({ id }).first()
  if (!mail) throw new NotFound()
  return mail
}

/** The roles that count for a mail: the pool's own, and those of who administers the city. */
export function rolesForMail(actor: Actor, mail: { pool_id: number | null }): Role[] {
  const inPool = mail.pool_id === null ? [] : rolesInPool(actor, mail.pool_id)
  return administers(actor, null) ? [...new Set<Role>([...inPool, 'administrator'])] : inPool
}
