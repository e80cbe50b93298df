import { permits } from '../../workflows/lifecycle.ts'
import type { Db } from '../db/connection.ts'
import type { PersonRow } from '../db/tables.ts'
import type { Actor, Lang } from '../shared/actor.ts'
import { NotFound } from '../shared/errors.ts'

/** One thing that is kept about a person: its kind of line, by the names of what stands in it. */
export type Line = Record<string, string | number | null>

export const ownSections = [
  'profile',
  'signIns',
  'roles',
  'memberships',
  'invitations',
  'cases',
  'messages',
  'answers',
  'files',
  'fileRequests',
  'reviews',
  'notes',
  'leaves',
  'mails',
  'history',
  'keptForms',
] as const
export type OwnSection = (typeof ownSections)[number]

/**
 * Everything the program holds on one person, section by section, the newest first. Never a secret:
 * no token, no code, and no mail that had one.
 */
export async function readOwnData(
  db: Db,
  { personId }: Actor,
  lang: Lang,
): Promise<Record<OwnSection, Line[]>> {
  const person = await db<PersonRow>('people').where({ id: personId }).first()
  if (!person) throw new NotFound()
  const { email, name, phone, language, created_at } = person
  return {
    profile: [{ email, name, phone, language, created_at }],
    signIns: await db('sessions')
      .where({ person_id: personId })
      .orderBy('created_at', 'desc')
      .select<Line[]>('created_at', 'seen_at', 'ended_at'),
    roles: await db('roles as r')
      .leftJoin('pools as p', 'p.id', 'r.pool_id')
      .leftJoin('contributors as c', 'c.id', 'r.contributor_id')
      .where('r.person_id', personId)
      .orderBy('r.id', 'desc')
      .select<Line[]>(
        'r.granted_at',
        'r.role',
        `p.name_${lang} as pool`,
        `c.name_${lang} as unit`,
        'r.ended_at',
      ),
    memberships: await db('memberships as m')
      .join('organisations as o', 'o.id', 'm.organisation_id')
      .where('m.person_id', personId)
      .orderBy('m.id', 'desc')
      .select<Line[]>('m.asked_at', 'o.name', 'm.role', 'm.mails', 'm.approved_at', 'm.removed_at'),
    invitations: await db('invitations as i')
      .join('organisations as o', 'o.id', 'i.organisation_id')
      .where((q) => void q.where('i.email', email).orWhere('i.invited_by', personId))
      .orderBy('i.id', 'desc')
      .select<Line[]>('i.invited_at', 'o.name', 'i.email', 'i.role', 'i.expires_at', 'i.ended_at'),
    cases: await listCasesOf(db, personId),
    messages: await db('messages as m')
      .join('applications as a', 'a.id', 'm.application_id')
      .where('m.author_id', personId)
      .orderBy('m.id', 'desc')
      .select<Line[]>('m.created_at', 'a.reference', 'm.body'),
    answers: await db('information_requests as i')
      .join('applications as a', 'a.id', 'i.application_id')
      .where('i.answered_by', personId)
      .orderBy('i.id', 'desc')
      .select<Line[]>('i.answered_at', 'a.reference', 'i.answer'),
    files: await db('attachments as f')
      .join('applications as a', 'a.id', 'f.application_id')
      .where('f.uploaded_by', personId)
      .orderBy('f.id', 'desc')
      .select<Line[]>('f.created_at', 'a.reference', 'f.name', 'f.size_bytes'),
    fileRequests: await db('file_requests as f')
      .join('applications as a', 'a.id', 'f.application_id')
      .where('f.asked_by', personId)
      .orderBy('f.id', 'desc')
      .select<Line[]>('f.asked_on', 'a.reference', 'f.body', 'f.decided_at'),
    reviews: await db('reviews as r')
      .join('applications as a', 'a.id', 'r.application_id')
      .where('r.reviewer_id', personId)
      .orderBy('r.id', 'desc')
      .select<Line[]>('r.invited_at', 'a.reference', 'r.due_on', 'r.conflict_reason', 'r.comment'),
    notes: await db('case_notes as n')
      .join('applications as a', 'a.id', 'n.application_id')
      .where('n.author_id', personId)
      .orderBy('n.id', 'desc')
      .select<Line[]>('n.created_at', 'a.reference', 'n.party', 'n.body'),
    leaves: await db('leaves')
      .where({ person_id: personId })
      .orderBy('id', 'desc')
      .select<Line[]>('created_at', 'from_on', 'to_on', 'ended_at'),
    mails: await listMailsTo(db, personId, email),
    history: await db('history as h')
      .leftJoin('applications as a', 'a.id', 'h.application_id')
      .where('h.actor_id', personId)
      .orderBy('h.id', 'desc')
      .select<Line[]>('h.at', 'a.reference', 'h.machine', 'h.event'),
    keptForms: await db('kept_forms')
      .where({ person_id: personId })
      .orderBy('created_at', 'desc')
      .select<Line[]>('created_at', 'path', 'body'),
  }
}

/** Cases of one's organisations, and those one is contact, case handler or adviser of. */
const listCasesOf = (db: Db, personId: number): Promise<Line[]> =>
  db('applications as a')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .where((q) => {
      void q
        .where('a.contact_id', personId)
        .orWhere('a.case_handler_id', personId)
        .orWhere('a.adviser_id', personId)
        .orWhereIn('a.organisation_id', approved(db, personId))
    })
    .orderBy('a.id', 'desc')
    .select<Line[]>('a.created_at', 'a.reference', 'a.title', 'o.name', 'a.submitted_at')

/** The text of a mail, but for those with a code or a link that signs in. */
const listMailsTo = (db: Db, personId: number, email: string): Promise<Line[]> =>
  db('outbox')
    .where((q) => void q.where({ person_id: personId }).orWhere({ to_address: email }))
    .orderBy('id', 'desc')
    .select<Line[]>(
      'created_at',
      'to_address',
      'subject',
      db.raw("case when template = 'sign-in' then null else text end as text"),
    )

const approved = (db: Db, personId: number) =>
  db('memberships')
    .where({ person_id: personId })
    .whereNotNull('approved_at')
    .whereNull('removed_at')
    .select('organisation_id')

export type Reason = 'role' | 'draft' | 'case' | 'lastToBind'

/** Why a person's account cannot be deleted now; nothing when it can. */
export async function reasonsToStay(db: Db, { personId, email, grants }: Actor): Promise<Reason[]> {
  const drafts = await db('applications')
    .whereIn('organisation_id', approved(db, personId))
    .orWhere({ contact_id: personId })
    .select<{ submitted_at: string | null; status: string }[]>('submitted_at', 'status')
  const isUnsent = (a: { submitted_at: string | null; status: string }) =>
    a.submitted_at === null && permits('application', a.status, 'editable')
  const isPart = drafts.some((a) => !isUnsent(a)) || (await tookPart(db, personId, email))
  return [
    ...(grants.length > 0 ? (['role'] as const) : []),
    ...(drafts.some(isUnsent) ? (['draft'] as const) : []),
    ...(isPart ? (['case'] as const) : []),
    ...((await isLastToBind(db, personId)) ? (['lastToBind'] as const) : []),
  ]
}

/** Whether a case has something by this person in it, or a letter to them. */
async function tookPart(db: Db, personId: number, email: string): Promise<boolean> {
  const written = await db('messages').where({ author_id: personId }).first<unknown>('id')
  const done = await db('history')
    .where({ actor_id: personId })
    .whereNotNull('application_id')
    .first<unknown>('id')
  const letter = await db('outbox')
    .where((q) => void q.where({ person_id: personId }).orWhere({ to_address: email }))
    .whereNotNull('application_id')
    .first<unknown>('id')
  return [written, done, letter].some((row) => row !== undefined)
}

/** Whether others would be left in an organisation that nobody could bind. */
async function isLastToBind(db: Db, personId: number): Promise<boolean> {
  const row = await db('memberships as m')
    .where({ 'm.person_id': personId, 'm.role': 'bind' })
    .whereIn('m.organisation_id', approved(db, personId))
    .whereExists(others(db, personId))
    .whereNotExists(others(db, personId).andWhere('x.role', 'bind'))
    .first<{ id: number } | undefined>('m.id')
  return row !== undefined
}

const others = (db: Db, personId: number) =>
  db('memberships as x')
    .whereRaw('x.organisation_id = m.organisation_id')
    .whereNot('x.person_id', personId)
    .whereNotNull('x.approved_at')
    .whereNull('x.removed_at')
