import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import { membersOf } from '../outbox/recipients.ts'
import type { Actor } from '../shared/actor.ts'
import { rolesInCase } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { InvalidInput, NotAllowed } from '../shared/errors.ts'
import { getCase } from './queries.ts'
import { recordContact } from './record-contact.ts'

/**
 * Chooses the contact person of a case among the organisation's members; by a member who may write,
 * or by the secretariat. Throws NotFound, NotAllowed, or InvalidInput for somebody who is no member.
 */
export async function changeContact(
  db: Db,
  c: { actor: Actor; reference: string; personId: number; now: string; mail: MailSettings },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { application } = await getCase(trx, c.actor, c.reference)
    const roles = rolesInCase(c.actor, application)
    const role = roles.find((r) => r === 'applicant' || r === 'secretariat')
    if (role === undefined) throw new NotAllowed()
    const members = await membersOf(trx, application.organisation_id)
    if (!members.some((m) => m.id === c.personId)) {
      throw new InvalidInput([{ field: 'person', message: 'fields.choose' }])
    }
    if (application.contact_id === c.personId) return
    await recordContact(trx, {
      application,
      contactId: c.personId,
      because: 'chosen',
      by: { personId: c.actor.personId, role },
      now: c.now,
      mail: c.mail,
    })
  })
}
