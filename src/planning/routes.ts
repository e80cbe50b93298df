import express from 'express'
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import type { PoolRow, RoundRow } from '../db/tables.ts'
import { listPools } from '../pools/queries.ts'
import { cancelRound, changeRound, planRound, planYear } from '../rounds/change-rounds.ts'
import type { YearRule } from '../rounds/plan-year.ts'
import { getOwnRound, listRoundsOfPool } from '../rounds/queries.ts'
import { getAdministeredPool, listAdministeredPools } from '../settings/queries.ts'
import { copenhagenYear, formatDateTime } from '../shared/danish.ts'
import { Blocked, InvalidInput } from '../shared/errors.ts'
import { nameOf } from '../shared/name-of.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, bodyOf, idParam, param } from '../web/context.ts'
import type { FormError, Typed } from '../web/fields.ts'
import { errorsOf } from '../web/fields.ts'
import type { FormView } from '../web/form-page.ts'
import { formAt } from '../web/form-page.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import { clockTime, datePieces, parseForm } from '../web/schemas.ts'
import { planningPage, readRound, roundFields, typedRound } from './pages.ts'
import { readRule, usualRule, yearPage } from './year-page.ts'

const lang = (req: Request) => req.context.viewer.lang

/** The rounds to come: one planned, a whole year by rule, changed and cancelled before they open. */
export function planningRoutes(): Router {
  const router = express.Router()
  planning(router)
  oneYear(router)
  oneRound(router)
  return router
}

const administrators = ['administrator'] as const
const by = (req: Request) => ({ actor: actorOf(req), now: req.context.now })

/** A pool of the address, for those who administer it. */
const poolOf = (req: Request): Promise<PoolRow> =>
  getAdministeredPool(req.context.db, actorOf(req), param(req, 'code'))

function planning(router: Router): void {
  get(router, '/administration/runder', administrators, async (req, res) => {
    const { db, viewer, now } = req.context
    const { aar } = req.query
    const year = typeof aar === 'string' && /^20\d\d$/.test(aar) ? Number(aar) : copenhagenYear(now)
    const pools = await listAdministeredPools(db, actorOf(req))
    const page = await planningPage(db, actorOf(req), viewer, pools, year)
    show(req, res, 'rounds/planning', page, { title: t(viewer.lang, 'rounds.title') })
  })

  const path = '/administration/runder/:code/ny'
  const view = async (req: Request): Promise<FormView & { pool: PoolRow }> => {
    const pool = await poolOf(req)
    return {
      pool,
      heading: t(lang(req), 'rounds.plan'),
      about: nameOf(pool, lang(req)),
      explanation: t(lang(req), 'rounds.planWhy'),
      button: t(lang(req), 'rounds.plan'),
      back: paths.plannedRounds(),
      action: paths.planRound(pool.code),
      specs: roundFields(lang(req)),
      defaults: { opensTime: t(lang(req), 'rounds.midnight') },
    }
  }
  formAt(router, path, administrators, view, async (req, page, body) => {
    const times = readRound(body, parseForm(z.strictObject(roundPieces), body))
    await planRound(req.context.db, { ...by(req), poolId: page.pool.id, times })
    const year = copenhagenYear(times.closes_at)
    return { path: paths.plannedRounds(year), notice: 'roundsPlanned' }
  })
}

const roundPieces = {
  ...datePieces('opens'),
  opensTime: clockTime,
  ...datePieces('closes'),
  closesTime: clockTime,
  ...datePieces('decides'),
}

function oneYear(router: Router): void {
  const path = '/administration/runder/:code/aar'
  const showYear = async (
    req: Request,
    res: Response,
    typed: Typed,
    rule: YearRule | null,
    { errors = [], status = 200 }: { errors?: FormError[]; status?: number } = {},
  ) => {
    const { db, viewer } = req.context
    const pool = await poolOf(req)
    const existing = await listRoundsOfPool(db, pool.id)
    const values = rule === null && errors.length === 0 ? usual(req, pool, existing) : typed
    const page = yearPage(pool, existing, viewer, values, rule, errors)
    show(req, res, 'rounds/year', page, { title: t(viewer.lang, 'rounds.planYear'), status })
  }
  const usual = (req: Request, pool: PoolRow, existing: RoundRow[]) =>
    usualRule(pool, existing, lang(req), req.context.now)

  get(router, path, administrators, async (req, res) => {
    const { besked: _, ...typed } = req.query as Typed
    if (Object.keys(typed).length === 0) return showYear(req, res, typed, null)
    try {
      await showYear(req, res, typed, readRule(typed, req.context.now))
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error
      const errors = errorsOf(error.problems, lang(req))
      await showYear(req, res, typed, null, { errors, status: 422 })
    }
  })
  post(router, path, administrators, async (req, res) => {
    const pool = await poolOf(req)
    const body = bodyOf(req)
    const rule = readRule(body, req.context.now)
    try {
      await planYear(req.context.db, { ...by(req), poolId: pool.id, rule })
      seeOther(res, paths.plannedRounds(rule.year), 'roundsPlanned')
    } catch (error) {
      if (!(error instanceof Blocked)) throw error
      await showYear(req, res, body, rule, { status: 409 })
    }
  })
}

function oneRound(router: Router): void {
  const view = async (
    req: Request,
    what: 'change' | 'cancel',
  ): Promise<FormView & { round: RoundRow }> => {
    const { db } = req.context
    const round = await getOwnRound(db, actorOf(req), idParam(req))
    const pool = (await listPools(db)).find((p) => p.id === round.pool_id)
    const when = formatDateTime(round.closes_at, lang(req))
    return {
      round,
      heading: t(lang(req), `rounds.${what}`),
      about: pool ? nameOf(pool, lang(req)) : '',
      explanation: t(lang(req), `rounds.${what}Why`, { when }),
      button: t(lang(req), `rounds.${what}`),
      back: paths.plannedRounds(copenhagenYear(round.closes_at)),
      action: what === 'change' ? paths.changeRound(round.id) : paths.cancelRound(round.id),
      specs: what === 'change' ? roundFields(lang(req)) : [],
      version: round.version,
      defaults: typedRound(round, lang(req)),
    }
  }
  const version = { version: z.coerce.number().int() }

  const changing = '/administration/runder/:id/ret'
  formAt(
    router,
    changing,
    administrators,
    (req: Request) => view(req, 'change'),
    async (req, page, body) => {
      const read = parseForm(z.strictObject({ ...version, ...roundPieces }), body)
      const times = readRound(body, read)
      const roundId = page.round.id
      await changeRound(req.context.db, { ...by(req), roundId, version: read.version, times })
      return { path: paths.plannedRounds(copenhagenYear(times.closes_at)), notice: 'saved' }
    },
  )

  const cancelling = '/administration/runder/:id/aflys'
  formAt(
    router,
    cancelling,
    administrators,
    (req: Request) => view(req, 'cancel'),
    async (req, page, body) => {
      const read = parseForm(z.strictObject(version), body)
      await cancelRound(req.context.db, { ...by(req), roundId: page.round.id, ...read })
      return { path: page.back, notice: 'done' }
    },
  )
}
