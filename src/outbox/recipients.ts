import { statusesWith } from '../../workflows/lifecycle.ts'
import type { Audience, Role } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import type { PersonRow } from '../db/tables.ts'

export type About = {
  applicationId?: number
  poolId: number
  reviewId?: number
  contributorId?: number
  /** Who of the organisation is told first. */
  contactId?: number
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
      return contactFirst(
        about,
        await people().whereIn(
          'p.id',
          db('memberships as m')
            .join('applications as a', 'a.organisation_id', 'm.organisation_id')
            .where('a.id', applicationId)
            .whereNotNull('m.approved_at')
            .whereNull('m.removed_at')
            .select('m.person_id'),
        ),
      )
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

const contactFirst = ({ contactId }: About, people: PersonRow[]): PersonRow[] => [
  ...people.filter((p) => p.id === contactId),
  ...people.filter((p) => p.id !== contactId),
]

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
