import type { DecisionRow, GrantRow, RecommendationRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'

export type DecisionLine = DecisionRow & {
  decider_name: string
  body_da: string | null
  body_en: string | null
  case_number: string | null
}

/** Every decision in a case, newest first, with the body that made it. */
export async function listDecisions(db: Db, applicationId: number): Promise<DecisionLine[]> {
  return db('decisions as d')
    .join('people as p', 'p.id', 'd.decided_by')
    .leftJoin('delegations as g', 'g.id', 'd.delegation_id')
    .where('d.application_id', applicationId)
    .orderBy('d.id', 'desc')
    .select('d.*', 'p.name as decider_name', 'g.body_da', 'g.body_en', 'g.case_number')
}

/** The grant that is in force, if there is one. */
export async function findGrant(db: Db, applicationId: number): Promise<GrantRow | undefined> {
  return db<GrantRow>('grants')
    .where({ application_id: applicationId })
    .whereNull('ended_at')
    .orderBy('id', 'desc')
    .first()
}

export async function findRecommendation(
  db: Db,
  applicationId: number,
): Promise<(RecommendationRow & { preparer_name: string }) | undefined> {
  return db('recommendations as r')
    .join('people as p', 'p.id', 'r.prepared_by')
    .where('r.application_id', applicationId)
    .orderBy('r.id', 'desc')
    .first('r.*', 'p.name as preparer_name')
}

export type GrantShareLine = { code: string; name_da: string; name_en: string; amount_ore: number }

/** Who bears a grant, and with how many øre, by code. */
export async function listGrantShares(db: Db, grantId: number): Promise<GrantShareLine[]> {
  return db('grant_shares as s')
    .join('contributors as c', 'c.id', 's.contributor_id')
    .where('s.grant_id', grantId)
    .orderBy('c.code')
    .select('c.code', 'c.name_da', 'c.name_en', 's.amount_ore')
}
