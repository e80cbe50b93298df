import express from 'express'
import type { Request, Response, Router } from 'express'
import { listPools } from '../pools/queries.ts'
import { copenhagenDate } from '../shared/danish.ts'
import { t } from '../templates/i18n.ts'
import { actorOf } from '../web/context.ts'
import { show } from '../web/respond.ts'
import { get } from '../web/route.ts'
import type { TableFormat } from '../web/table-file.ts'
import { rowsInFile, sendTable } from '../web/table-file.ts'
import { casesPage, casesTable, filterOf, readCursor, readQuery } from './pages.ts'
import { listCases } from './queries.ts'

const officials = ['secretariat', 'decisionMaker', 'adviser', 'finance'] as const

/** Every case that an official may know of: searched, filtered, sorted, and as a file. */
export function casesRoutes(): Router {
  const router = express.Router()

  get(router, '/sager', officials, async (req, res) => {
    const { db, viewer } = req.context
    const pools = await listPools(db)
    const q = readQuery(req.query, pools)
    const cursor = readCursor(req.query, q.orden)
    const page = await casesPage(db, actorOf(req), viewer, pools, q, cursor)
    show(req, res, 'cases/index', page, { title: t(viewer.lang, 'cases.title') })
  })

  get(router, '/sager.csv', officials, (req, res) => send(req, res, 'csv'))
  get(router, '/sager.xlsx', officials, (req, res) => send(req, res, 'xlsx'))

  return router
}

async function send(req: Request, res: Response, format: TableFormat): Promise<void> {
  const { db, viewer, now } = req.context
  const q = readQuery(req.query, await listPools(db))
  const rows = await listCases(db, actorOf(req), filterOf(q), { limit: rowsInFile })
  const name = `${t(viewer.lang, 'cases.file')}-${copenhagenDate(now)}`
  await sendTable(res, format, name, casesTable(rows, viewer.lang))
}
