import express from 'express'
import type { Request, Router } from 'express'
import { z } from 'zod'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, bodyOf, idParam } from '../web/context.ts'
import { fieldOf } from '../web/fields.ts'
import type { FormView } from '../web/form-page.ts'
import { takeForm } from '../web/form-page.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import { datePieces, parseForm, readDate } from '../web/schemas.ts'
import { leaveFields, leavePage } from './pages.ts'
import { getOwnLeave, listSubstitutes } from './queries.ts'
import { endLeave, takeLeave } from './take-leave.ts'

const lang = (req: Request) => req.context.viewer.lang

/** A case handler's days away, and who stands in. */
export function leaveRoutes(): Router {
  const router = express.Router()

  const view = async (req: Request): Promise<FormView> => ({
    heading: t(lang(req), 'casework.leave'),
    about: '',
    explanation: t(lang(req), 'casework.leaveWhy'),
    button: t(lang(req), 'casework.saveLeave'),
    back: paths.inbox(),
    action: paths.leave(),
    specs: leaveFields(await listSubstitutes(req.context.db, actorOf(req)), lang(req)),
  })
  get(router, '/fravaer', ['secretariat'], async (req, res) => {
    const { db, viewer } = req.context
    const page = await view(req)
    const leaves = await leavePage(db, actorOf(req), viewer)
    const fields = page.specs.map((spec) => fieldOf(spec, {}, []))
    show(req, res, 'leave/index', { ...page, leaves, fields }, { title: page.heading })
  })
  post(router, '/fravaer', ['secretariat'], async (req, res) => {
    const page = await view(req)
    await takeForm(req, res, page, async (body) => {
      const schema = z.strictObject({
        ...datePieces('from'),
        ...datePieces('to'),
        substitute: z.coerce.number().int(),
      })
      const { substitute } = parseForm(schema, body)
      const { db, now } = req.context
      await takeLeave(db, {
        actor: actorOf(req),
        fromOn: readDate(body, 'from'),
        toOn: readDate(body, 'to'),
        substituteId: substitute,
        now,
      })
      return { path: paths.leave(), notice: 'saved' }
    })
  })
  post(router, '/fravaer/:id/slut', ['secretariat'], async (req, res) => {
    const { id: leaveId } = await getOwnLeave(req.context.db, actorOf(req), idParam(req))
    parseForm(z.strictObject({}), bodyOf(req))
    await endLeave(req.context.db, { actor: actorOf(req), leaveId, now: req.context.now })
    seeOther(res, paths.leave(), 'done')
  })

  return router
}
