import { getCase } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import { lockName } from '../db/lock.ts'
import type { CaseNoteRow } from '../db/tables.ts'
import { recordHistory } from '../history/record-history.ts'
import type { Actor } from '../shared/actor.ts'
import { rolesInCase } from '../shared/actor.ts'
import { NotAllowed } from '../shared/errors.ts'
import { noteHash } from './queries.ts'

export type Note = {
  kind: CaseNoteRow['kind']
  /** Who was spoken with. */
  party: string
  body: string
  /** `YYYY-MM-DD`. */
  happenedOn: string
}

/**
 * Writes down what was said or learned in a case (offentlighedsloven § 13, notatpligt), under the
 * next journal number. A note is never changed: a mistake is put right by another note.
 * Throws NotFound, or NotAllowed for those who are no officials of the case. Returns its number.
 */
export async function takeNote(
  db: Db,
  n: { actor: Actor; reference: string; note: Note; now: string },
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const { application } = await getCase(trx, n.actor, n.reference)
    const role = rolesInCase(n.actor, application).find((r) => r !== 'applicant')
    if (role === undefined) throw new NotAllowed()
    await lockName(trx, `notes:${application.id}`)
    const last = await trx('case_notes')
      .where({ application_id: application.id })
      .max({ number: 'number' })
      .first<{ number: number | null } | undefined>()
    const number = (last?.number ?? 0) + 1
    const row = {
      application_id: application.id,
      number,
      kind: n.note.kind,
      party: n.note.party,
      body: n.note.body,
      happened_on: n.note.happenedOn,
      author_id: n.actor.personId,
      created_at: n.now,
    } satisfies Partial<CaseNoteRow>
    const [stored] = await trx('case_notes').insert(row).returning<{ id: number }[]>('id')
    await recordHistory(trx, {
      chain: `application:${application.id}`,
      application_id: application.id,
      machine: 'note',
      row_id: stored?.id ?? 0,
      event: 'takeNote',
      from_status: null,
      to_status: null,
      actor_id: n.actor.personId,
      actor_role: role,
      details: JSON.stringify({ number, hash: noteHash(row) }),
      at: n.now,
      request_key: null,
    })
    return number
  })
}
