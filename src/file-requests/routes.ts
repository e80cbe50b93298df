import express from 'express'
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { permits } from '../../workflows/lifecycle.ts'
import type { Case } from '../applications/queries.ts'
import { todayIn } from '../casework/pages.ts'
import { isMember, mayOnlyLook, rolesInCase } from '../shared/actor.ts'
import { InvalidInput, NotAllowed, NotFound } from '../shared/errors.ts'
import { assertNoOpenReview } from '../reviews/queries.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { caseOf } from '../web/case.ts'
import { actorOf, bodyOf, idParam } from '../web/context.ts'
import { errorsOf } from '../web/fields.ts'
import type { FormError, Typed } from '../web/fields.ts'
import type { FormView } from '../web/form-page.ts'
import { formAt } from '../web/form-page.ts'
import { sendPdf } from '../web/pdf-file.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import {
  choice,
  datePieces,
  optionalText,
  parseForm,
  readDate,
  requiredText,
  ticked,
} from '../web/schemas.ts'
import type { Ask } from './ask-for-files.ts'
import { askForFiles } from './ask-for-files.ts'
import { decideFileRequest } from './decide-file-request.ts'
import { answerLetter } from './answer-page.ts'
import type { ToDecide } from './pages.ts'
import { askFields, decidePage, documentsToDecide, waitingPage } from './pages.ts'
import type { Side } from './queries.ts'
import { getFileRequest } from './queries.ts'

/** Access to the files of a case (aktindsigt): asked for, decided document by document, answered. */
export function fileRequestsRoutes(): Router {
  const router = express.Router()
  asking(router)
  deciding(router)
  return router
}

/** A sent case, and on which side of it this person stands; throws NotFound, NotAllowed. */
async function sideOf(req: Request): Promise<{ it: Case; side: Side }> {
  const it = await caseOf(req)
  if (it.application.submitted_at === null) throw new NotFound()
  const actor = actorOf(req)
  if (isMember(actor, it.organisation.id)) return { it, side: 'applicant' }
  if (!rolesInCase(actor, it.application).includes('secretariat')) throw new NotAllowed()
  return { it, side: 'official' }
}

function asking(router: Router): void {
  const path = '/ansoegninger/:reference/aktindsigt'
  const view = async (req: Request): Promise<FormView & { reference: string; side: Side }> => {
    const { it, side } = await sideOf(req)
    if (mayOnlyLook(actorOf(req), it.organisation.id)) throw new NotAllowed()
    const { reference, title, status } = it.application
    const { lang } = req.context.viewer
    const mayWait = permits('application', status, 'awaitsMunicipality')
    return {
      reference,
      side,
      heading: t(lang, `fileRequests.ask.${side}`),
      about: `${reference} – ${title}`,
      explanation: t(lang, `fileRequests.why.${side}`),
      button: t(lang, `fileRequests.send.${side}`),
      back: paths.application(reference),
      action: paths.fileRequests(reference),
      specs: askFields(side, mayWait, lang),
      defaults: todayIn('came', req.context.now),
    }
  }
  formAt(router, path, 'signedIn', view, async (req, { reference, side }, typed) => {
    const { db, now, config } = req.context
    const asked = side === 'applicant' ? readOwn(typed) : readOutsider(typed)
    const ask = { actor: actorOf(req), reference, now, mail: config }
    const number = await askForFiles(db, { ...ask, ...asked })
    return { path: paths.fileRequest(reference, number), notice: 'filesAsked' }
  })
}

type Asked = Pick<Ask, 'body' | 'isBeforeDecision' | 'outsider'>
const body = requiredText(4000)

function readOwn(typed: Typed): Asked {
  const read = parseForm(z.strictObject({ body, wait: ticked }), typed)
  return { body: read.body, isBeforeDecision: read.wait, outsider: null }
}

function readOutsider(typed: Typed): Asked {
  const schema = z.strictObject({
    body,
    name: requiredText(200),
    contact: requiredText(1000),
    ...datePieces('came'),
  })
  const { name, contact, body: text } = parseForm(schema, typed)
  const outsider = { name, contact, askedOn: readDate(typed, 'came') }
  return { body: text, isBeforeDecision: false, outsider }
}

function deciding(router: Router): void {
  const path = '/ansoegninger/:reference/aktindsigt/:number'
  const found = async (req: Request) => {
    const { it, side } = await sideOf(req)
    const request = await getFileRequest(
      req.context.db,
      it.application.id,
      idParam(req, 'number'),
      side,
    )
    return { it, side, request }
  }

  get(router, path, 'signedIn', async (req, res) => {
    const { it, side, request } = await found(req)
    const { db, viewer, config } = req.context
    const { reference } = it.application
    if (request.decided_at !== null) {
      const letter = await answerLetter(db, it, request, config.authorityName)
      const links = {
        back: paths.application(reference),
        pdf: paths.fileRequestPdf(reference, request.number),
      }
      return show(req, res, 'documents/letter', { ...letter, ...links }, { title: letter.title })
    }
    if (side === 'applicant') {
      const page = waitingPage(it, request, viewer.lang)
      return show(req, res, 'file-requests/waiting', page, { title: page.heading })
    }
    await assertNoOpenReview(db, actorOf(req), it.application.id)
    await showDecide(req, res, { it, request }, null, [], 200)
  })

  get(router, `${path}/svar.pdf`, 'signedIn', async (req, res) => {
    const { it, request } = await found(req)
    if (request.decided_at === null) throw new NotFound()
    const letter = await answerLetter(req.context.db, it, request, req.context.config.authorityName)
    await sendPdf(res, `${it.application.reference}-aktindsigt-${request.number}`, letter)
  })

  post(router, path, ['secretariat'], async (req, res) => {
    const it = await found(req)
    const { db, now, config, viewer } = req.context
    const { reference } = it.it.application
    const typed = bodyOf(req)
    await assertNoOpenReview(db, actorOf(req), it.it.application.id)
    const documents = await documentsToDecide(db, it.it, it.request.language)
    try {
      const { answer, decisions } = readDecisions(documents, typed)
      await decideFileRequest(db, {
        actor: actorOf(req),
        reference,
        number: it.request.number,
        answer,
        documents: decisions,
        now,
        mail: config,
      })
      seeOther(res, paths.fileRequest(reference, it.request.number), 'filesDecided')
    } catch (error) {
      if (!(error instanceof InvalidInput) || error.status === 400) throw error
      await showDecide(req, res, it, typed, errorsOf(error.problems, viewer.lang), 422)
    }
  })
}

type Found = { it: Case; request: Awaited<ReturnType<typeof getFileRequest>> }

async function showDecide(
  req: Request,
  res: Response,
  { it, request }: Found,
  typed: Typed | null,
  errors: FormError[],
  status: number,
): Promise<void> {
  const { db, viewer } = req.context
  const documents = await documentsToDecide(db, it, request.language)
  const page = decidePage(it, request, documents, viewer, typed, errors)
  show(req, res, 'file-requests/decide', page, { title: page.heading, status })
}

/** What was chosen of each document; with the box ticked, whatever was not chosen is given whole. */
function readDecisions(documents: ToDecide, typed: Typed) {
  const shape = Object.assign(
    {},
    ...documents.map(({ key }) => ({
      [`decision-${key}`]: choice(['full', 'extract', 'refused']).optional(),
      [`extract-${key}`]: optionalText(500_000),
      [`reason-${key}`]: optionalText(4000),
      [`rule-${key}`]: optionalText(300),
    })),
  ) as z.ZodRawShape
  const schema = z.strictObject({ answer: optionalText(8000), rest: ticked, ...shape })
  const read = parseForm(schema, typed) as Record<string, unknown> & {
    answer: string
    rest: boolean
  }
  const textOf = (name: string) => (typeof read[name] === 'string' ? read[name] : '')
  const decisions = documents.map(({ document, key, text }) => {
    const chosen = (['full', 'extract', 'refused'] as const).find(
      (d) => d === read[`decision-${key}`],
    )
    const decision = chosen ?? (read.rest && !document.isSealed ? ('full' as const) : null)
    return {
      kind: document.kind,
      id: document.id,
      title: decision === 'full' ? document.title : document.nameless,
      at: document.at,
      decision,
      body: decision === 'extract' ? textOf(`extract-${key}`) : text,
      reason: textOf(`reason-${key}`),
      rule: textOf(`rule-${key}`),
    }
  })
  return { answer: read.answer, decisions }
}
