import type { Db } from '../db/connection.ts'
import type { MembershipRow, OrganisationRow } from '../db/tables.ts'
import type { Actor, Lang, MemberRole, Viewer } from '../shared/actor.ts'
import { mayBind, mayEdit, rolesToGive } from '../shared/actor.ts'
import { formatDate } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec } from '../web/fields.ts'
import type { MemberLine } from './queries.ts'
import {
  listActiveMembers,
  listInvitations,
  listMembers,
  listOwnInvitations,
  listOwnOrganisations,
} from './queries.ts'

export const mailChoices = ['all', 'reminders', 'own'] as const satisfies MembershipRow['mails'][]

/** One's organisations, and what one is invited to. */
export async function organisationsPage(db: Db, actor: Actor, { lang, now }: Viewer) {
  const rows = await listOwnOrganisations(db, actor.personId)
  return {
    organisations: rows.map((o) => ({
      name: o.name,
      cvr: o.cvr ?? '',
      approved: o.approved === 1,
      may: t(lang, `organisations.role.${o.role}`),
      href: paths.organisation(o.id),
    })),
    invitations: await invitedTo(db, actor, { lang, now }),
  }
}

/** What one is invited to, each with the way to answer. */
export async function invitedTo(db: Db, actor: Actor, { lang, now }: Pick<Viewer, 'lang' | 'now'>) {
  return (await listOwnInvitations(db, actor, now)).map((i) => ({
    text: t(lang, 'organisations.invitedBy', {
      person: i.inviter_name,
      organisation: i.organisation_name,
    }),
    href: paths.invitation(i.id),
  }))
}

/** An organisation's people: who may do what, who is invited, who is reminded. */
export async function organisationPage(
  db: Db,
  organisation: OrganisationRow,
  actor: Actor,
  { lang, now }: Viewer,
) {
  const { id } = organisation
  const people = await listMembers(db, id)
  const members = people.filter((m) => m.approved_at !== null)
  const own = members.find((m) => m.person_id === actor.personId)
  const roles = rolesToGive(actor, id)
  const second = members.find((m) => m.person_id === organisation.second_contact_id)
  return {
    name: organisation.name,
    cvr: organisation.cvr ?? '',
    mayLetIn: roles.length > 0,
    mayEdit: mayEdit(actor, id),
    inviteLink: paths.inviteMember(id),
    members: members.map((m) => ({
      name: nameOf(m),
      isOneself: m === own,
      isOut: m.disabled_at !== null,
      role: t(lang, `organisations.role.${m.role}`),
      changeLink: mayBind(actor, id) ? paths.memberRole(id, m.id) : '',
      removeLink: m === own || mayBind(actor, id) ? paths.removeMember(id, m.id) : '',
    })),
    asking: people
      .filter((m) => m.approved_at === null)
      .map((m) => ({
        name: nameOf(m),
        email: m.email,
        id: String(m.id),
        action: paths.approveMembership(id, m.id),
        declineLink: paths.removeMember(id, m.id),
        roles: roles.map((role) => ({
          value: role,
          label: t(lang, `organisations.roleChoice.${role}`),
          chosen: role === 'edit',
        })),
      })),
    invitations: (roles.length > 0 ? await listInvitations(db, id, now) : []).map((i) => ({
      email: i.email,
      role: t(lang, `organisations.role.${i.role}`),
      until: formatDate(i.expires_at, lang),
      action: paths.withdrawInvitation(id, i.id),
    })),
    ownMails: t(lang, `organisations.mails.${own?.mails ?? 'all'}.label`),
    mailsLink: paths.organisationMails(id),
    isSeveral: members.length > 1,
    second: second ? nameOf(second) : '',
    secondLink: paths.secondContact(id),
  }
}

const nameOf = (m: Pick<MemberLine, 'name' | 'email'>) => m.name || m.email

export const newFields = (lang: Lang): FieldSpec[] => [
  {
    name: 'kind',
    kind: 'radio',
    label: t(lang, 'organisations.kind'),
    options: (['registered', 'group'] as const).map((value) => ({
      value,
      label: t(lang, `organisations.kinds.${value}`),
    })),
  },
  {
    name: 'name',
    kind: 'text',
    label: t(lang, 'organisations.name'),
    autocomplete: 'organization',
  },
  {
    name: 'cvr',
    kind: 'text',
    label: t(lang, 'organisations.cvr'),
    hint: t(lang, 'organisations.cvrHint'),
    width: 'medium',
  },
]

export const inviteFields = (lang: Lang, roles: MemberRole[]): FieldSpec[] => [
  {
    name: 'email',
    kind: 'email',
    label: t(lang, 'people.email'),
    hint: t(lang, 'people.emailHint'),
    width: 'medium',
  },
  roleField(lang, roles),
]

export const roleField = (lang: Lang, roles: readonly MemberRole[]): FieldSpec => ({
  name: 'role',
  kind: 'radio',
  label: t(lang, 'organisations.whatMay'),
  options: roles.map((value) => ({
    value,
    label: t(lang, `organisations.roleChoice.${value}`),
    hint: t(lang, `organisations.roleHint.${value}`),
  })),
})

export const mailFields = (lang: Lang): FieldSpec[] => [
  {
    name: 'mails',
    kind: 'radio',
    label: t(lang, 'organisations.whichMails'),
    options: mailChoices.map((value) => ({
      value,
      label: t(lang, `organisations.mails.${value}.label`),
      hint: t(lang, `organisations.mails.${value}.hint`),
    })),
  },
]

/** The members who can be chosen as contact person, or to be reminded. */
export const personField = async (
  db: Db,
  organisationId: number,
  label: string,
): Promise<FieldSpec[]> => [
  {
    name: 'person',
    kind: 'radio',
    label,
    options: (await listActiveMembers(db, organisationId)).map((m) => ({
      value: String(m.person_id),
      label: nameOf(m),
    })),
  },
]
