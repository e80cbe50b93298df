import express from 'express'
import type { Request, Router } from 'express'
import { z } from 'zod'
import { listPools } from '../pools/queries.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf } from '../web/context.ts'
import type { FormView } from '../web/form-page.ts'
import { formAt } from '../web/form-page.ts'
import {
  choice,
  cvr,
  emailAddress,
  optionalText,
  parseForm,
  phone,
  requiredText,
} from '../web/schemas.ts'
import { enterApplication } from './enter-application.ts'
import { enteringFields, ownPools } from './pages.ts'

const schema = z.strictObject({
  pool: requiredText(20, 'fields.choose'),
  cameBy: choice(['phone', 'letter', 'visit']),
  kind: choice(['registered', 'group']),
  organisation: requiredText(150, 'organisations.nameMissing'),
  cvr: optionalText(20),
  contact: requiredText(100),
  email: emailAddress,
  phone: optionalText(30),
  language: choice(['da', 'en']),
})

/** An application for somebody who does not write on the page themselves. */
export function enteringRoutes(): Router {
  const router = express.Router()
  const view = async (req: Request): Promise<FormView> => {
    const { db, viewer } = req.context
    const pools = ownPools(await listPools(db), actorOf(req))
    return {
      heading: t(viewer.lang, 'casework.enterTitle'),
      about: '',
      explanation: t(viewer.lang, 'casework.enterWhy'),
      button: t(viewer.lang, 'casework.enterStart'),
      back: paths.inbox(),
      action: paths.enterApplication(),
      specs: enteringFields(pools, viewer.lang),
      defaults: { language: 'da' },
    }
  }
  formAt(router, '/indtast', ['secretariat'], view, async (req, _page, body) => {
    const typed = parseForm(schema, body)
    const number =
      typed.kind === 'registered' ? parseForm(z.object({ cvr }), { cvr: typed.cvr }).cvr : null
    const telephone =
      typed.phone === '' ? null : parseForm(z.object({ phone }), { phone: typed.phone }).phone
    const reference = await enterApplication(req.context.db, {
      actor: actorOf(req),
      entered: {
        poolCode: typed.pool,
        organisation: { name: typed.organisation, cvr: number },
        contact: {
          name: typed.contact,
          email: typed.email,
          phone: telephone,
          language: typed.language,
        },
        cameBy: typed.cameBy,
      },
      now: req.context.now,
    })
    return { path: paths.applicationStep(reference, 'about'), notice: 'saved' }
  })
  return router
}
