import type { Answers } from '../../workflows/application.questions.ts'
import { application as lifecycle } from '../../workflows/application.machine.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { ApplicationRow, OrganisationRow, PersonRow, PoolRow, RoundRow } from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { searchText } from '../shared/answers.ts'
import { copenhagenYear } from '../shared/danish.ts'
import { Blocked, NotAllowed, NotFound } from '../shared/errors.ts'
import { startDeadline } from './record-deadlines.ts'

/**
 * Begins an application: a draft with a reference of its own (`KK-2026-0001`), in the pool's open
 * round. Throws NotFound for an unknown pool, NotAllowed for an organisation that is not the
 * person's, Blocked when no round is open.
 */
export async function createDraft(
  db: Db,
  d: { actor: Actor; poolCode: string; organisationId: number; now: string },
): Promise<string> {
  if (!d.actor.memberships.some((m) => m.organisationId === d.organisationId)) {
    throw new NotAllowed()
  }
  return inTransaction(db, async (trx) => {
    const pool = await trx<PoolRow>('pools').where({ code: d.poolCode.toUpperCase() }).first()
    if (!pool) throw new NotFound()
    const round = await trx<RoundRow>('rounds')
      .where({ pool_id: pool.id })
      .andWhere('opens_at', '<=', d.now)
      .andWhere('closes_at', '>=', d.now)
      .orderBy('closes_at')
      .first()
    if (!round) throw new Blocked('lifecycle.application.hint.roundIsOpen')
    const reference = await nextReference(trx, copenhagenYear(d.now))
    const organisation = await trx<OrganisationRow>('organisations')
      .where({ id: d.organisationId })
      .first()
    const person = await trx<PersonRow>('people').where({ id: d.actor.personId }).first('phone')
    const answers: Answers = person?.phone ? { contactPhone: person.phone } : {}
    const [stored] = await trx('applications')
      .insert({
        reference,
        pool_id: pool.id,
        round_id: round.id,
        organisation_id: d.organisationId,
        contact_id: d.actor.personId,
        search_text: searchText(reference, organisation, ''),
        answers: JSON.stringify(answers),
        status: lifecycle.initial,
        created_at: d.now,
        saved_at: d.now,
      } satisfies Partial<ApplicationRow>)
      .returning<{ id: number }[]>('id')
    await startDeadline(trx, 'roundClosing', {
      applicationId: stored?.id ?? 0,
      pool,
      round,
      decisionExpectedOn: null,
      asked: {},
      now: d.now,
    })
    return reference
  })
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
