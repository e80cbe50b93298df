import type { Role } from '../../workflows/vocabulary.ts'

export type Lang = 'da' | 'en'

/** A role that a person holds: everywhere, in one pool, or for one contributor. */
export type RoleGrant = { role: Role; poolId: number | null; contributorId: number | null }

/** The person who asks, as loaded for this one request. */
export type Actor = {
  personId: number
  name: string
  email: string
  language: Lang
  isDemo: boolean
  grants: RoleGrant[]
  memberships: { organisationId: number; mayBind: boolean }[]
}

/** Who looks, in which language, and when (UTC ISO): what every page is built for. */
export type Viewer = { actor: Actor | null; lang: Lang; now: string }

/** What a case must say of itself before roles in it can be told. */
export type CaseScope = { poolId: number; organisationId: number }

/** The roles this person has in this very case: membership makes applicants, grants the rest. */
export function rolesInCase(actor: Actor, scope: CaseScope): Role[] {
  const isMember = actor.memberships.some((m) => m.organisationId === scope.organisationId)
  return [...(isMember ? (['applicant'] as const) : []), ...rolesInPool(actor, scope.poolId)]
}

/** The official roles this person has in a pool, each once. */
export function rolesInPool(actor: Actor, poolId: number): Role[] {
  return [
    ...new Set(
      actor.grants.filter((g) => g.poolId === null || g.poolId === poolId).map((g) => g.role),
    ),
  ]
}

/** Whether this person holds the role anywhere: enough for a menu, never for a case. */
export const hasRole = (actor: Actor, role: Role): boolean =>
  actor.grants.some((g) => g.role === role)

/** The pools in which this person holds the role; null means every pool. */
export function poolsWithRole(actor: Actor, role: Role): number[] | null {
  const mine = actor.grants.filter((g) => g.role === role)
  if (mine.some((g) => g.poolId === null)) return null
  return mine.flatMap((g) => (g.poolId === null ? [] : [g.poolId]))
}
