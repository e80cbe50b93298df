import type { Db } from '../db/connection.ts'
import type { LeaveRow, PersonRow } from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { poolsWithRole } from '../shared/actor.ts'
import { NotFound } from '../shared/errors.ts'

export type LeaveLine = LeaveRow & { substitute_name: string | null }

/** A person's leave that is running or to come, by date (`on` is today). */
export async function listLeaves(db: Db, personId: number, on: string): Promise<LeaveLine[]> {
  return db('leaves as l')
    .leftJoin('people as s', 's.id', 'l.substitute_id')
    .where('l.person_id', personId)
    .whereNull('l.ended_at')
    .andWhere('l.to_on', '>=', on)
    .orderBy('l.from_on')
    .select('l.*', 's.name as substitute_name')
}

/** One's own leave; throws NotFound for another's, or one that was deleted. */
export async function getOwnLeave(db: Db, actor: Actor, id: number): Promise<LeaveRow> {
  const row = await db<LeaveRow>('leaves')
    .where({ id, person_id: actor.personId })
    .whereNull('ended_at')
    .first()
  if (!row) throw new NotFound()
  return row
}

/** Whether a person is away on a day, and who stands in. */
export async function findLeave(
  db: Db,
  personId: number | null,
  on: string,
): Promise<LeaveLine | undefined> {
  if (personId === null) return undefined
  const leaves = await listLeaves(db, personId, on)
  return leaves.find((leave) => leave.from_on <= on)
}

/** Whom a person stands in for on a day. */
export async function listAbsent(
  db: Db,
  substituteId: number,
  on: string,
): Promise<{ id: number; name: string }[]> {
  return db('leaves as l')
    .join('people as p', 'p.id', 'l.person_id')
    .where('l.substitute_id', substituteId)
    .whereNull('l.ended_at')
    .andWhere('l.from_on', '<=', on)
    .andWhere('l.to_on', '>=', on)
    .distinct<{ id: number; name: string }[]>('p.id', 'p.name')
}

/** Colleagues who could stand in: the same role in a pool of the person's. */
export async function listSubstitutes(db: Db, actor: Actor): Promise<PersonRow[]> {
  const pools = poolsWithRole(actor, 'secretariat')
  return db<PersonRow>('people as p')
    .whereNull('p.disabled_at')
    .whereNot('p.id', actor.personId)
    .whereIn(
      'p.id',
      db('roles')
        .where({ role: 'secretariat' })
        .whereNull('ended_at')
        .andWhere((q) => {
          void q.whereNull('pool_id')
          if (pools !== null) void q.orWhereIn('pool_id', pools)
          else void q.orWhereNotNull('pool_id')
        })
        .select('person_id'),
    )
    .orderBy('p.name')
    .select('p.*')
}
