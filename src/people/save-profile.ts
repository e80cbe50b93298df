import { recordSearch } from '../applications/record-search.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { PersonRow } from '../db/tables.ts'
import type { Lang } from '../shared/actor.ts'

/** A person's own name and phone; their cases are found by the new name. */
export async function saveProfile(
  db: Db,
  p: { personId: number; name: string; phone: string | null },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx<PersonRow>('people')
      .where({ id: p.personId })
      .update({ name: p.name, phone: p.phone })
      .increment('version', 1)
    await recordSearch(trx, { 'a.contact_id': p.personId })
  })
}

export async function changeLanguage(
  db: Db,
  p: { personId: number; language: Lang },
): Promise<void> {
  await db<PersonRow>('people').where({ id: p.personId }).update({ language: p.language })
}
