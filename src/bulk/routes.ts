import express from 'express'
import type { Request, Router } from 'express'
import { z } from 'zod'
import { advanceApplication } from '../applications/advance-application.ts'
import { assignHandler } from '../applications/assign-handler.ts'
import { sendMessage } from '../applications/send-message.ts'
import { filterOf, listAddress, readQuery } from '../cases/pages.ts'
import { listCases } from '../cases/queries.ts'
import { extendDeadline } from '../casework/extend-deadline.ts'
import { listMovableDeadlines, movableKinds } from '../casework/queries.ts'
import { listPools } from '../pools/queries.ts'
import { inviteReviewer } from '../reviews/invite-reviewer.ts'
import { copenhagenDate } from '../shared/danish.ts'
import { Blocked, InvalidInput, NotFound } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, bodyOf, idParam } from '../web/context.ts'
import type { FormView } from '../web/form-page.ts'
import { showForm, takeForm } from '../web/form-page.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import {
  choice,
  datePieces,
  optionalText,
  parseForm,
  readDate,
  requiredText,
} from '../web/schemas.ts'
import { fieldsOf, runPage } from './pages.ts'
import type { BulkAction, Chosen } from './queries.ts'
import { bulkActions, casesPerRun, getRun, listChosen, listItems } from './queries.ts'
import type { Act, BulkAsked } from './record-run.ts'
import { foresee, recordRun, settleItem } from './record-run.ts'

/** One step on many cases: chosen in the list, asked once, seen before it happens, done case by case. */
export function bulkRoutes(): Router {
  const router = express.Router()

  get(router, '/sager/samlet', ['secretariat'], async (req, res) => {
    const choice = await choiceOf(req)
    if (choice.problem === '') return showForm(req, res, await viewOf(req, choice))
    const page = { problem: choice.problem, back: choice.back }
    const title = t(req.context.viewer.lang, 'bulk.noneHeading')
    show(req, res, 'bulk/none', page, { title, status: 422 })
  })

  post(router, '/sager/samlet', ['secretariat'], async (req, res) => {
    const choice = await choiceOf(req)
    if (choice.problem !== '') throw new NotFound()
    await takeForm(req, res, await viewOf(req, choice), async (body) => {
      const { db, now } = req.context
      const asked = readAsked(choice.action, body, now)
      const prospects = []
      for (const it of choice.chosen) {
        prospects.push(await foresee(db, it, actOn(req, choice.action, asked, it)))
      }
      const personId = actorOf(req).personId
      const id = await recordRun(db, { personId, action: choice.action, asked, prospects, now })
      return { path: paths.bulkRun(id) }
    })
  })

  get(router, '/sager/samlet/:id', ['secretariat'], async (req, res) => {
    const { db, viewer } = req.context
    const run = await getRun(db, actorOf(req), idParam(req))
    const page = await runPage(db, actorOf(req), run, viewer.lang)
    show(req, res, 'bulk/run', page, { title: page.heading })
  })

  post(router, '/sager/samlet/:id', ['secretariat'], async (req, res) => {
    const { db, now } = req.context
    const run = await getRun(db, actorOf(req), idParam(req))
    parseForm(z.strictObject({}), bodyOf(req))
    const asked = JSON.parse(run.asked) as BulkAsked
    for (const item of await listItems(db, actorOf(req), run.id)) {
      if (item.outcome !== 'planned') continue
      const it = { ...item, id: item.application_id, version: item.seen_version }
      await settleItem(db, item, actOn(req, run.action, asked, it), now)
    }
    seeOther(res, paths.bulkRun(run.id))
  })

  return router
}

type Choice = {
  action: BulkAction
  chosen: Chosen[]
  /** The list as it was searched, to go back to. */
  back: string
  /** Why nothing can be done with this choice; '' when it can. */
  problem: string
}

/** What was ticked in the list; one box may stand for the whole page, or for all that was found. */
async function choiceOf(req: Request): Promise<Choice> {
  const { db, viewer } = req.context
  const actor = actorOf(req)
  const text = (name: string) => [req.query[name] ?? []].flat().map(String).join(',')
  const action = bulkActions.find((a) => a === text('handling'))
  if (action === undefined) throw new NotFound()
  const pools = await listPools(db)
  const q = readQuery(Object.fromEntries(new URLSearchParams(text('soegning'))), pools)
  const ticked = new Set(text('sag').split(',').filter(Boolean))
  if (ticked.delete('alle')) {
    const found = await listCases(db, actor, filterOf(q), { limit: casesPerRun + 1 })
    for (const { reference } of found) ticked.add(reference)
  }
  const isTooMany = ticked.size > casesPerRun
  const chosen = isTooMany ? [] : await listChosen(db, actor, [...ticked])
  const problem = isTooMany
    ? t(viewer.lang, 'bulk.tooMany', { max: casesPerRun })
    : chosen.length === 0
      ? t(viewer.lang, 'bulk.none')
      : ''
  return { action, chosen, back: listAddress(q), problem }
}

async function viewOf(req: Request, { action, chosen, back }: Choice): Promise<FormView> {
  const { db, viewer } = req.context
  const { lang } = viewer
  const references = chosen.map((c) => c.reference)
  const query = new URLSearchParams({ handling: action, sag: references.join(',') })
  return {
    heading: t(lang, `bulk.action.${action}`),
    about: t(lang, 'bulk.chosen', { count: chosen.length }),
    explanation: t(lang, `bulk.why.${action}`),
    button: t(lang, 'bulk.see'),
    back,
    action: `${paths.bulk()}?${query.toString()}`,
    specs: await fieldsOf(db, action, chosen, lang),
    facts: [{ term: t(lang, 'bulk.cases'), text: references.join(', ') }],
    defaults: { handler: String(actorOf(req).personId) },
  }
}

const id = z.coerce.number({ error: 'fields.choose' }).int()
const shapes = {
  assignHandler: { handler: id, note: optionalText(4000) },
  inviteReviewer: { reviewer: id },
  startReview: {},
  completeReview: {},
  extendDeadline: {
    kind: choice([...movableKinds]),
    ...datePieces('newDate'),
    reason: requiredText(2000),
  },
  postpone: { ...datePieces('newDate'), reason: requiredText(2000) },
  sendMessage: { body: requiredText(8000) },
} satisfies Record<BulkAction, z.ZodRawShape>

/** What was typed once for all. Throws InvalidInput with a message at each field. */
function readAsked(
  action: BulkAction,
  body: Record<string, string | string[]>,
  now: string,
): BulkAsked {
  const shape: z.ZodRawShape = shapes[action]
  const value = parseForm(z.strictObject(shape), body) as BulkAsked & Record<string, unknown>
  const asked = Object.fromEntries(
    Object.entries(value).filter(([name]) => !name.startsWith('newDate-')),
  ) as BulkAsked
  if (!('newDate-day' in shape)) return asked
  const newDate = readDate(body, 'newDate')
  if (newDate <= copenhagenDate(now)) {
    throw new InvalidInput([{ field: 'newDate', message: 'fields.dateInPast' }])
  }
  return { ...asked, newDate }
}

/** The operation that each action is on one case: the very one of the case's own page. */
function actOn(req: Request, action: BulkAction, asked: BulkAsked, it: Chosen): Act {
  const { now, config: mail } = req.context
  const common = { actor: actorOf(req), reference: it.reference, now, mail }
  const { handler = 0, reviewer = 0, newDate = '', reason = '', note = '', body = '' } = asked
  const step = (given: { newDate?: string; reason?: string }) => (trx: Parameters<Act>[0]) =>
    advanceApplication(trx, { ...common, event: action, version: it.version, asked: given })
  switch (action) {
    case 'assignHandler':
      if (it.case_handler_id === handler) return blocked('bulk.alreadyTheirs')
      return (trx) => assignHandler(trx, { ...common, handlerId: handler, note })
    case 'inviteReviewer':
      return (trx) => inviteReviewer(trx, { ...common, reviewerId: reviewer })
    case 'startReview':
    case 'completeReview':
      return step({})
    case 'postpone':
      if (it.decision_expected_on === newDate) return blocked('bulk.alreadyThen')
      return step({ newDate, reason })
    case 'extendDeadline':
      return async (trx) => {
        const open = await listMovableDeadlines(trx, it.id)
        const these = open.filter((d) => d.kind === asked.kind)
        if (these.length === 0) throw new Blocked('bulk.noDeadline')
        for (const { id: deadlineId } of these) {
          await extendDeadline(trx, { ...common, deadlineId, newDate, reason })
        }
      }
    case 'sendMessage':
      return (trx) => sendMessage(trx, { ...common, body })
  }
}

const blocked =
  (hint: string): Act =>
  () =>
    Promise.reject(new Blocked(hint))
