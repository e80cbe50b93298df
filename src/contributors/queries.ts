import { permits, statusesWith } from '../../workflows/lifecycle.ts'
import type { LedgerAccount, PostingKind } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { ContributionRow, ContributorRow } from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { administers, poolsWithRole, rolesInPool } from '../shared/actor.ts'
import { NotFound } from '../shared/errors.ts'

/** Contributors this person may look into: their own; all of a pool's for those who keep its money. */
export async function listContributors(db: Db, actor: Actor): Promise<ContributorRow[]> {
  const rows = await db<ContributorRow>('contributors').orderBy('sort_key')
  return rows.filter((row) => maySee(actor, row))
}

export async function getContributor(db: Db, actor: Actor, code: string): Promise<ContributorRow> {
  const row = await db<ContributorRow>('contributors').where({ code }).first()
  if (!row || !maySee(actor, row)) throw new NotFound()
  return row
}

function maySee(actor: Actor, { id, pool_id }: ContributorRow): boolean {
  if (actor.grants.some((g) => g.role === 'contributor' && g.contributorId === id)) return true
  const roles = rolesInPool(actor, pool_id)
  return (['secretariat', 'finance', 'administrator'] as const).some((r) => roles.includes(r))
}

export async function listOwnContributions(
  db: Db,
  contributorId: number,
): Promise<(ContributionRow & { year: number })[]> {
  return db('contributions as k')
    .join('pool_years as y', 'y.id', 'k.pool_year_id')
    .where('k.contributor_id', contributorId)
    .orderBy('y.year', 'desc')
    .select('k.*', 'y.year')
}

export type SharedGrant = {
  grant_id: number
  reference: string
  title: string
  organisation_name: string
  amount_ore: number
  share_ore: number
  status: string
}

/** Every grant this contributor bears a share of, newest first, with the share to the øre. */
export async function listSharedGrants(db: Db, contributorId: number): Promise<SharedGrant[]> {
  return db('grant_shares as s')
    .join('grants as g', 'g.id', 's.grant_id')
    .join('applications as a', 'a.id', 'g.application_id')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .where('s.contributor_id', contributorId)
    .orderBy('g.id', 'desc')
    .select(
      'g.id as grant_id',
      'a.reference',
      'a.title',
      'a.status',
      'o.name as organisation_name',
      'g.amount_ore',
      's.amount_ore as share_ore',
    )
}

export type EntryLine = {
  id: number
  posted_at: string
  kind: PostingKind
  account: LedgerAccount
  side: 'debit' | 'credit'
  amount_ore: number
  reference: string | null
}

/** This contributor's ledger entries, newest first. */
export async function listEntries(db: Db, contributorId: number): Promise<EntryLine[]> {
  return db('ledger_entries as e')
    .join('ledger_postings as p', 'p.id', 'e.posting_id')
    .leftJoin('applications as a', 'a.id', 'p.application_id')
    .where('e.contributor_id', contributorId)
    .orderBy('e.id', 'desc')
    .limit(500)
    .select('e.id', 'p.posted_at', 'p.kind', 'e.account', 'e.side', 'e.amount_ore', 'a.reference')
}

/** The contributors of the pools that this person administers, by name. */
export async function listOwnContributors(db: Db, actor: Actor): Promise<ContributorRow[]> {
  const query = db<ContributorRow>('contributors').orderBy('sort_key')
  const pools = poolsWithRole(actor, 'administrator')
  if (pools !== null) void query.whereIn('pool_id', pools)
  return query
}

/** A contributor of a pool that this person administers; throws NotFound. */
export async function getOwnContributor(
  db: Db,
  actor: Actor,
  code: string,
): Promise<ContributorRow> {
  const row = await db<ContributorRow>('contributors').where({ code }).first()
  if (!row || !administers(actor, row.pool_id)) throw new NotFound()
  return row
}

/** Who could take over from this contributor: the others of its pool that have no end. */
export async function listLiveContributors(
  db: Db,
  contributor: ContributorRow,
): Promise<ContributorRow[]> {
  return db<ContributorRow>('contributors')
    .where({ pool_id: contributor.pool_id })
    .whereNot({ id: contributor.id })
    .whereNull('valid_to')
    .orderBy('sort_key')
}

const withdrawn = statusesWith('contribution', 'ended').filter(
  (status) => !permits('contribution', status, 'holdsMoney'),
)

/** The last budget year in which the contributor has a contribution that was not withdrawn. */
export async function latestYearWithMoney(db: Db, contributorId: number): Promise<number | null> {
  const row = await db('contributions as k')
    .join('pool_years as y', 'y.id', 'k.pool_year_id')
    .where('k.contributor_id', contributorId)
    .whereNotIn('k.status', withdrawn)
    .max({ year: 'y.year' })
    .first<{ year: number | null }>()
  return row.year
}

/** What these contributors put in, in these years. One statement. */
export async function listContributionsIn(
  db: Db,
  contributorIds: number[],
  years: number[],
): Promise<(ContributionRow & { year: number })[]> {
  return db('contributions as k')
    .join('pool_years as y', 'y.id', 'k.pool_year_id')
    .whereIn('k.contributor_id', contributorIds)
    .whereIn('y.year', years)
    .select('k.*', 'y.year')
}
