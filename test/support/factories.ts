import { recordFile } from '../../src/attachments/record-files.ts'
import type { Db } from '../../src/db/connection.ts'
import type {
  InvitationRow,
  MembershipRow,
  OrganisationRow,
  PersonRow,
  RoleRow,
} from '../../src/db/tables.ts'
import { sortKey } from '../../src/shared/danish.ts'
import { sha256 } from '../../src/shared/secrets.ts'

const at = '2026-03-01T08:00:00.000Z'
let made = 0

/** Puts one row in a table and gives back its id; for tests only, past every rule. */
export async function insertRow(db: Db, table: string, row: object): Promise<number> {
  const [stored] = await db(table).insert(row).returning<{ id: number }[]>('id')
  if (!stored) throw new Error(`nothing stored in ${table}`)
  return stored.id
}

/** Somebody who has signed in before; another address each time unless one is given. */
export function aPerson(db: Db, more: Partial<PersonRow> = {}): Promise<number> {
  made += 1
  const row = { email: `person${made}@example.dk`, name: `Åse Ø ${made}`, language: 'da' }
  return insertRow(db, 'people', { ...row, created_at: at, ...more })
}

/** A role for a person: everywhere, unless a pool or a contributor is given. */
export const aRole = (
  db: Db,
  personId: number,
  role: RoleRow['role'],
  more: Partial<RoleRow> = {},
): Promise<number> => insertRow(db, 'roles', { person_id: personId, role, granted_at: at, ...more })

/** An organisation with these members, all of whom may bind it. */
export async function anOrganisation(
  db: Db,
  memberIds: number[] = [],
  more: Partial<OrganisationRow> = {},
): Promise<number> {
  const name = more.name ?? 'Værkstedet'
  const id = await insertRow(db, 'organisations', {
    kind: more.cvr ? 'registered' : 'group',
    name,
    sort_key: sortKey(name),
    created_at: at,
    ...more,
  })
  for (const personId of memberIds) await aMembership(db, id, personId)
  return id
}

/** A membership, approved and binding unless said otherwise. */
export const aMembership = (
  db: Db,
  organisationId: number,
  personId: number,
  more: Partial<MembershipRow> = {},
): Promise<number> =>
  insertRow(db, 'memberships', {
    organisation_id: organisationId,
    person_id: personId,
    role: 'bind',
    asked_at: at,
    approved_at: at,
    ...more,
  })

/** An invitation that can still be accepted, unless said otherwise. */
export const anInvitation = (
  db: Db,
  organisationId: number,
  invitedBy: number,
  more: Partial<InvitationRow> = {},
): Promise<number> =>
  insertRow(db, 'invitations', {
    organisation_id: organisationId,
    email: 'inviteret@example.dk',
    role: 'edit',
    invited_by: invitedBy,
    invited_at: at,
    expires_at: '2999-01-01T00:00:00.000Z',
    ...more,
  })
/** A message that came with a file, as it stands once it was sent; returns the file's id. */
export async function aFile(
  db: Db,
  f: { applicationId: number; personId: number; name?: string; bytes?: Buffer },
): Promise<number> {
  const messageId = await insertRow(db, 'messages', {
    application_id: f.applicationId,
    author_id: f.personId,
    side: 'applicant',
    kind: 'message',
    body: 'Her er budgettet.',
    created_at: at,
  })
  const bytes = f.bytes ?? Buffer.from('post;beløb\nleje;12000\n')
  const upload = { name: f.name ?? 'budget.csv', kind: 'csv', bytes, sha256: sha256(bytes) }
  const sender = { ...f, ownerKind: 'message', side: 'applicant', now: at } as const
  return recordFile(db, sender, messageId, upload)
}
