import express from 'express'
import type { Request, Router } from 'express'
import { z } from 'zod'
import type { PoolRow } from '../db/tables.ts'
import { NotFound } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, bodyOf, idParam, param } from '../web/context.ts'
import type { FormView } from '../web/form-page.ts'
import { formAt, isOvertaken } from '../web/form-page.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import { amount, choice, datePieces, parseForm, readDate, requiredText } from '../web/schemas.ts'
import {
  addDelegation,
  changePool,
  endDelegation,
  removePayoutBand,
  setPayoutBand,
} from './change-pool.ts'
import { readSection, sectionFields, sectionNames, sectionRows, storedIn } from './form.ts'
import { delegationFields, poolSettingsPage, poolsPage, shortName } from './pages.ts'
import {
  bandAt,
  bandFields,
  bandNameWithin,
  bandsOf,
  payoutLines,
  readBand,
  typedBand,
} from './payout-page.ts'
import { getAdministeredPool, listAllDelegations } from './queries.ts'

const administrators = ['administrator'] as const
const base = '/administration/puljer'
const lang = (req: Request) => req.context.viewer.lang
const by = (req: Request) => ({ actor: actorOf(req), now: req.context.now })
const poolOf = (req: Request) =>
  getAdministeredPool(req.context.db, actorOf(req), param(req, 'code'))

/** What a pool says and allows, who may decide in it, and how its grants are paid. */
export function settingsRoutes(): Router {
  const router = express.Router()

  get(router, base, administrators, async (req, res) => {
    const { db, viewer } = req.context
    const page = await poolsPage(db, actorOf(req), viewer)
    show(req, res, 'settings/index', page, { title: t(viewer.lang, 'settings.pools') })
  })

  get(router, `${base}/:code`, administrators, async (req, res) => {
    const { db, viewer } = req.context
    const page = await poolSettingsPage(db, await poolOf(req), viewer)
    show(req, res, 'settings/show', page, { title: page.name })
  })

  form(router, `${base}/:code/rediger/:section`, sectionForm)
  form(router, `${base}/:code/udbetaling/:band`, bandForm)
  form(router, `${base}/:code/delegationer/ny`, newDelegation)
  form(router, `${base}/:code/delegationer/:delegation/slut`, endOfDelegation)

  post(router, `${base}/:code/udbetaling/:band/fjern`, administrators, async (req, res) => {
    const pool = await poolOf(req)
    const schema = z.strictObject({ version: z.coerce.number().int() })
    const { version } = parseForm(schema, bodyOf(req))
    const band = bandAt(pool, param(req, 'band'))
    if (band === null) throw new NotFound()
    await removePayoutBand(req.context.db, { ...by(req), code: pool.code, version, band })
    seeOther(res, paths.poolSettings(pool.code), 'saved')
  })

  return router
}

type PoolForm = { view: FormView; take: (body: Record<string, string | string[]>) => Promise<void> }

/** A form about one pool: shown, and taken; after it one is back at the pool. */
function form(
  router: Router,
  path: string,
  of: (req: Request, pool: PoolRow) => Promise<PoolForm>,
) {
  const view = async (req: Request) => {
    const { view, take } = await of(req, await poolOf(req))
    return { ...view, take }
  }
  formAt(router, path, administrators, view, async (_req, page, body) => {
    await page.take(body)
    return { path: page.back, notice: 'saved' }
  })
}

const viewOf = (req: Request, pool: PoolRow) => ({
  about: shortName(pool, lang(req)),
  button: t(lang(req), 'common.save'),
  back: paths.poolSettings(pool.code),
})

function sectionForm(req: Request, pool: PoolRow): Promise<PoolForm> {
  const section = sectionNames.find((name) => name === param(req, 'section'))
  if (!section) throw new NotFound()
  return Promise.resolve({
    view: {
      ...viewOf(req, pool),
      heading: t(lang(req), `settings.section.${section}`),
      explanation: t(lang(req), `settings.sectionWhy.${section}`),
      action: paths.poolSection(pool.code, section),
      specs: sectionFields(section, lang(req)),
      defaults: storedIn(pool, section),
      facts: isOvertaken(req, pool.version)
        ? sectionRows(pool, section, lang(req)).map(({ key, value }) => ({
            term: t(lang(req), 'settings.nowStored', { what: key }),
            text: value,
          }))
        : [],
      version: pool.version,
    },
    take: (body) =>
      changePool(req.context.db, { ...by(req), code: pool.code, ...readSection(section, body) }),
  })
}

function bandForm(req: Request, pool: PoolRow): Promise<PoolForm> {
  const name = param(req, 'band')
  const band = bandAt(pool, name)
  return Promise.resolve({
    view: {
      ...viewOf(req, pool),
      template: 'steps/grouped',
      heading:
        band === null
          ? t(lang(req), 'settings.newBand')
          : t(lang(req), 'settings.bandHeading', {
              which: bandNameWithin(bandsOf(pool), band, lang(req)),
            }),
      facts: payoutLines(pool, lang(req))
        .filter((_, i) => i === band)
        .map(({ example }) => ({ term: t(lang(req), 'settings.meansNow'), text: example })),
      explanation: t(lang(req), 'settings.bandWhy'),
      action: paths.payoutBand(pool.code, name),
      specs: bandFields(pool, band, lang(req)),
      defaults: typedBand(pool, band),
      version: pool.version,
    },
    take: (body) =>
      setPayoutBand(req.context.db, {
        ...by(req),
        code: pool.code,
        band,
        ...readBand(pool, band, body),
      }),
  })
}

function newDelegation(req: Request, pool: PoolRow): Promise<PoolForm> {
  const schema = z.strictObject({
    role: choice(['decisionMaker', 'secretariat']),
    body_da: requiredText(120),
    body_en: requiredText(120),
    case_number: requiredText(60),
    ...datePieces('decidedOn'),
    limit_ore: amount(),
    ...datePieces('validTo'),
  })
  return Promise.resolve({
    view: {
      ...viewOf(req, pool),
      heading: t(lang(req), 'settings.newDelegation'),
      explanation: t(lang(req), 'settings.newDelegationWhy'),
      action: paths.newDelegation(pool.code),
      specs: delegationFields(lang(req)),
    },
    take: async (body) => {
      const { role, body_da, body_en, case_number, limit_ore } = parseForm(schema, body)
      const decided_on = readDate(body, 'decidedOn')
      const valid_to = readDate(body, 'validTo')
      const delegation = { role, body_da, body_en, case_number, decided_on, limit_ore, valid_to }
      await addDelegation(req.context.db, { ...by(req), code: pool.code, delegation })
    },
  })
}

async function endOfDelegation(req: Request, pool: PoolRow): Promise<PoolForm> {
  const delegationId = idParam(req, 'delegation')
  const all = await listAllDelegations(req.context.db, [pool.id])
  const delegation = all.find((d) => d.id === delegationId)
  if (!delegation) throw new NotFound()
  return {
    view: {
      ...viewOf(req, pool),
      heading: t(lang(req), 'settings.endDelegation'),
      explanation: t(lang(req), 'settings.endDelegationWhy', {
        body: lang(req) === 'da' ? delegation.body_da : delegation.body_en,
        number: delegation.case_number,
      }),
      button: t(lang(req), 'settings.endDelegation'),
      action: paths.endDelegation(pool.code, delegationId),
      specs: [
        {
          name: 'reason',
          kind: 'textarea',
          label: t(lang(req), 'settings.field.reason.label'),
          rows: 3,
        },
      ],
    },
    take: async (body) => {
      const { reason } = parseForm(z.strictObject({ reason: requiredText(1000) }), body)
      await endDelegation(req.context.db, { ...by(req), code: pool.code, delegationId, reason })
    },
  }
}
