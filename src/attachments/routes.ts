import express from 'express'
import type { Router } from 'express'
import { pipeline } from 'node:stream/promises'
import { mediaTypes } from '../shared/file-kind.ts'
import { actorOf, idParam, param } from '../web/context.ts'
import { get } from '../web/route.ts'
import { getFile, readParts } from './queries.ts'

/** Files are fetched to be kept, never shown: what somebody else wrote is not a page of ours. */
export function attachmentsRoutes(): Router {
  const router = express.Router()

  get(router, '/ansoegninger/:reference/filer/:id', 'signedIn', async (req, res) => {
    const { db } = req.context
    const file = await getFile(db, actorOf(req), param(req, 'reference'), idParam(req))
    res.attachment(file.name)
    res.set({
      'Content-Type': mediaTypes[file.kind] ?? 'application/octet-stream',
      'Content-Length': String(file.size_bytes),
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Accept-Ranges': 'none',
    })
    if (req.method === 'HEAD') {
      res.end()
      return
    }
    await pipeline(readParts(db, file.id), res).catch((error: unknown) => {
      if (!res.destroyed) throw error // whoever hangs up halfway is no fault of ours
    })
  })

  return router
}
