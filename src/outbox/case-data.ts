import { statusesWith } from '../../workflows/lifecycle.ts'
import type {
  DecisionRow,
  GrantRow,
  InstalmentRow,
  OnwardItemRow,
  ReportRow,
  ReviewRow,
} from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type {
  ApplicationRow,
  ContributionRow,
  ContributorRow,
  DeadlineRow,
  DelegationRow,
  InformationRequestRow,
  OrganisationRow,
  PersonRow,
  PoolMoveRow,
  PoolRow,
  PoolYearRow,
  RoundRow,
} from '../db/tables.ts'

/** The row beside the case that the mail is about, if any. */
export type MailSubject = {
  reviewId?: number
  contributionId?: number
  instalmentId?: number
  reportId?: number
  fileRequestNumber?: number
}

export type CaseData = {
  application: ApplicationRow
  organisation: OrganisationRow
  contact: PersonRow | undefined
  pool: PoolRow
  round: RoundRow
  decision: DecisionRow | undefined
  delegation: DelegationRow | undefined
  grant: GrantRow | undefined
  request: InformationRequestRow | undefined
  acceptUntil: string | null
  adviceUntil: string | null
  instalments: InstalmentRow[]
  reports: ReportRow[]
  onward: OnwardItemRow[]
  reviews: (ReviewRow & { reviewer_name: string })[]
  /** The newest proposal to move the case, with the pool it names. */
  move: (PoolMoveRow & Pick<PoolRow, 'name_da' | 'name_en'>) | undefined
}

/** Everything a mail about a case can tell, read once for all its recipients. */
export async function readCaseData(db: Db, applicationId: number): Promise<CaseData> {
  const application = await db<ApplicationRow>('applications').where({ id: applicationId }).first()
  if (!application) throw new Error(`no application ${applicationId}`)
  const organisation = await db<OrganisationRow>('organisations')
    .where({ id: application.organisation_id })
    .first()
  const contact = await db<PersonRow>('people').where({ id: application.contact_id }).first()
  const pool = await getPool(db, application.pool_id)
  const round = await db<RoundRow>('rounds').where({ id: application.round_id }).first()
  if (!organisation || !round) throw new Error(`application ${applicationId} is not whole`)
  const its = { application_id: applicationId }
  const reviews = await db('reviews as r')
    .join('people as p', 'p.id', 'r.reviewer_id')
    .where('r.application_id', applicationId)
    .orderBy('r.id')
    .select<(ReviewRow & { reviewer_name: string })[]>('r.*', 'p.name as reviewer_name')
  const request = await db<InformationRequestRow>('information_requests')
    .where(its)
    .orderBy('id', 'desc')
    .first()
  const decision = await db<DecisionRow>('decisions').where(its).orderBy('id', 'desc').first()
  return {
    application,
    organisation,
    contact,
    pool,
    round,
    reviews,
    request,
    move: await db('pool_moves as m')
      .join('pools as p', 'p.id', 'm.to_pool_id')
      .where('m.application_id', applicationId)
      .orderBy('m.id', 'desc')
      .first<CaseData['move']>('m.*', 'p.name_da', 'p.name_en'),
    ...(decision ? await readAfterDecision(db, applicationId, decision) : nothingDecided),
  }
}

type AfterDecision = Pick<
  CaseData,
  | 'decision'
  | 'delegation'
  | 'grant'
  | 'acceptUntil'
  | 'adviceUntil'
  | 'instalments'
  | 'reports'
  | 'onward'
>

const nothingDecided: AfterDecision = {
  decision: undefined,
  delegation: undefined,
  grant: undefined,
  acceptUntil: null,
  adviceUntil: null,
  instalments: [],
  reports: [],
  onward: [],
}

/** What only comes with a decision; half of all mails are written before there is one. */
async function readAfterDecision(
  db: Db,
  applicationId: number,
  decision: DecisionRow,
): Promise<AfterDecision> {
  const its = { application_id: applicationId }
  return {
    decision,
    delegation: decision.delegation_id
      ? await db<DelegationRow>('delegations').where({ id: decision.delegation_id }).first()
      : undefined,
    grant: await db<GrantRow>('grants').where(its).orderBy('id', 'desc').first(),
    acceptUntil: await lastDue(db, applicationId, 'acceptanceCall'),
    adviceUntil: await lastDue(db, applicationId, 'adviceOfferDue'),
    instalments: await db<InstalmentRow>('instalments').where(its).orderBy('number').orderBy('id'),
    reports: await db<ReportRow>('reports').where(its).orderBy('number').orderBy('id'),
    onward: await db<OnwardItemRow>('onward_items').where(its).orderBy('id'),
  }
}

/** The review that a mail to this reviewer is about: the one still to be done. */
export const openReviewOf = (data: CaseData, person: PersonRow): ReviewRow | undefined =>
  data.reviews.findLast(
    (r) => r.reviewer_id === person.id && statusesWith('review', 'assessable').includes(r.status),
  )

export type ContributionData = {
  contribution: ContributionRow
  contributor: ContributorRow
  year: number
  pool: PoolRow
}

/** What a mail to a contributor tells about its contribution of one year. */
export async function readContributionData(db: Db, id: number): Promise<ContributionData> {
  const contribution = await db<ContributionRow>('contributions').where({ id }).first()
  if (!contribution) throw new Error(`no contribution ${id}`)
  const contributor = await db<ContributorRow>('contributors')
    .where({ id: contribution.contributor_id })
    .first()
  const poolYear = await db<PoolYearRow>('pool_years')
    .where({ id: contribution.pool_year_id })
    .first()
  if (!contributor || !poolYear) throw new Error(`contribution ${id} is not whole`)
  return {
    contribution,
    contributor,
    year: poolYear.year,
    pool: await getPool(db, poolYear.pool_id),
  }
}

async function getPool(db: Db, id: number): Promise<PoolRow> {
  const pool = await db<PoolRow>('pools').where({ id }).first()
  if (!pool) throw new Error(`no pool ${id}`)
  return pool
}

async function lastDue(
  db: Db,
  applicationId: number,
  kind: DeadlineRow['kind'],
): Promise<string | null> {
  const row = await db<DeadlineRow>('deadlines')
    .where({ application_id: applicationId, kind })
    .orderBy('id', 'desc')
    .first('due_at')
  return row?.due_at ?? null
}
