import express from 'express'
import type { Request, Router } from 'express'
import { z } from 'zod'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, idParam } from '../web/context.ts'
import type { FormView } from '../web/form-page.ts'
import { formAt } from '../web/form-page.ts'
import { show } from '../web/respond.ts'
import { get } from '../web/route.ts'
import { choice, cvr, optionalText, parseForm, requiredText } from '../web/schemas.ts'
import { createOrganisation } from './create-organisation.ts'
import { newFields, organisationPage, organisationsPage } from './pages.ts'
import { getOwnOrganisation } from './queries.ts'

const lang = (req: Request) => req.context.viewer.lang

/** One's organisations, and the page of each; what happens to its people is in `members`. */
export function organisationsRoutes(): Router {
  const router = express.Router()
  get(router, '/organisationer', 'signedIn', async (req, res) => {
    const { db, viewer } = req.context
    const page = await organisationsPage(db, actorOf(req), viewer)
    show(req, res, 'organisations/index', page, { title: t(viewer.lang, 'organisations.title') })
  })

  const path = '/organisationer/ny'
  const view = (req: Request): FormView => ({
    heading: t(lang(req), 'organisations.new'),
    about: '',
    explanation: t(lang(req), 'organisations.newLead'),
    button: t(lang(req), 'organisations.create'),
    back: paths.organisations(),
    action: paths.newOrganisation(),
    privacy: 'organisation',
    specs: newFields(lang(req)),
  })
  formAt(router, path, 'signedIn', view, async (req, _page, body) => {
    const schema = z.strictObject({
      kind: choice(['registered', 'group']),
      name: requiredText(150, 'organisations.nameMissing'),
      cvr: optionalText(20),
    })
    const typed = parseForm(schema, body)
    const isNumbered = typed.kind === 'registered'
    const number = isNumbered ? parseForm(z.object({ cvr }), { cvr: typed.cvr }).cvr : null
    const { db, config, now } = req.context
    const { organisationId, joined } = await createOrganisation(db, {
      actor: actorOf(req),
      name: typed.name,
      cvr: number,
      now,
      mail: config,
    })
    return joined === 'asked'
      ? { path: paths.organisations(), notice: 'asked' }
      : { path: paths.organisation(organisationId), notice: 'saved' }
  })

  get(router, '/organisationer/:id', 'signedIn', async (req, res) => {
    const { db, viewer } = req.context
    const organisation = await getOwnOrganisation(db, actorOf(req), idParam(req))
    const page = await organisationPage(db, organisation, actorOf(req), viewer)
    show(req, res, 'organisations/show', page, { title: organisation.name })
  })

  return router
}
