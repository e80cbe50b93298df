import express from 'express'
import type { Request, Router } from 'express'
import { z } from 'zod'
import { administers } from '../shared/actor.ts'
import { NotAllowed } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, bodyOf, idParam } from '../web/context.ts'
import type { FormView } from '../web/form-page.ts'
import { formAt } from '../web/form-page.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import { choice, emailAddress, optionalText, parseForm, requiredText } from '../web/schemas.ts'
import { disablePerson, enablePerson, endRole, giveRole, invitePerson } from './change-access.ts'
import { hubPage } from './hub-page.ts'
import {
  givenRoles,
  inviteFields,
  peoplePage,
  personPage,
  reasonFields,
  roleFields,
} from './pages.ts'
import { getPerson, listAllContributors, listAllPools } from './queries.ts'

const administrators = ['administrator'] as const
const lang = (req: Request) => req.context.viewer.lang
const by = (req: Request) => ({ actor: actorOf(req), now: req.context.now })
const idOrNone = z
  .string()
  .regex(/^(?:[1-9]\d{0,9})?$/, 'fields.choose')
  .transform((text) => (text === '' ? null : Number(text)))

/** Who may do what: people, their roles, in and out. */
export function administrationRoutes(): Router {
  const router = express.Router()
  people(router)
  roles(router)
  inAndOut(router)
  return router
}

function people(router: Router): void {
  get(router, '/administration', administrators, (req, res) => {
    show(req, res, 'administration/index', hubPage(), {
      title: t(lang(req), 'administration.title'),
    })
  })

  get(router, '/administration/personer', administrators, async (req, res) => {
    const { db, viewer, query } = { ...req.context, query: req.query }
    const text = (name: string) => {
      const value = query[name]
      return typeof value === 'string' ? value.slice(0, 254) : ''
    }
    const withRole = ['any', ...givenRoles].find((role) => role === text('rolle')) ?? ''
    const page = await peoplePage(db, actorOf(req), viewer, {
      search: text('q').trim(),
      withRole,
      after: text('efter'),
    })
    show(req, res, 'administration/people', page, {
      title: t(viewer.lang, 'administration.people'),
    })
  })

  const path = '/administration/personer/inviter'
  const view = (req: Request): FormView => ({
    heading: t(lang(req), 'administration.invite'),
    about: '',
    explanation: t(lang(req), 'administration.inviteWhy'),
    button: t(lang(req), 'administration.invite'),
    back: paths.people(),
    action: paths.invitePerson(),
    specs: inviteFields(lang(req)),
    defaults: { language: 'da' },
  })
  formAt(router, path, administrators, view, async (req, _page, body) => {
    const schema = z.strictObject({
      email: emailAddress,
      name: optionalText(100),
      language: choice(['da', 'en']),
    })
    const typed = parseForm(schema, body)
    const { db, config } = req.context
    const id = await invitePerson(db, { ...by(req), ...typed, mail: config })
    return { path: paths.person(id), notice: 'personInvited' }
  })

  get(router, '/administration/personer/:id', administrators, async (req, res) => {
    const { db, viewer } = req.context
    const person = await getPerson(db, actorOf(req), idParam(req))
    const page = await personPage(db, person, actorOf(req), viewer)
    show(req, res, 'administration/person', page, { title: page.name })
  })
}

function roles(router: Router): void {
  const path = '/administration/personer/:id/roller'
  const view = async (req: Request): Promise<FormView & { id: number }> => {
    const { db } = req.context
    const person = await getPerson(db, actorOf(req), idParam(req))
    return {
      id: person.id,
      heading: t(lang(req), 'administration.giveRole'),
      about: person.name || person.email,
      explanation: t(lang(req), 'administration.giveRoleWhy'),
      button: t(lang(req), 'administration.giveRole'),
      back: paths.person(person.id),
      action: paths.giveRole(person.id),
      specs: roleFields(
        await listAllPools(db),
        await listAllContributors(db),
        actorOf(req),
        lang(req),
      ),
    }
  }
  formAt(router, path, administrators, view, async (req, page, body) => {
    const schema = z.strictObject({
      role: choice(givenRoles),
      pool: idOrNone.default(null),
      contributor: idOrNone.default(null),
    })
    const { role, pool, contributor } = parseForm(schema, body)
    await giveRole(req.context.db, {
      ...by(req),
      personId: page.id,
      role,
      poolId: pool,
      contributorId: contributor,
    })
    return { path: page.back, notice: 'saved' }
  })
  post(router, `${path}/:role/slut`, administrators, async (req, res) => {
    const { id } = await getPerson(req.context.db, actorOf(req), idParam(req))
    parseForm(z.strictObject({}), bodyOf(req))
    await endRole(req.context.db, { ...by(req), personId: id, roleId: idParam(req, 'role') })
    seeOther(res, paths.person(id), 'done')
  })
}

function inAndOut(router: Router): void {
  const path = '/administration/personer/:id/luk'
  const view = async (req: Request): Promise<FormView & { id: number }> => {
    if (!administers(actorOf(req), null)) throw new NotAllowed()
    const person = await getPerson(req.context.db, actorOf(req), idParam(req))
    return {
      id: person.id,
      heading: t(lang(req), 'administration.disable'),
      about: person.name || person.email,
      explanation: t(lang(req), 'administration.disableWhy'),
      button: t(lang(req), 'administration.disable'),
      back: paths.person(person.id),
      action: paths.disablePerson(person.id),
      specs: reasonFields(lang(req)),
    }
  }
  formAt(router, path, administrators, view, async (req, page, body) => {
    const { reason } = parseForm(z.strictObject({ reason: requiredText(1000) }), body)
    const { db, config } = req.context
    await disablePerson(db, { ...by(req), personId: page.id, reason, mail: config })
    return { path: page.back, notice: 'done' }
  })
  post(router, '/administration/personer/:id/aabn', administrators, async (req, res) => {
    if (!administers(actorOf(req), null)) throw new NotAllowed()
    const { id } = await getPerson(req.context.db, actorOf(req), idParam(req))
    parseForm(z.strictObject({}), bodyOf(req))
    await enablePerson(req.context.db, { ...by(req), personId: id })
    seeOther(res, paths.person(id), 'done')
  })
}
