import express from 'express'
import type { Request, Router } from 'express'
import { paths } from '../shared/paths.ts'
import { caseOf } from '../web/case.ts'
import { idParam } from '../web/context.ts'
import { sendPdf } from '../web/pdf-file.ts'
import { show } from '../web/respond.ts'
import { get } from '../web/route.ts'
import { decisionLetter, ownCopy } from './letter-page.ts'

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

  return router
}

const by = ({ context }: Request) => ({
  lang: context.viewer.lang,
  from: context.config.authorityName,
})
