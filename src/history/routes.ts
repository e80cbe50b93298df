import express from 'express'
import type { Request, Response, Router } from 'express'
import { copenhagenDate } from '../shared/danish.ts'
import { t } from '../templates/i18n.ts'
import { actorOf } from '../web/context.ts'
import { show } from '../web/respond.ts'
import { get } from '../web/route.ts'
import type { TableFormat } from '../web/table-file.ts'
import { rowsInFile, sendTable } from '../web/table-file.ts'
import {
  auditFilterOf,
  auditPage,
  auditTable,
  readAuditCursor,
  readAuditQuery,
} from './audit-page.ts'
import { listAudit } from './queries.ts'

const administrators = ['administrator'] as const

/** The history of everything: searched, filtered, page by page, and as a file. */
export function historyRoutes(): Router {
  const router = express.Router()

  get(router, '/administration/historik', administrators, async (req, res) => {
    const { db, viewer } = req.context
    const q = readAuditQuery(req.query)
    const page = await auditPage(db, actorOf(req), viewer, q, readAuditCursor(req.query))
    show(req, res, 'history/index', page, { title: t(viewer.lang, 'history.title') })
  })

  get(router, '/administration/historik.csv', administrators, (req, res) => send(req, res, 'csv'))
  get(router, '/administration/historik.xlsx', administrators, (req, res) => send(req, res, 'xlsx'))

  return router
}

async function send(req: Request, res: Response, format: TableFormat): Promise<void> {
  const { db, viewer, now } = req.context
  const filter = auditFilterOf(readAuditQuery(req.query))
  const rows = await listAudit(db, actorOf(req), filter, null, rowsInFile)
  const name = `${t(viewer.lang, 'history.file')}-${copenhagenDate(now)}`
  await sendTable(res, format, name, await auditTable(db, rows, viewer.lang))
}
