import express from 'express'
import type { Request, Router } from 'express'
import { z } from 'zod'
import { listFiles, readParts } from '../attachments/queries.ts'
import { NotFound } from '../shared/errors.ts'
import { assertNoOpenReview } from '../reviews/queries.ts'
import { paths } from '../shared/paths.ts'
import { caseOf } from '../web/case.ts'
import { actorOf, bodyOf, idParam } from '../web/context.ts'
import { pdfOf, sendPdf } from '../web/pdf-file.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import { parseForm } from '../web/schemas.ts'
import { sendZip } from '../web/zip-file.ts'
import { exportCase } from './export-case.ts'
import { caseData, filePath } from './export-page.ts'
import { isOwnExport } from './queries.ts'
import { decisionLetter, ownCopy, wholeCase } from './letter-page.ts'
import { documentsOf } from './pages.ts'

/** Copies of a case on paper: their own copy, a decision alone. */
export function documentsRoutes(): Router {
  const router = express.Router()

  get(router, '/ansoegninger/:reference/udskrift', 'signedIn', async (req, res) => {
    const it = await caseOf(req)
    const { reference } = it.application
    const letter = await ownCopy(req.context.db, it, by(req))
    const links = { back: paths.application(reference), pdf: paths.applicationPdf(reference) }
    show(req, res, 'documents/letter', { ...letter, ...links }, { title: letter.title })
  })

  get(router, '/ansoegninger/:reference/udskrift.pdf', 'signedIn', async (req, res) => {
    const it = await caseOf(req)
    const letter = await ownCopy(req.context.db, it, by(req))
    await sendPdf(res, it.application.reference, letter)
  })

  get(router, '/ansoegninger/:reference/afgoerelser/:id.pdf', 'signedIn', async (req, res) => {
    const it = await caseOf(req)
    const letter = await decisionLetter(req.context.db, it, idParam(req), by(req))
    await sendPdf(res, `${it.application.reference}-${idParam(req)}`, letter)
  })

  post(router, '/ansoegninger/:reference/eksport', ['secretariat'], async (req, res) => {
    const { reference } = (await caseOf(req)).application
    parseForm(z.strictObject({}), bodyOf(req))
    const { db, now } = req.context
    const id = await exportCase(db, { actor: actorOf(req), reference, now })
    seeOther(res, paths.caseExport(reference, id))
  })

  get(router, '/ansoegninger/:reference/eksport/:id', ['secretariat'], async (req, res) => {
    const it = await caseOf(req)
    const { db, now } = req.context
    const { id: applicationId, reference } = it.application
    const own = { applicationId, historyId: idParam(req), personId: actorOf(req).personId, now }
    if (!(await isOwnExport(db, own))) throw new NotFound()
    await assertNoOpenReview(db, actorOf(req), applicationId)
    const letter = await wholeCase(db, it, by(req))
    const data = await caseData(db, it, await documentsOf(db, it, letter.lang), now)
    const files = await listFiles(db, applicationId)
    const json = Buffer.from(JSON.stringify(data, null, 2))
    await sendZip(res, reference, [
      { name: 'sag.pdf', at: letter.asOf, parts: [await pdfOf(letter)] },
      { name: 'sag.json', at: letter.asOf, parts: [json] },
      ...files.map((f) => ({ name: filePath(f), at: f.created_at, parts: readParts(db, f.id) })),
    ])
  })

  return router
}

const by = ({ context }: Request) => ({
  lang: context.viewer.lang,
  from: context.config.authorityName,
})
