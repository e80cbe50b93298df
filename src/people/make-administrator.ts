import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { PersonRow, RoleRow } from '../db/tables.ts'

/** Gives an address the administrator's role; the person signs in by mail like everybody else. */
export async function makeAdministrator(
  db: Db,
  a: { email: string; now: string },
): Promise<'made' | 'known'> {
  return inTransaction(db, async (trx) => {
    await trx<PersonRow>('people')
      .insert({ email: a.email, name: '', language: 'da', created_at: a.now })
      .onConflict('email')
      .ignore()
    const person = await trx<PersonRow>('people').where({ email: a.email }).first('id')
    if (!person) throw new Error('the person was not made')
    const role = { person_id: person.id, role: 'administrator' as const }
    const known = await trx<RoleRow>('roles').where(role).whereNull('ended_at').first('id')
    if (known) return 'known'
    await trx<RoleRow>('roles').insert({ ...role, granted_at: a.now })
    return 'made'
  })
}
