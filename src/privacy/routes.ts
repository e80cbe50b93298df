import express from 'express'
import type { Request, Router } from 'express'
import { z } from 'zod'
import { copenhagenDate } from '../shared/danish.ts'
import { retentionRows } from '../retention/pages.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf } from '../web/context.ts'
import type { FormView } from '../web/form-page.ts'
import { formAt } from '../web/form-page.ts'
import { show } from '../web/respond.ts'
import { get } from '../web/route.ts'
import { parseForm } from '../web/schemas.ts'
import { eraseAccount } from './erase-account.ts'
import { erasePage, ownDataPage, privacyPage } from './pages.ts'
import { readOwnData, reasonsToStay } from './queries.ts'

/** What we do with what people write, what we know of the reader, and how it is deleted. */
export function privacyRoutes(): Router {
  const router = express.Router()

  get(router, '/privatliv', 'anyone', async (req, res) => {
    const { db, viewer, config } = req.context
    const rules = await retentionRows(db, viewer.lang)
    const page = { ...privacyPage(config.mailFrom, viewer.actor), rules }
    show(req, res, 'privacy/notice', page, { title: t(viewer.lang, 'privacy.title') })
  })

  get(router, '/profil/data', 'signedIn', async (req, res) => {
    const { db, viewer } = req.context
    const actor = actorOf(req)
    const reasons = await reasonsToStay(db, actor)
    const page = ownDataPage(await readOwnData(db, actor, viewer.lang), viewer.lang, reasons)
    show(req, res, 'privacy/own-data', page, { title: t(viewer.lang, 'privacy.ownData') })
  })

  get(router, '/profil/data.json', 'signedIn', async (req, res) => {
    const { db, now, viewer } = req.context
    const data = await readOwnData(db, actorOf(req), viewer.lang)
    res.attachment(`oplysninger-${copenhagenDate(now)}.json`)
    res.type('json').send(JSON.stringify({ readAt: now, ...data }, null, 2))
  })

  const view = async (req: Request): Promise<FormView> => {
    const { db, viewer } = req.context
    return {
      heading: t(viewer.lang, 'privacy.erase'),
      about: actorOf(req).email,
      explanation: t(viewer.lang, 'privacy.eraseWhat'),
      button: t(viewer.lang, 'privacy.eraseButton'),
      back: paths.ownData(),
      action: paths.eraseAccount(),
      specs: [],
      blocked: erasePage(viewer.lang, await reasonsToStay(db, actorOf(req))),
    }
  }
  formAt(router, '/profil/slet', 'signedIn', view, async (req, _page, body) => {
    parseForm(z.strictObject({}), body)
    await eraseAccount(req.context.db, { actor: actorOf(req), now: req.context.now })
    return { path: paths.front(), notice: 'accountDeleted' }
  })

  return router
}
