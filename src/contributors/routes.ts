import express from 'express'
import type { Request, Router } from 'express'
import { z } from 'zod'
import { proposeContribution } from '../contributions/propose-contribution.ts'
import type { ContributorRow, PoolRow } from '../db/tables.ts'
import { getAdministeredPool, listAdministeredPools } from '../settings/queries.ts'
import { nameOf } from '../shared/name-of.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, param } from '../web/context.ts'
import type { FormView } from '../web/form-page.ts'
import { formAt } from '../web/form-page.ts'
import { seeOther, show } from '../web/respond.ts'
import { get } from '../web/route.ts'
import { choice, datePieces, parseForm, readDate, requiredText } from '../web/schemas.ts'
import { addContributor, endContributor, renameContributor } from './change-contributors.ts'
import { contributorListPage, contributorPage } from './pages.ts'
import { proposalFields, readProposal, usualProposal } from './form.ts'
import { getContributor, getOwnContributor, listLiveContributors } from './queries.ts'
import {
  addFields,
  contributorSettingsPage,
  contributorsSettingsPage,
  endFields,
  renameFields,
  standingMoney,
} from './settings-page.ts'

const readers = ['contributor', 'secretariat', 'finance', 'administrator'] as const

export function contributorsRoutes(): Router {
  const router = express.Router()

  get(router, '/bidragydere', readers, async (req, res) => {
    const { db, viewer } = req.context
    const page = await contributorListPage(db, actorOf(req), viewer.lang)
    const [only, second] = page.contributors
    if (only && !second) return seeOther(res, paths.contributor(only.code))
    show(req, res, 'contributors/index', page, { title: t(viewer.lang, 'contributors.title') })
  })

  get(router, '/bidragydere/:code', readers, async (req, res) => {
    const { db, viewer } = req.context
    const actor = actorOf(req)
    const contributor = await getContributor(db, actor, param(req, 'code'))
    const page = await contributorPage(db, contributor, actor, viewer)
    show(req, res, 'contributors/show', page, { title: page.name })
  })

  settings(router)
  changes(router)
  return router
}

const administrators = ['administrator'] as const
const lang = (req: Request) => req.context.viewer.lang
const by = (req: Request) => ({ actor: actorOf(req), now: req.context.now })
const version = { version: z.coerce.number().int() }
const name = requiredText(120)
const contributorCode = requiredText(8)
  .transform((text) => text.toLocaleUpperCase('da'))
  .refine((text) => /^[A-ZÆØÅ0-9]{2,8}$/.test(text), { error: 'contributors.codeForm' })
const idOrNone = z
  .string()
  .regex(/^(?:[1-9]\d{0,9})?$/, 'fields.choose')
  .transform((text) => (text === '' ? null : Number(text)))

/** Who puts money into the pools: added, renamed, ended, and what each puts in next. */
function settings(router: Router): void {
  const list = '/administration/bidragydere'
  get(router, list, administrators, async (req, res) => {
    const { db, viewer } = req.context
    const pools = await listAdministeredPools(db, actorOf(req))
    const page = await contributorsSettingsPage(db, actorOf(req), viewer, pools)
    show(req, res, 'contributors/settings', page, {
      title: t(viewer.lang, 'contributors.settings'),
    })
  })

  const adding = `${list}/:pool/ny`
  const view = async (req: Request): Promise<FormView & { pool: PoolRow }> => {
    const pool = await getAdministeredPool(req.context.db, actorOf(req), param(req, 'pool'))
    return {
      pool,
      ...words(req, 'add'),
      about: nameOf(pool, lang(req)),
      back: paths.contributorsSettings(),
      action: paths.addContributor(pool.code),
      specs: addFields(lang(req)),
    }
  }
  formAt(router, adding, administrators, view, async (req, page, body) => {
    const schema = z.strictObject({
      code: contributorCode,
      nameDa: name,
      nameEn: name,
      kind: choice(['administration', 'localCouncil']),
      ...datePieces('from'),
    })
    const { code, nameDa, nameEn, kind } = parseForm(schema, body)
    const names = { name_da: nameDa, name_en: nameEn }
    const valid_from = readDate(body, 'from')
    const contributor = { pool_id: page.pool.id, code, kind, valid_from, ...names }
    await addContributor(req.context.db, { ...by(req), contributor })
    return { path: paths.contributorSettings(code), notice: 'saved' }
  })

  get(router, `${list}/:code`, administrators, async (req, res) => {
    const { db, viewer } = req.context
    const contributor = await ownOf(req)
    const page = await contributorSettingsPage(db, contributor, actorOf(req), viewer)
    show(req, res, 'contributors/setting', page, { title: page.name })
  })
}

const words = (req: Request, what: 'add' | 'rename' | 'end' | 'propose') => ({
  heading: t(lang(req), `contributors.${what}`),
  explanation: t(lang(req), `contributors.${what}Why`),
  button: t(lang(req), `contributors.${what}`),
})

const ownOf = (req: Request) => getOwnContributor(req.context.db, actorOf(req), param(req, 'code'))

function changes(router: Router): void {
  const page = '/administration/bidragydere/:code'
  const form = (req: Request, c: ContributorRow, what: 'rename' | 'end' | 'propose') => ({
    ...words(req, what),
    about: nameOf(c, lang(req)),
    back: paths.contributorSettings(c.code),
  })

  const renaming = async (req: Request): Promise<FormView & { code: string }> => {
    const c = await ownOf(req)
    return {
      code: c.code,
      ...form(req, c, 'rename'),
      action: paths.renameContributor(c.code),
      specs: renameFields(lang(req)),
      version: c.version,
      defaults: { nameDa: c.name_da, nameEn: c.name_en },
    }
  }
  formAt(router, `${page}/navn`, administrators, renaming, async (req, view, body) => {
    const schema = z.strictObject({ ...version, nameDa: name, nameEn: name })
    const read = parseForm(schema, body)
    await renameContributor(req.context.db, {
      ...by(req),
      code: view.code,
      version: read.version,
      names: { name_da: read.nameDa, name_en: read.nameEn },
    })
    return { path: view.back, notice: 'saved' }
  })

  const ending = async (req: Request): Promise<FormView & { code: string }> => {
    const { db } = req.context
    const c = await ownOf(req)
    return {
      code: c.code,
      ...form(req, c, 'end'),
      action: paths.endContributor(c.code),
      facts: await standingMoney(db, c, lang(req)),
      specs: endFields(await listLiveContributors(db, c), lang(req)),
      version: c.version,
    }
  }
  formAt(router, `${page}/slut`, administrators, ending, async (req, view, body) => {
    const schema = z.strictObject({
      ...version,
      ...datePieces('lastDay'),
      successor: idOrNone.default(null),
    })
    const read = parseForm(schema, body)
    await endContributor(req.context.db, {
      ...by(req),
      code: view.code,
      version: read.version,
      lastDay: readDate(body, 'lastDay'),
      successorId: read.successor,
    })
    return { path: view.back, notice: 'saved' }
  })

  const proposing = async (req: Request): Promise<FormView & { contributor: ContributorRow }> => {
    const contributor = await ownOf(req)
    return {
      contributor,
      ...form(req, contributor, 'propose'),
      action: paths.proposeContribution(contributor.code),
      specs: proposalFields(lang(req), req.context.now),
      defaults: await usualProposal(req.context.db, contributor, req.context.now),
    }
  }
  formAt(router, `${page}/bidrag`, administrators, proposing, async (req, view, body) => {
    const read = readProposal(body, req.context.now)
    const { id, pool_id } = view.contributor
    await proposeContribution(req.context.db, {
      ...by(req),
      poolId: pool_id,
      contributorId: id,
      ...read,
    })
    return { path: view.back, notice: 'saved' }
  })
}
