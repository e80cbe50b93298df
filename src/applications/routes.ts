import express from 'express'
import type { Request, Router } from 'express'
import { z } from 'zod'
import type { FormStep } from '../../workflows/application.questions.ts'
import { formSteps } from '../../workflows/application.questions.ts'
import { permits } from '../../workflows/lifecycle.ts'
import { personField } from '../organisations/pages.ts'
import { listOwnOrganisations } from '../organisations/queries.ts'
import { mayOnlyLook, rolesInCase } from '../shared/actor.ts'
import { Blocked, InvalidInput, NotAllowed, NotFound, Stale } from '../shared/errors.ts'
import { getPool } from '../pools/queries.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { answerSaved, isAutosave } from '../web/autosave.ts'
import { actorOf, bodyOf, param } from '../web/context.ts'
import type { FormError } from '../web/fields.ts'
import { errorsOf } from '../web/fields.ts'
import type { FormView } from '../web/form-page.ts'
import { formAt } from '../web/form-page.ts'
import { caseOf, caseToWriteIn } from '../web/case.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import { parseForm, requiredText, rowId } from '../web/schemas.ts'
import { casePage } from './case-page.ts'
import { changeContact } from './change-contact.ts'
import { createDraft } from './create-draft.ts'
import { deleteDraft } from './delete-draft.ts'
import { readStep } from './form.ts'
import { messageFields } from './message-page.ts'
import { checkPage, receiptPage, stepPage } from './pages.ts'
import type { Case } from './queries.ts'
import { saveAnswers } from './save-answers.ts'
import { sendMessage } from './send-message.ts'

const newSchema = z.strictObject({ organisation: z.coerce.number().int() })
const messageSchema = z.strictObject({ body: requiredText(8000) })

export function applicationsRoutes(): Router {
  const router = express.Router()

  get(router, '/puljer/:code/ansoeg', 'signedIn', async (req, res) => {
    const { db, viewer } = req.context
    await getPool(db, param(req, 'code'))
    const rows = await listOwnOrganisations(db, actorOf(req).personId)
    const organisations = rows
      .filter((o) => o.approved === 1 && o.role !== 'view')
      .map((o) => ({ id: String(o.id), name: o.name }))
    const action = paths.newApplication(param(req, 'code'))
    const title = t(viewer.lang, 'form.begin')
    show(req, res, 'applications/begin', { organisations, action }, { title })
  })

  post(router, '/puljer/:code/ansoeg', 'signedIn', async (req, res) => {
    const { organisation } = parseForm(newSchema, bodyOf(req))
    const reference = await createDraft(req.context.db, {
      actor: actorOf(req),
      poolCode: param(req, 'code'),
      organisationId: organisation,
      now: req.context.now,
    })
    seeOther(res, paths.applicationStep(reference, 'about'))
  })

  get(router, '/ansoegninger/:reference', 'signedIn', async (req, res) => {
    const { db, viewer } = req.context
    const it = await caseOf(req)
    const page = await casePage(db, it, actorOf(req), viewer)
    const view = page.isApplicant ? 'applications/show' : 'applications/show-official'
    show(req, res, view, page, { title: `${page.title} – ${page.reference}` })
  })

  get(router, '/ansoegninger/:reference/skema/:step', 'signedIn', async (req, res) => {
    const it = await draftOf(req)
    const step = stepOf(req)
    const page = stepPage(it, step, req.context.viewer.lang, null, [])
    show(req, res, 'applications/step', page, { title: page.heading })
  })

  post(router, '/ansoegninger/:reference/skema/:step', 'signedIn', async (req, res) => {
    const { db, viewer, now } = req.context
    const it = await draftToSave(req)
    const step = stepOf(req)
    const body = bodyOf(req)
    const again = (current: Case, errors: FormError[], status: 409 | 422) => {
      const page = stepPage(current, step, viewer.lang, body, errors, status === 409)
      show(req, res, 'applications/step', page, { title: page.heading, status })
    }
    try {
      const { typed, version } = readStep(step, body)
      const saved = await saveAnswers(db, {
        actor: actorOf(req),
        reference: it.application.reference,
        step,
        typed,
        version,
        now,
      })
      if (isAutosave(req)) return answerSaved(req, res, saved)
      const next = formSteps[formSteps.indexOf(step) + 1]
      if (body.next === 'stay') {
        seeOther(res, paths.applicationStep(it.application.reference, step), 'saved')
      } else if (next) seeOther(res, paths.applicationStep(it.application.reference, next))
      else seeOther(res, paths.applicationReview(it.application.reference))
    } catch (error) {
      if (isAutosave(req)) throw error
      if (error instanceof Stale) {
        const message = t(viewer.lang, 'autosave.overtaken')
        const errors = [{ field: '', message }]
        return again(await caseOf(req), errors, 409)
      }
      if (!(error instanceof InvalidInput) || error.status === 400) throw error
      const errors = errorsOf(error.problems, viewer.lang)
      again(it, errors, 422)
    }
  })

  get(router, '/ansoegninger/:reference/tjek', 'signedIn', async (req, res) => {
    const { lang } = req.context.viewer
    const page = checkPage(await draftOf(req), lang, [])
    show(req, res, 'applications/check', page, { title: t(lang, 'form.check') })
  })

  get(router, '/ansoegninger/:reference/kvittering', 'signedIn', async (req, res) => {
    const it = await caseOf(req)
    if (it.application.submitted_at === null) throw new NotFound()
    const { lang } = req.context.viewer
    show(req, res, 'applications/receipt', receiptPage(it, lang), {
      title: t(lang, 'form.receipt'),
    })
  })

  formAt(
    router,
    '/ansoegninger/:reference/beskeder',
    'signedIn',
    messageView,
    async (req, page, typed, files) => {
      const { db, now, config } = req.context
      const { body } = parseForm(messageSchema, typed)
      const about = { actor: actorOf(req), reference: page.reference, now, mail: config }
      await sendMessage(db, { ...about, body, files: files() })
      return { path: page.back, notice: 'messageSent' }
    },
    { files: ['files'] },
  )

  formAt(
    router,
    '/ansoegninger/:reference/kontakt',
    'signedIn',
    contactView,
    async (req, page, body) => {
      const { db, now, config } = req.context
      const { person } = parseForm(z.strictObject({ person: rowId }), body)
      const about = { actor: actorOf(req), reference: page.reference, now, mail: config }
      await changeContact(db, { ...about, personId: person })
      return { path: page.back, notice: 'saved' }
    },
  )

  post(router, '/ansoegninger/:reference/slet', 'signedIn', async (req, res) => {
    const it = await draftOf(req)
    parseForm(z.strictObject({}), bodyOf(req))
    await deleteDraft(req.context.db, {
      actor: actorOf(req),
      reference: it.application.reference,
    })
    seeOther(res, paths.myPages(), 'deleted')
  })

  return router
}

async function messageView(req: Request): Promise<FormView & { reference: string }> {
  const it = await caseToWriteIn(req)
  const { id, reference, title, erased_at } = it.application
  const { lang } = req.context.viewer
  const isApplicant = rolesInCase(actorOf(req), it.application).includes('applicant')
  return {
    reference,
    heading: t(lang, 'case.writeMessage'),
    about: title === '' ? reference : `${reference} – ${title}`,
    explanation: t(lang, isApplicant ? 'case.messageWhy' : 'case.messageWhyOfficial'),
    button: t(lang, 'case.sendMessage'),
    back: paths.application(reference),
    action: paths.applicationMessages(reference),
    specs: messageFields(lang, t(lang, 'errors.field.body.label')),
    blocked: erased_at === null ? '' : t(lang, 'retention.isErased'),
    files: {
      applicationId: id,
      ownerKind: 'message',
      side: isApplicant ? 'applicant' : 'municipality',
    },
  }
}

async function contactView(req: Request): Promise<FormView & { reference: string }> {
  const it = await caseToWriteIn(req)
  const { reference, title, contact_id: contact } = it.application
  const roles = rolesInCase(actorOf(req), it.application)
  if (!roles.includes('applicant') && !roles.includes('secretariat')) throw new NotAllowed()
  const { db, viewer } = req.context
  return {
    reference,
    heading: t(viewer.lang, 'case.changeContact'),
    about: title === '' ? reference : `${reference} – ${title}`,
    explanation: t(viewer.lang, 'case.changeContactWhy'),
    button: t(viewer.lang, 'common.save'),
    back: paths.application(reference),
    action: paths.caseContact(reference),
    specs: await personField(db, it.organisation.id, t(viewer.lang, 'case.contactPerson')),
    defaults: { person: String(contact) },
  }
}

async function draftOf(req: Request): Promise<Case> {
  const it = await caseOf(req)
  if (!permits('application', it.application.status, 'editable')) throw new NotFound()
  if (!isWriter(req, it)) throw new NotAllowed()
  return it
}

/** The draft that answers are sent to. Who writes it is told when it is none any more: Blocked. */
async function draftToSave(req: Request): Promise<Case> {
  const it = await caseOf(req)
  const isDraft = permits('application', it.application.status, 'editable')
  if (!isDraft && isWriter(req, it)) throw new Blocked('form.noDraft')
  return draftOf(req)
}

function isWriter(req: Request, it: Case): boolean {
  const roles = rolesInCase(actorOf(req), it.application)
  const isHand = roles.includes('applicant') || roles.includes('secretariat')
  return isHand && !mayOnlyLook(actorOf(req), it.organisation.id)
}

function stepOf(req: Request): FormStep {
  const step = formSteps.find((s) => s === param(req, 'step'))
  if (!step) throw new NotFound()
  return step
}
