import express from 'express'
import type { Request, Router } from 'express'
import type { CriterionRow, PoolRow } from '../db/tables.ts'
import { shortName } from '../settings/pages.ts'
import { getAdministeredPool } from '../settings/queries.ts'
import { Stale } from '../shared/errors.ts'
import { nameOf } from '../shared/name-of.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, param } from '../web/context.ts'
import type { FormView } from '../web/form-page.ts'
import { formAt, isOvertaken } from '../web/form-page.ts'
import { show } from '../web/respond.ts'
import { get } from '../web/route.ts'
import { addCriterion, changeCriterion, endCriterion, weighCriteria } from './change-criteria.ts'
import {
  ownWeightField,
  readNewCriterion,
  readTexts,
  readWeights,
  textFields,
  typedTexts,
  typedWeights,
  weightFields,
} from './form.ts'
import { criteriaPage } from './pages.ts'
import { getCriterionInUse, listCriteriaInUse } from './queries.ts'

const administrators = ['administrator'] as const
const base = '/administration/puljer/:code/kriterier'
const lang = (req: Request) => req.context.viewer.lang
const poolOf = (req: Request) =>
  getAdministeredPool(req.context.db, actorOf(req), param(req, 'code'))

/** What applications are measured by, and how much each thing weighs. */
export function criteriaRoutes(): Router {
  const router = express.Router()

  get(router, base, administrators, async (req, res) => {
    const { db, viewer } = req.context
    const page = await criteriaPage(db, await poolOf(req), viewer)
    const title = `${t(viewer.lang, 'settings.criteria')} – ${page.pool}`
    show(req, res, 'criteria/index', page, { title })
  })

  form(router, `${base}/ny`, newCriterion)
  form(router, `${base}/vaegte`, allWeights)
  form(router, `${base}/:criterion`, oneCriterion)
  form(router, `${base}/:criterion/slut`, endOfCriterion)

  return router
}

type CriteriaForm = {
  view: Pick<FormView, 'heading' | 'explanation' | 'action' | 'specs'> & Partial<FormView>
  take: (body: Record<string, string | string[]>) => Promise<void>
}
type About = { pool: PoolRow; inUse: CriterionRow[] }

/** A form about the criteria of one pool: shown, and taken; after it one is back at all of them. */
function form(
  router: Router,
  path: string,
  of: (req: Request, about: About) => CriteriaForm | Promise<CriteriaForm>,
) {
  const whole = async (req: Request) => {
    const pool = await poolOf(req)
    const inUse = await listCriteriaInUse(req.context.db, pool.id)
    const { view, take } = await of(req, { pool, inUse })
    const whole: FormView = {
      about: shortName(pool, lang(req)),
      button: t(lang(req), 'common.save'),
      back: paths.criteria(pool.code),
      version: pool.version,
      facts: isOvertaken(req, pool.version)
        ? inUse.map((c) => ({
            term: t(lang(req), 'settings.nowStored', { what: nameOf(c, lang(req)) }),
            text: t(lang(req), 'reviews.weight', { weight: c.weight }),
          }))
        : [],
      template: 'steps/grouped',
      ...view,
    }
    return { ...whole, take }
  }
  formAt(router, path, administrators, whole, async (req, page, body) => {
    // The fields are those of the criteria: when these changed meanwhile, that is what to say.
    if (isOvertaken(req, page.version ?? 0)) throw new Stale()
    await page.take(body)
    return { path: page.back, notice: 'saved' }
  })
}

const by = (req: Request, pool: PoolRow) => ({
  actor: actorOf(req),
  now: req.context.now,
  code: pool.code,
})

const newCriterion = (req: Request, { pool, inUse }: About): CriteriaForm => ({
  view: {
    heading: t(lang(req), 'settings.newCriterion'),
    explanation: t(lang(req), 'settings.newCriterionWhy'),
    action: paths.newCriterion(pool.code),
    specs: [...textFields(lang(req)), ownWeightField(lang(req)), ...weightFields(inUse, lang(req))],
    defaults: typedWeights(inUse),
  },
  take: (body) =>
    addCriterion(req.context.db, { ...by(req, pool), ...readNewCriterion(inUse, body) }),
})

const allWeights = (req: Request, { pool, inUse }: About): CriteriaForm => ({
  view: {
    heading: t(lang(req), 'settings.weigh'),
    explanation: t(lang(req), 'settings.weighWhy'),
    action: paths.weights(pool.code),
    specs: weightFields(inUse, lang(req), true),
    defaults: typedWeights(inUse),
  },
  take: (body) =>
    weighCriteria(req.context.db, { ...by(req, pool), ...readWeights(inUse, body, true) }),
})

async function oneCriterion(req: Request, { pool }: About): Promise<CriteriaForm> {
  const criterion = await criterionOf(req, pool)
  return {
    view: {
      heading: nameOf(criterion, lang(req)),
      explanation: t(lang(req), 'settings.criterionWhy'),
      action: paths.criterion(pool.code, criterion.code),
      specs: textFields(lang(req)),
      defaults: typedTexts(criterion),
    },
    take: (body) =>
      changeCriterion(req.context.db, {
        ...by(req, pool),
        criterion: criterion.code,
        ...readTexts(body),
      }),
  }
}

async function endOfCriterion(req: Request, { pool, inUse }: About): Promise<CriteriaForm> {
  const criterion = await criterionOf(req, pool)
  const others = inUse.filter((c) => c.code !== criterion.code)
  const name = nameOf(criterion, lang(req))
  return {
    view: {
      heading: t(lang(req), 'settings.endCriterionNamed', { name }),
      explanation: t(lang(req), 'settings.endCriterionWhy', { weight: criterion.weight }),
      button: t(lang(req), 'settings.endCriterion'),
      action: paths.endCriterion(pool.code, criterion.code),
      specs: weightFields(others, lang(req)),
      defaults: typedWeights(others),
    },
    take: (body) =>
      endCriterion(req.context.db, {
        ...by(req, pool),
        criterion: criterion.code,
        ...readWeights(others, body, false),
      }),
  }
}

const criterionOf = (req: Request, pool: PoolRow) =>
  getCriterionInUse(req.context.db, pool.id, param(req, 'criterion'))
