import express from 'express'
import type { Request, Router } from 'express'
import { z } from 'zod'
import { extensionFields } from '../casework/pages.ts'
import { formatDateTime } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, idParam } from '../web/context.ts'
import type { FormView } from '../web/form-page.ts'
import { formAt } from '../web/form-page.ts'
import { show } from '../web/respond.ts'
import { get } from '../web/route.ts'
import { datePieces, parseForm, readDate, requiredText } from '../web/schemas.ts'
import { extendRound } from './extend-round.ts'
import { roundsPage } from './pages.ts'
import { getRound } from './queries.ts'

const lang = (req: Request) => req.context.viewer.lang

/** The rounds that people can apply in, and more time for everybody in one of them. */
export function roundsRoutes(): Router {
  const router = express.Router()

  get(router, '/runder', ['secretariat'], async (req, res) => {
    const { db, viewer } = req.context
    const page = await roundsPage(db, actorOf(req), viewer)
    show(req, res, 'rounds/index', page, { title: t(viewer.lang, 'casework.rounds') })
  })

  const path = '/runder/:id/forlaeng'
  const view = async (req: Request): Promise<FormView & { id: number }> => {
    const { db, now } = req.context
    const round = await getRound(db, actorOf(req), idParam(req), now)
    return {
      id: round.id,
      heading: t(lang(req), 'casework.extendRound'),
      about: lang(req) === 'da' ? round.pool_name_da : round.pool_name_en,
      explanation: t(lang(req), 'casework.extendRoundWhy', {
        date: formatDateTime(round.closes_at, lang(req)),
        count: String(round.drafts),
      }),
      button: t(lang(req), 'casework.extendRound'),
      back: paths.rounds(),
      action: paths.round(round.id),
      specs: extensionFields(lang(req)),
      version: round.version,
    }
  }
  formAt(router, path, ['secretariat'], view, async (req, page, body) => {
    const schema = z.strictObject({
      version: z.coerce.number().int(),
      ...datePieces('newDate'),
      reason: requiredText(2000),
    })
    const { version, reason } = parseForm(schema, body)
    const { db, now, config } = req.context
    await extendRound(db, {
      actor: actorOf(req),
      roundId: page.id,
      version,
      newDate: readDate(body, 'newDate'),
      reason,
      now,
      mail: config,
    })
    return { path: paths.rounds(), notice: 'extended' }
  })

  return router
}
