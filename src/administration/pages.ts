import type { Db } from '../db/connection.ts'
import type { ContributorRow, PersonRow, PoolRow } from '../db/tables.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { administers } from '../shared/actor.ts'
import { formatDateTime } from '../shared/danish.ts'
import { nameOf } from '../shared/name-of.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec } from '../web/fields.ts'
import type { HeldRole } from './queries.ts'
import { listAccessHistory, listHeldRoles, listPeople, peoplePerPage } from './queries.ts'

/** Roles that an administrator gives; applicants are made by their organisations. */
export const givenRoles = [
  'secretariat',
  'decisionMaker',
  'reviewer',
  'contributor',
  'adviser',
  'finance',
  'administrator',
] as const

export type PeopleQuery = { search: string; withRole: string; after: string }

/** Everybody with an account: who holds what, and who is shut out. */
export async function peoplePage(db: Db, actor: Actor, { lang }: Viewer, q: PeopleQuery) {
  const rows = await listPeople(db, actor, q)
  const shown = rows.slice(0, peoplePerPage)
  const held = await listHeldRoles(
    db,
    shown.map((p) => p.id),
  )
  const last = shown.at(-1)
  const address = (after: string) =>
    `${paths.people()}?${new URLSearchParams({ q: q.search, rolle: q.withRole, efter: after }).toString()}`
  return {
    search: q.search,
    roles: [
      { value: '', label: t(lang, 'administration.everybody'), chosen: q.withRole === '' },
      { value: 'any', label: t(lang, 'administration.withRole'), chosen: q.withRole === 'any' },
      ...givenRoles.map((role) => ({
        value: role,
        label: roleName(role, lang),
        chosen: q.withRole === role,
      })),
    ],
    people: shown.map((p) => ({
      href: paths.person(p.id),
      name: p.name || p.email,
      email: p.email,
      isOut: p.disabled_at !== null,
      roles: held.filter((r) => r.person_id === p.id).map((r) => roleText(r, lang)),
    })),
    invite: paths.invitePerson(),
    previous: '',
    next: rows.length > peoplePerPage && last ? address(last.email) : '',
    items: [],
  }
}

/** A role at the head of a line; the lifecycle has it in the middle of its sentences. */
function roleName(role: string, lang: Lang): string {
  const name = t(lang, `lifecycle.role.${role}`)
  return name.charAt(0).toLocaleUpperCase(lang) + name.slice(1)
}

function roleText(r: HeldRole, lang: Lang): string {
  const where =
    lang === 'da'
      ? (r.contributor_name_da ?? r.pool_name_da)
      : (r.contributor_name_en ?? r.pool_name_en)
  const role = roleName(r.role, lang)
  return where === null ? role : `${role}, ${where}`
}

/** One person: roles, in or out, and everything that was done to their access. */
export async function personPage(db: Db, person: PersonRow, actor: Actor, { lang }: Viewer) {
  const held = await listHeldRoles(db, [person.id])
  const history = await listAccessHistory(db, person.id)
  return {
    name: person.name || person.email,
    email: person.email,
    isOut: person.disabled_at !== null,
    isOneself: person.id === actor.personId,
    outSince: person.disabled_at === null ? '' : formatDateTime(person.disabled_at, lang),
    back: paths.people(),
    roles: held.map((r) => ({
      text: roleText(r, lang),
      action: administers(actor, r.contributor_pool_id ?? r.pool_id)
        ? paths.endRole(person.id, r.id)
        : '',
    })),
    mayShutOut: administers(actor, null),
    giveLink: paths.giveRole(person.id),
    disableLink: paths.disablePerson(person.id),
    enableAction: paths.enablePerson(person.id),
    history: history.map((line) => ({
      when: formatDateTime(line.at, lang),
      what: t(lang, `administration.event.${line.event}`),
      more: detailsText(line.details, lang),
      who: line.actor_name ?? '',
    })),
  }
}

function detailsText(details: string, lang: Lang): string {
  const { role, reason } = JSON.parse(details) as { role?: string; reason?: string }
  if (role !== undefined) return roleName(role, lang)
  return reason ?? ''
}

export function roleFields(
  pools: PoolRow[],
  contributors: ContributorRow[],
  actor: Actor,
  lang: Lang,
): FieldSpec[] {
  const own = <T>(rows: T[], poolOf: (row: T) => number) =>
    rows.filter((row) => administers(actor, poolOf(row)))
  return [
    {
      name: 'role',
      kind: 'radio',
      label: t(lang, 'administration.role'),
      options: givenRoles.map((role) => ({
        value: role,
        label: roleName(role, lang),
        hint: t(lang, `administration.may.${role}`),
      })),
    },
    {
      name: 'pool',
      kind: 'select',
      label: t(lang, 'administration.pool'),
      hint: t(lang, 'administration.poolHint'),
      options: [
        ...(administers(actor, null)
          ? [{ value: '', label: t(lang, 'administration.everyPool') }]
          : []),
        ...own(pools, (p) => p.id).map((p) => ({ value: String(p.id), label: nameOf(p, lang) })),
      ],
    },
    {
      name: 'contributor',
      kind: 'select',
      label: t(lang, 'administration.contributor'),
      hint: t(lang, 'administration.contributorHint'),
      options: [
        { value: '', label: t(lang, 'administration.noContributor') },
        ...own(contributors, (c) => c.pool_id).map((c) => ({
          value: String(c.id),
          label: nameOf(c, lang),
        })),
      ],
    },
  ]
}

export const inviteFields = (lang: Lang): FieldSpec[] => [
  { name: 'email', kind: 'email', label: t(lang, 'administration.email') },
  { name: 'name', kind: 'text', label: t(lang, 'administration.name') },
  {
    name: 'language',
    kind: 'radio',
    label: t(lang, 'administration.language'),
    options: (['da', 'en'] as const).map((value) => ({
      value,
      label: t(lang, `casework.languages.${value}`),
    })),
  },
]

export const reasonFields = (lang: Lang): FieldSpec[] => [
  {
    name: 'reason',
    kind: 'textarea',
    label: t(lang, 'administration.reason'),
    hint: t(lang, 'administration.reasonHint'),
    rows: 3,
  },
]
