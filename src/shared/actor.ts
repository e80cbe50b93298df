import type { Role } from '../../workflows/vocabulary.ts'

export type Lang = 'da' | 'en'

/** What a member of an organisation may do: see, also write, also bind it. Each holds the one before. */
export const memberRoles = ['view', 'edit', 'bind'] as const
export type MemberRole = (typeof memberRoles)[number]

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
  memberships: { organisationId: number; role: MemberRole }[]
}

/** Who looks, in which language, and when (UTC ISO): what every page is built for. */
export type Viewer = { actor: Actor | null; lang: Lang; now: string }

/** What a case must say of itself before roles in it can be told. */
type CaseScope = { pool_id: number; organisation_id: number }

/**
 * The roles this person has in this very case: a member who may write is an applicant, one who may
 * only see has no role of that kind; grants make the rest.
 */
export function rolesInCase(actor: Actor, it: CaseScope): Role[] {
  const isApplicant = mayEdit(actor, it.organisation_id)
  return [...(isApplicant ? (['applicant'] as const) : []), ...rolesInPool(actor, it.pool_id)]
}

/** What this person may do for an organisation; undefined for those who are no member of it. */
export const memberRole = (actor: Actor, organisationId: number): MemberRole | undefined =>
  actor.memberships.find((m) => m.organisationId === organisationId)?.role

export const isMember = (actor: Actor, organisationId: number): boolean =>
  memberRole(actor, organisationId) !== undefined

export const mayEdit = (actor: Actor, organisationId: number): boolean =>
  ['edit', 'bind'].includes(memberRole(actor, organisationId) ?? '')

/** A member who sees the organisation's cases and writes in none of them. */
export const mayOnlyLook = (actor: Actor, organisationId: number): boolean =>
  memberRole(actor, organisationId) === 'view'

export const mayBind = (actor: Actor, organisationId: number): boolean =>
  memberRole(actor, organisationId) === 'bind'

/**
 * The roles this member may give others in their organisation: those who may bind give every one,
 * those who may write give what they have themselves and less, those who only look give none.
 */
export function rolesToGive(actor: Actor, organisationId: number): MemberRole[] {
  const own = memberRole(actor, organisationId)
  if (own === undefined || own === 'view') return []
  return memberRoles.slice(0, memberRoles.indexOf(own) + 1)
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

/** Whether this administrator answers for a pool; null is the whole city. */
export function administers(actor: Actor, poolId: number | null): boolean {
  const pools = poolsWithRole(actor, 'administrator')
  return pools === null || (poolId !== null && pools.includes(poolId))
}
