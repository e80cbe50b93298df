import type { Answers } from '../../workflows/application.questions.ts'
import { application as lifecycle } from '../../workflows/application.machine.ts'
import type { Db } from '../db/connection.ts'
import type { ApplicationRow, OrganisationRow, PersonRow, PoolRow, RoundRow } from '../db/tables.ts'
import { searchText } from '../shared/answers.ts'
import { copenhagenYear } from '../shared/danish.ts'
import { Blocked } from '../shared/errors.ts'
import { startDeadline } from './record-deadlines.ts'

/**
 * A draft in the pool's open round, under the next reference, its clock running. Who may begin it
 * was settled before. Throws Blocked when no round is open.
 */
export async function recordDraft(
  trx: Db,
  d: {
    pool: PoolRow
    organisation: OrganisationRow
    contact: Pick<PersonRow, 'id' | 'name' | 'phone'>
    /** Who of the municipality writes it in for them, and how it came. */
    enteredBy?: number
    cameBy?: string
    now: string
  },
): Promise<string> {
  const { pool, organisation, contact, now } = d
  const round = await trx<RoundRow>('rounds')
    .where({ pool_id: pool.id })
    .andWhere('opens_at', '<=', now)
    .andWhere('closes_at', '>=', now)
    .orderBy('closes_at')
    .first()
  if (!round) throw new Blocked('lifecycle.application.hint.roundIsOpen')
  const reference = await nextReference(trx, copenhagenYear(now))
  const answers: Answers = contact.phone ? { contactPhone: contact.phone } : {}
  const [stored] = await trx('applications')
    .insert({
      reference,
      pool_id: pool.id,
      round_id: round.id,
      organisation_id: organisation.id,
      contact_id: contact.id,
      search_text: searchText(reference, organisation, contact.name, answers),
      answers: JSON.stringify(answers),
      status: lifecycle.initial,
      created_at: now,
      saved_at: now,
      entered_by: d.enteredBy ?? null,
      came_by: d.cameBy ?? null,
    } satisfies Partial<ApplicationRow>)
    .returning<{ id: number }[]>('id')
  await startDeadline(trx, 'roundClosing', {
    applicationId: stored?.id ?? 0,
    pool,
    round,
    decisionExpectedOn: null,
    asked: {},
    now,
  })
  return reference
}

async function nextReference(trx: Db, year: number): Promise<string> {
  const name = `reference-${year}`
  await trx('counters').insert({ name, value: 0 }).onConflict('name').ignore()
  const [row] = await trx('counters')
    .where({ name })
    .increment('value', 1)
    .returning<{ value: number }[]>('value')
  return `KK-${year}-${String(row?.value ?? 0).padStart(4, '0')}`
}
