import { statusesWith } from '../../workflows/lifecycle.ts'
import type { Audience, Role } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import type { MembershipRow, PersonRow } from '../db/tables.ts'

export type About = {
  applicationId?: number
  poolId: number
  reviewId?: number
  contributorId?: number
  /** What is sent: mails with a deadline go to more of the applicants. */
  template?: string
  /** Today, `YYYY-MM-DD`: whoever is away is told together with their substitute. */
  on?: string
}

/** Everyone of an audience, each once, not disabled, in the order they are to be told. */
export async function recipientsOf(db: Db, to: Audience, about: About): Promise<PersonRow[]> {
  const people = () =>
    db<PersonRow>('people as p').whereNull('p.disabled_at').select('p.*').orderBy('p.id')
  const { applicationId = -1 } = about
  switch (to) {
    case 'applicants':
      return applicantsOf(db, about)
    case 'secretariat':
      return assignedOrAll(db, 'case_handler_id', 'secretariat', about, people)
    case 'advisers':
      return assignedOrAll(db, 'adviser_id', 'adviser', about, people)
    case 'decisionMakers':
      return people().whereIn('p.id', holders(db, 'decisionMaker', about))
    case 'finance':
      return people().whereIn('p.id', holders(db, 'finance', about))
    case 'reviewer':
      return people().whereIn(
        'p.id',
        db('reviews')
          .where({ id: about.reviewId ?? -1 })
          .select('reviewer_id'),
      )
    case 'reviewers':
      return people().whereIn(
        'p.id',
        db('reviews')
          .where({ application_id: applicationId })
          .whereIn('status', statusesWith('review', 'assessable'))
          .select('reviewer_id'),
      )
    case 'contributor':
      return people().whereIn(
        'p.id',
        db('roles')
          .where({ role: 'contributor', contributor_id: about.contributorId ?? -1 })
          .whereNull('ended_at')
          .select('person_id'),
      )
  }
}

/** Mails to applicants that ask for something by a date or remind of it: two people get them. */
const reminders: ReadonlySet<string> = new Set([
  'draft-reminder',
  'acceptance-reminder',
  'report-overdue',
  'report-returned',
  'information-requested',
  'hearing-opened',
  'move-proposed',
  'grant-offered',
  'deadline-extended',
  'round-extended',
  'repayment-demanded',
  'advice-notice',
])

type Member = PersonRow & { mails: MembershipRow['mails']; member_role: MembershipRow['role'] }

/**
 * The contact person of the case first, then the members who want such mails. A reminder always
 * goes to two where there are two: the second one whom the organisation chose, or whoever of them
 * may do most. When the contact person is gone, everybody who is left is told.
 */
async function applicantsOf(db: Db, about: About): Promise<PersonRow[]> {
  const application = await db('applications as a')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .where('a.id', about.applicationId ?? -1)
    .first<Chosen | undefined>('a.organisation_id', 'a.contact_id', 'o.second_contact_id')
  if (!application) return []
  const members = await membersOf(db, application.organisation_id)
  const contact = members.find((m) => m.id === application.contact_id)
  if (!contact) return members
  const others = members.filter((m) => m !== contact)
  const isReminder = reminders.has(about.template ?? '')
  const told = others.filter((m) => m.mails === 'all' || (isReminder && m.mails === 'reminders'))
  const second = isReminder ? secondFor(application, contact.id, members) : undefined
  return [contact, ...others.filter((m) => m === second || told.includes(m))]
}

type Chosen = { organisation_id: number; contact_id: number; second_contact_id: number | null }

/**
 * Who is reminded beside the contact person, whatever they chose: nobody loses a grant by silence.
 * The one the organisation named; else one who wants such mails; else whoever may do most.
 */
export function secondFor(
  chosen: { second_contact_id: number | null },
  contactId: number,
  members: Member[],
): Member | undefined {
  const others = members.filter((m) => m.id !== contactId)
  const willing = others.filter((m) => m.mails !== 'own')
  return others.find((m) => m.id === chosen.second_contact_id) ?? ablest(willing) ?? ablest(others)
}

/** Of members, the one who may do most; among equals the one who has been there longest. */
export const ablest = <M extends { member_role: MembershipRow['role'] }>(
  members: M[],
): M | undefined =>
  ['bind', 'edit', 'view'].flatMap((role) => members.filter((m) => m.member_role === role)).at(0)

/** The people of an organisation who can be written to, the longest there first. */
export const membersOf = (db: Db, organisationId: number): Promise<Member[]> =>
  db('memberships as m')
    .join('people as p', 'p.id', 'm.person_id')
    .where('m.organisation_id', organisationId)
    .whereNotNull('m.approved_at')
    .whereNull('m.removed_at')
    .whereNull('p.disabled_at')
    .orderBy('m.id')
    .select<Member[]>('p.*', 'm.mails', 'm.role as member_role')

async function assignedOrAll(
  db: Db,
  column: 'case_handler_id' | 'adviser_id',
  role: Role,
  about: About,
  people: () => ReturnType<Db['select']>,
): Promise<PersonRow[]> {
  const assigned = (await people()
    .whereIn(
      'p.id',
      db('applications')
        .where({ id: about.applicationId ?? -1 })
        .select(column),
    )
    .whereNotIn('p.id', barred(db, about))) as PersonRow[]
  const [handler] = assigned
  if (handler) {
    const substitutes = (await people()
      .whereIn('p.id', standingIn(db, handler.id, about.on ?? ''))
      .whereNotIn('p.id', barred(db, about))) as PersonRow[]
    return [handler, ...substitutes]
  }
  return (await people().whereIn('p.id', holders(db, role, about))) as PersonRow[]
}

const standingIn = (db: Db, personId: number, on: string) =>
  db('leaves')
    .where({ person_id: personId })
    .whereNull('ended_at')
    .andWhere('from_on', '<=', on)
    .andWhere('to_on', '>=', on)
    .whereNotNull('substitute_id')
    .select('substitute_id')

/** People with the role in the pool; somebody excluded from the case hears nothing of it. */
const holders = (db: Db, role: Role, about: About) =>
  db('roles')
    .where({ role })
    .whereNull('ended_at')
    .andWhere((q) => void q.whereNull('pool_id').orWhere('pool_id', about.poolId))
    .whereNotIn('person_id', barred(db, about))
    .select('person_id')

const barred = (db: Db, about: About) =>
  db('reviews')
    .where({ application_id: about.applicationId ?? -1 })
    .whereIn('status', statusesWith('review', 'barred'))
    .select('reviewer_id')
