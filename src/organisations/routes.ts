import express from 'express'
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { InvalidInput } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, bodyOf, idParam } from '../web/context.ts'
import type { FormError, Typed } from '../web/fields.ts'
import { errorsOf, fieldOf } from '../web/fields.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import { choice, cvr, optionalText, parseForm, requiredText } from '../web/schemas.ts'
import { approveMembership } from './approve-membership.ts'
import { createOrganisation } from './create-organisation.ts'
import { getOwnOrganisation, listMembers, listOwnOrganisations } from './queries.ts'

const schema = z.strictObject({
  kind: choice(['registered', 'group']),
  name: requiredText(150, 'organisations.nameMissing'),
  cvr: optionalText(20),
})

export function organisationsRoutes(): Router {
  const router = express.Router()

  get(router, '/organisationer', 'signedIn', async (req, res) => {
    const { db, viewer } = req.context
    const rows = await listOwnOrganisations(db, actorOf(req).personId)
    const organisations = rows.map((o) => ({
      name: o.name,
      cvr: o.cvr ?? '',
      approved: o.approved === 1,
      href: paths.organisation(o.id),
    }))
    const title = t(viewer.lang, 'organisations.title')
    show(req, res, 'organisations/index', { organisations }, { title })
  })

  get(router, '/organisationer/ny', 'signedIn', (req, res) => {
    showForm(req, res, {}, [], 200)
  })

  post(router, '/organisationer/ny', 'signedIn', async (req, res) => {
    const { db, config, viewer, now } = req.context
    const body = bodyOf(req)
    try {
      const input = parseForm(schema, body)
      const number =
        input.kind === 'registered' ? parseForm(z.object({ cvr }), { cvr: input.cvr }).cvr : null
      const { organisationId, joined } = await createOrganisation(db, {
        actor: actorOf(req),
        name: input.name,
        cvr: number,
        now,
        mail: config,
      })
      if (joined === 'asked') seeOther(res, paths.organisations(), 'asked')
      else seeOther(res, paths.organisation(organisationId), 'saved')
    } catch (error) {
      if (!(error instanceof InvalidInput) || error.status === 400) throw error
      showForm(req, res, body, errorsOf(error.problems, viewer.lang), 422)
    }
  })

  get(router, '/organisationer/:id', 'signedIn', async (req, res) => {
    const { db } = req.context
    const organisation = await getOwnOrganisation(db, actorOf(req), idParam(req))
    const members = await listMembers(db, organisation.id)
    const page = {
      name: organisation.name,
      cvr: organisation.cvr ?? '',
      members: members
        .filter((m) => m.approved_at !== null)
        .map((m) => ({ name: m.name || m.email, mayBind: m.may_bind === 1 })),
      asking: members
        .filter((m) => m.approved_at === null)
        .map((m) => ({
          name: m.name || m.email,
          email: m.email,
          action: paths.approveMembership(organisation.id, m.id),
        })),
    }
    show(req, res, 'organisations/show', page, { title: organisation.name })
  })

  post(
    router,
    '/organisationer/:id/medlemmer/:membership/godkend',
    'signedIn',
    async (req, res) => {
      const { db, config, now } = req.context
      const { id: organisationId } = await getOwnOrganisation(db, actorOf(req), idParam(req))
      parseForm(z.strictObject({}), bodyOf(req))
      await approveMembership(db, {
        actor: actorOf(req),
        organisationId,
        membershipId: idParam(req, 'membership'),
        now,
        mail: config,
      })
      seeOther(res, paths.organisation(organisationId), 'approved')
    },
  )

  return router
}

function showForm(
  req: Request,
  res: Response,
  typed: Typed,
  errors: FormError[],
  status: number,
): void {
  const { lang } = req.context.viewer
  const fields = [
    fieldOf(
      {
        name: 'kind',
        kind: 'radio',
        label: t(lang, 'organisations.kind'),
        options: (['registered', 'group'] as const).map((value) => ({
          value,
          label: t(lang, `organisations.kinds.${value}`),
        })),
      },
      typed,
      errors,
    ),
    fieldOf(
      {
        name: 'name',
        kind: 'text',
        label: t(lang, 'organisations.name'),
        autocomplete: 'organization',
      },
      typed,
      errors,
    ),
    fieldOf(
      {
        name: 'cvr',
        kind: 'text',
        label: t(lang, 'organisations.cvr'),
        hint: t(lang, 'organisations.cvrHint'),
        width: 'medium',
      },
      typed,
      errors,
    ),
  ]
  const title = t(lang, 'organisations.new')
  show(req, res, 'organisations/new', { fields, errors }, { title, status })
}
