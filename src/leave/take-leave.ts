import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { LeaveRow } from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { copenhagenDate } from '../shared/danish.ts'
import { InvalidInput, NotFound } from '../shared/errors.ts'
import { listLeaves, listSubstitutes } from './queries.ts'

/**
 * A case handler will be away: until then and meanwhile the substitute gets the mails too, and
 * sees the cases as their own. Throws InvalidInput for days that are over, turned round, or taken.
 */
export async function takeLeave(
  db: Db,
  l: { actor: Actor; fromOn: string; toOn: string; substituteId: number; now: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const today = copenhagenDate(l.now)
    if (l.toOn < l.fromOn) {
      throw new InvalidInput([{ field: 'to', message: 'casework.turnedRound' }])
    }
    if (l.toOn < today) throw new InvalidInput([{ field: 'to', message: 'fields.dateInPast' }])
    const able = await listSubstitutes(trx, l.actor)
    if (!able.some((p) => p.id === l.substituteId)) {
      throw new InvalidInput([{ field: 'substitute', message: 'fields.choose' }])
    }
    const others = await listLeaves(trx, l.actor.personId, today)
    if (others.some((o) => o.from_on <= l.toOn && o.to_on >= l.fromOn)) {
      throw new InvalidInput([{ field: 'from', message: 'casework.alreadyAway' }])
    }
    await trx<LeaveRow>('leaves').insert({
      person_id: l.actor.personId,
      substitute_id: l.substituteId,
      from_on: l.fromOn,
      to_on: l.toOn,
      created_at: l.now,
    })
  })
}

/** Back early, or not going at all. Throws NotFound for what is not theirs or over. */
export async function endLeave(
  db: Db,
  l: { actor: Actor; leaveId: number; now: string },
): Promise<void> {
  const changed = await db<LeaveRow>('leaves')
    .where({ id: l.leaveId, person_id: l.actor.personId })
    .whereNull('ended_at')
    .update({ ended_at: l.now })
  if (changed === 0) throw new NotFound()
}
