import { recordSearch } from '../applications/record-search.ts'
import { noteHash } from '../casework/queries.ts'
import type { Db } from '../db/connection.ts'
import { erasedAddress, erasedDetails, erasedText, ofCase, ofPerson } from '../db/erasable.ts'
import type { CaseNoteRow } from '../db/tables.ts'
import { erasing, recordHistory } from '../history/record-history.ts'
import type { DueCase, DuePerson } from './queries.ts'
import { rowsOf } from './queries.ts'

/**
 * Takes the words of a case away, by the list in db/erasable.ts. First its history says so, with the
 * rule and the day; that line is the last, and what lets the words before it go. References, amounts,
 * dates, what was decided and the ledger stay.
 */
export async function recordErasure(trx: Db, it: DueCase, now: string): Promise<void> {
  const { id, reference, ...rule } = it
  const notes = await trx<CaseNoteRow>('case_notes').where({ application_id: id }).orderBy('id')
  await record(trx, `application:${id}`, {
    application_id: id,
    row_id: id,
    event: 'erase',
    details: { ...rule, notes: Object.fromEntries(notes.map((n) => [n.id, hashErased(n)])) },
    now,
  })
  for (const { table, link, erased } of ofCase) {
    await rowsOf(trx, table, link, id).update(wordless(trx, erased))
  }
  for (const mailId of await trx('outbox').where({ application_id: id }).pluck<number[]>('id')) {
    await trx('outbox')
      .where({ id: mailId })
      .update({ to_address: erasedAddress('mail', mailId) })
  }
  await trx('attachments').where({ application_id: id }).del()
  await trx('applications').where({ id }).update({ erased_at: now })
  await recordSearch(trx, { 'a.id': id })
}

/** What history says of a draft that is gone whole: its number, and why. */
export async function recordDraftErasure(trx: Db, it: DueCase, now: string): Promise<void> {
  const { id, ...details } = it
  await record(trx, `draft:${id}`, {
    application_id: null,
    row_id: id,
    event: 'eraseDraft',
    details,
    now,
  })
}

/**
 * Takes a person's name and addresses away; the row stays, for history points at it. Nobody can sign
 * in as them any more. A group that has nobody left loses its name and address too.
 */
export async function recordPersonErasure(trx: Db, it: DuePerson, now: string): Promise<void> {
  const { id, dueOn } = it
  await record(trx, `person:${id}`, {
    application_id: null,
    row_id: id,
    event: 'erasePerson',
    details: { dueOn },
    now,
  })
  const person = await trx('people').where({ id }).first<{ email: string }>('email')
  await trx('sign_in_codes').where({ email: person.email }).del()
  await trx('invitations').where({ email: person.email }).del()
  await trx('kept_forms').where({ person_id: id }).del()
  await trx('sessions').where({ person_id: id }).del()
  await trx('memberships')
    .where({ person_id: id })
    .whereNull('removed_at')
    .update({ removed_at: now })
  await trx('people')
    .where({ id })
    .update({
      ...ofPerson,
      email: erasedAddress('person', id),
      erased_at: now,
      disabled_at: trx.raw('coalesce(disabled_at, ?)', [now]),
    })
  await recordSearch(trx, { 'a.contact_id': id })
  await eraseEmptyGroups(trx, id)
}

async function eraseEmptyGroups(trx: Db, personId: number): Promise<void> {
  const empty = await trx('organisations as o')
    .where('o.kind', 'group')
    .whereIn('o.id', trx('memberships').where({ person_id: personId }).select('organisation_id'))
    .whereNotIn('o.id', trx('memberships').whereNull('removed_at').select('organisation_id'))
    .whereNotIn('o.id', trx('applications').whereNull('erased_at').select('organisation_id'))
    .pluck<number[]>('o.id')
  for (const id of empty) {
    await trx('organisations')
      .where({ id })
      .update({ name: erasedText, sort_key: erasedText, address: '', website: '' })
    await recordSearch(trx, { 'a.organisation_id': id })
  }
}

async function record(
  trx: Db,
  chain: string,
  line: {
    application_id: number | null
    row_id: number
    event: string
    details: Record<string, unknown>
    now: string
  },
): Promise<void> {
  const { details, now, ...rest } = line
  const told = await recordHistory(trx, {
    ...rest,
    chain,
    machine: erasing,
    from_status: null,
    to_status: null,
    actor_id: null,
    actor_role: 'clock',
    details: JSON.stringify(details),
    at: now,
    request_key: null,
  })
  await trx('history')
    .where({ chain })
    .andWhere('id', '<>', told)
    .update({ details: erasedDetails, salt: '' })
}

/** A note as it is when its words are gone: what the doctor will find. */
const hashErased = ({ id: _, ...note }: CaseNoteRow): string =>
  noteHash({ ...note, party: erasedText, body: erasedText })

/** Words become the mark; what was empty or not there stays so. */
function wordless(trx: Db, erased: Record<string, string | null>) {
  return Object.fromEntries(
    Object.entries(erased).map(([column, value]) => [
      column,
      value !== erasedText
        ? value
        : trx.raw("case when ?? = '' then '' when ?? is null then null else ? end", [
            column,
            column,
            value,
          ]),
    ]),
  )
}
