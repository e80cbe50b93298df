import express from 'express'
import type { Request, Router } from 'express'
import { z } from 'zod'
import { assignHandler } from '../applications/assign-handler.ts'
import { listPeopleWithRole } from '../people/queries.ts'
import { formatDate } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { caseOf } from '../web/case.ts'
import { actorOf, idParam } from '../web/context.ts'
import type { FormView } from '../web/form-page.ts'
import { formAt } from '../web/form-page.ts'
import {
  choice,
  datePieces,
  optionalText,
  parseForm,
  readDate,
  requiredText,
} from '../web/schemas.ts'
import { extendDeadline, lastDayOf } from './extend-deadline.ts'
import { deadlineTitle, extensionFields, handOverFields, noteFields, todayIn } from './pages.ts'
import { getMovableDeadline } from './queries.ts'
import { takeNote } from './take-note.ts'

const officials = ['secretariat', 'decisionMaker', 'adviser', 'finance'] as const
const extension = { ...datePieces('newDate'), reason: requiredText(2000) }

/** The daily work on a case: notes, handing over, more time. */
export function caseworkRoutes(): Router {
  const router = express.Router()
  notes(router)
  handOver(router)
  deadlines(router)
  return router
}

const lang = (req: Request) => req.context.viewer.lang

function notes(router: Router): void {
  const path = '/ansoegninger/:reference/notater'
  const view = async (req: Request): Promise<FormView & { reference: string }> => {
    const { application } = await caseOf(req)
    const { reference, title } = application
    return {
      reference,
      heading: t(lang(req), 'casework.noteTitle'),
      about: `${reference} – ${title}`,
      explanation: t(lang(req), 'casework.noteWhy'),
      button: t(lang(req), 'casework.saveNote'),
      back: paths.application(reference),
      action: paths.caseNotes(reference),
      specs: noteFields(lang(req)),
      defaults: todayIn('happened', req.context.now),
    }
  }
  formAt(router, path, officials, view, async (req, page, body) => {
    const schema = z.strictObject({
      kind: choice(['call', 'meeting', 'other']),
      party: requiredText(200),
      body: requiredText(20_000),
      ...datePieces('happened'),
    })
    const { kind, party, body: text } = parseForm(schema, body)
    const note = { kind, party, body: text, happenedOn: readDate(body, 'happened') }
    const { db, now } = req.context
    await takeNote(db, { actor: actorOf(req), reference: page.reference, note, now })
    return { path: page.back, notice: 'noteSaved' }
  })
}

function handOver(router: Router): void {
  const path = '/ansoegninger/:reference/sagsbehandler'
  const view = async (req: Request): Promise<FormView & { reference: string }> => {
    const { application, pool } = await caseOf(req)
    const { reference, title } = application
    const handlers = await listPeopleWithRole(req.context.db, 'secretariat', pool.id)
    return {
      reference,
      heading: t(lang(req), 'casework.handOver'),
      about: `${reference} – ${title}`,
      explanation: t(lang(req), 'casework.handOverWhy'),
      button: t(lang(req), 'casework.handOver'),
      back: paths.application(reference),
      action: paths.assignHandler(reference),
      specs: handOverFields(handlers, lang(req)),
      defaults: { handler: String(actorOf(req).personId) },
    }
  }
  formAt(router, path, ['secretariat'], view, async (req, page, body) => {
    const schema = z.strictObject({ handler: z.coerce.number().int(), note: optionalText(4000) })
    const { handler, note } = parseForm(schema, body)
    const { db, now, config } = req.context
    const { reference } = page
    await assignHandler(db, {
      actor: actorOf(req),
      reference,
      handlerId: handler,
      note,
      now,
      mail: config,
    })
    return { path: page.back, notice: 'assigned' }
  })
}

function deadlines(router: Router): void {
  const path = '/ansoegninger/:reference/frister/:id'
  const view = async (req: Request): Promise<FormView & { reference: string; id: number }> => {
    const { application } = await caseOf(req)
    const { reference, title } = application
    const deadline = await getMovableDeadline(req.context.db, application.id, idParam(req))
    return {
      reference,
      id: deadline.id,
      heading: `${t(lang(req), 'casework.moveDeadline')}: ${deadlineTitle(deadline, lang(req))}`,
      about: `${reference} – ${title}`,
      explanation: t(lang(req), 'casework.moveWhy', {
        date: formatDate(lastDayOf(deadline), lang(req)),
      }),
      button: t(lang(req), 'casework.moveDeadline'),
      back: paths.application(reference),
      action: paths.caseDeadline(reference, deadline.id),
      specs: extensionFields(lang(req)),
    }
  }
  formAt(router, path, ['secretariat'], view, async (req, page, body) => {
    const { reason } = parseForm(z.strictObject(extension), body)
    const { db, now, config } = req.context
    await extendDeadline(db, {
      actor: actorOf(req),
      reference: page.reference,
      deadlineId: page.id,
      newDate: readDate(body, 'newDate'),
      reason,
      now,
      mail: config,
    })
    return { path: page.back, notice: 'extended' }
  })
}
