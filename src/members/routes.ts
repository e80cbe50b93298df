import express from 'express'
import type { Request, Router } from 'express'
import { z } from 'zod'
import * as fields from '../organisations/pages.ts'
import * as organisations from '../organisations/queries.ts'
import { mayBind, mayEdit, memberRoles, rolesToGive } from '../shared/actor.ts'
import { NotAllowed } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, bodyOf, idParam } from '../web/context.ts'
import type { FormView } from '../web/form-page.ts'
import { formAt } from '../web/form-page.ts'
import { seeOther } from '../web/respond.ts'
import { post } from '../web/route.ts'
import { choice, emailAddress, parseForm, rowId } from '../web/schemas.ts'
import { acceptInvitation, declineInvitation } from './answer-invitation.ts'
import { approveMembership } from './approve-membership.ts'
import { changeRole, mayRemove, removeMember } from './change-member.ts'
import { chooseMails, chooseSecondContact } from './choose-mails.ts'
import { inviteMember, withdrawInvitation } from './invite-member.ts'

const role = choice(memberRoles)
const nothing = z.strictObject({})
const organisationPath = '/organisationer/:id'
const memberPath = `${organisationPath}/medlemmer/:membership`

/** The people of an organisation: in by invitation or by asking, what each may do, out again. */
export function membersRoutes(): Router {
  const router = express.Router()
  invite(router)
  settle(router)
  answer(router)
  change(router)
  remove(router)
  mails(router)
  return router
}

const lang = (req: Request) => req.context.viewer.lang
const own = (req: Request) =>
  organisations.getOwnOrganisation(req.context.db, actorOf(req), idParam(req))
const by = (req: Request, organisationId: number) => ({
  actor: actorOf(req),
  organisationId,
  now: req.context.now,
  mail: req.context.config,
})

/** What every form about an organisation begins with. */
const formOf = ({ id, name }: { id: number; name: string }) => ({
  id,
  about: name,
  back: paths.organisation(id),
})

/** The organisation, for those who may let somebody in. */
async function ownToOpen(req: Request) {
  const organisation = await own(req)
  const roles = rolesToGive(actorOf(req), organisation.id)
  if (roles.length === 0) throw new NotAllowed()
  return { ...organisation, roles }
}

function invite(router: Router): void {
  const view = async (req: Request): Promise<FormView & { id: number }> => {
    const organisation = await ownToOpen(req)
    return {
      ...formOf(organisation),
      heading: t(lang(req), 'organisations.invite'),
      explanation: t(lang(req), 'organisations.inviteWhy'),
      button: t(lang(req), 'organisations.sendInvitation'),
      action: paths.inviteMember(organisation.id),
      privacy: 'organisation',
      specs: fields.inviteFields(lang(req), organisation.roles),
      defaults: { role: 'edit' },
    }
  }
  formAt(router, `${organisationPath}/inviter`, 'signedIn', view, async (req, page, body) => {
    const typed = parseForm(z.strictObject({ email: emailAddress, role }), body)
    await inviteMember(req.context.db, { ...by(req, page.id), ...typed, language: lang(req) })
    return { path: page.back, notice: 'memberInvited' }
  })
}

/** The buttons on the organisation's page: no to an invitation, yes to somebody who asks. */
function settle(router: Router): void {
  const withdraw = `${organisationPath}/invitationer/:invitation/traek-tilbage`
  post(router, withdraw, 'signedIn', async (req, res) => {
    const { id } = await ownToOpen(req)
    parseForm(nothing, bodyOf(req))
    const invitationId = idParam(req, 'invitation')
    await withdrawInvitation(req.context.db, { ...by(req, id), invitationId })
    seeOther(res, paths.organisation(id), 'invitationWithdrawn')
  })
  post(router, `${memberPath}/godkend`, 'signedIn', async (req, res) => {
    const { id } = await ownToOpen(req)
    const membershipId = idParam(req, 'membership')
    await organisations.getMember(req.context.db, id, membershipId)
    const typed = parseForm(z.strictObject({ role }), bodyOf(req))
    await approveMembership(req.context.db, { ...by(req, id), membershipId, ...typed })
    seeOther(res, paths.organisation(id), 'approved')
  })
}

function answer(router: Router): void {
  const path = '/invitationer/:id'
  const invitation = (req: Request) =>
    organisations.getOwnInvitation(req.context.db, actorOf(req), idParam(req), req.context.now)
  const about = (req: Request, invitationId: number) => ({
    actor: actorOf(req),
    invitationId,
    now: req.context.now,
  })
  const view = async (req: Request): Promise<FormView & { id: number }> => {
    const { id, organisation_name, inviter_name, role: given } = await invitation(req)
    return {
      id,
      heading: t(lang(req), 'organisations.join', { organisation: organisation_name }),
      about: t(lang(req), 'organisations.invitedBy', {
        person: inviter_name,
        organisation: organisation_name,
      }),
      explanation: t(lang(req), `organisations.joinMay.${given}`),
      button: t(lang(req), 'organisations.accept'),
      back: paths.organisations(),
      action: paths.invitation(id),
      specs: [],
      other: { action: paths.declineInvitation(id), label: t(lang(req), 'organisations.decline') },
    }
  }
  formAt(router, path, 'signedIn', view, async (req, page, body) => {
    parseForm(nothing, body)
    const organisationId = await acceptInvitation(req.context.db, about(req, page.id))
    return { path: paths.organisation(organisationId), notice: 'joined' }
  })
  post(router, `${path}/afvis`, 'signedIn', async (req, res) => {
    const { id } = await invitation(req)
    parseForm(nothing, bodyOf(req))
    await declineInvitation(req.context.db, about(req, id))
    seeOther(res, paths.organisations(), 'invitationDeclined')
  })
}

async function memberOf(req: Request) {
  const organisation = await own(req)
  const { id } = organisation
  const member = await organisations.getMember(req.context.db, id, idParam(req, 'membership'))
  const about = `${member.name || member.email} – ${organisation.name}`
  return { id, member, form: { ...formOf(organisation), membershipId: member.id, about } }
}

function change(router: Router): void {
  const view = async (req: Request) => {
    const { id, member, form } = await memberOf(req)
    if (!mayBind(actorOf(req), id)) throw new NotAllowed()
    return {
      ...form,
      heading: t(lang(req), 'organisations.changeRole'),
      explanation: t(lang(req), 'organisations.changeRoleWhy'),
      button: t(lang(req), 'common.save'),
      action: paths.memberRole(id, member.id),
      specs: [fields.roleField(lang(req), memberRoles)],
      defaults: { role: member.role },
    }
  }
  formAt(router, `${memberPath}/rolle`, 'signedIn', view, async (req, page, body) => {
    const typed = parseForm(z.strictObject({ role }), body)
    const { membershipId, back } = page
    await changeRole(req.context.db, { ...by(req, page.id), membershipId, ...typed })
    return { path: back, notice: 'saved' }
  })
}

function remove(router: Router): void {
  const view = async (req: Request) => {
    const { id, member, form } = await memberOf(req)
    const actor = actorOf(req)
    const isOneself = member.person_id === actor.personId
    const isAsking = member.approved_at === null
    if (!isOneself && !mayRemove(actor, member)) throw new NotAllowed()
    const how = isOneself ? 'leave' : isAsking ? 'turnDown' : 'remove'
    return {
      ...form,
      isOneself,
      heading: t(lang(req), `organisations.out.${how}.heading`),
      explanation: t(lang(req), `organisations.out.${how}.why`),
      button: t(lang(req), `organisations.out.${how}.heading`),
      action: paths.removeMember(id, member.id),
      specs: [],
    }
  }
  formAt(router, `${memberPath}/fjern`, 'signedIn', view, async (req, page, body) => {
    parseForm(nothing, body)
    const { id, membershipId, isOneself } = page
    await removeMember(req.context.db, { ...by(req, id), membershipId })
    if (isOneself) return { path: paths.organisations(), notice: 'memberLeft' }
    return { path: page.back, notice: 'memberRemoved' }
  })
}

function mails(router: Router): void {
  const view = async (req: Request) => {
    const organisation = await own(req)
    const { id } = organisation
    const members = await organisations.listMembers(req.context.db, id)
    const me = members.find((m) => m.person_id === actorOf(req).personId)
    return {
      ...formOf(organisation),
      heading: t(lang(req), 'organisations.yourMails'),
      explanation: t(lang(req), 'organisations.yourMailsWhy'),
      button: t(lang(req), 'common.save'),
      action: paths.organisationMails(id),
      specs: fields.mailFields(lang(req)),
      defaults: { mails: me?.mails },
    }
  }
  formAt(router, `${organisationPath}/mails`, 'signedIn', view, async (req, page, body) => {
    const typed = parseForm(z.strictObject({ mails: choice(fields.mailChoices) }), body)
    await chooseMails(req.context.db, { ...by(req, page.id), ...typed })
    return { path: page.back, notice: 'saved' }
  })

  const second = async (req: Request) => {
    const organisation = await own(req)
    const { id, second_contact_id: chosen } = organisation
    if (!mayEdit(actorOf(req), id)) throw new NotAllowed()
    return {
      ...formOf(organisation),
      heading: t(lang(req), 'organisations.second'),
      explanation: t(lang(req), 'organisations.secondWhy'),
      button: t(lang(req), 'common.save'),
      action: paths.secondContact(id),
      specs: await fields.personField(req.context.db, id, t(lang(req), 'organisations.secondWho')),
      defaults: { person: chosen === null ? '' : String(chosen) },
    }
  }
  formAt(
    router,
    `${organisationPath}/paamindelser`,
    'signedIn',
    second,
    async (req, page, body) => {
      const { person } = parseForm(z.strictObject({ person: rowId }), body)
      await chooseSecondContact(req.context.db, { ...by(req, page.id), personId: person })
      return { path: page.back, notice: 'saved' }
    },
  )
}
