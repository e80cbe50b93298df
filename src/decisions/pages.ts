import { metaOf, permits, statusesWith } from '../../workflows/lifecycle.ts'
import type { Case } from '../applications/queries.ts'
import type { CaseLine } from '../portal/queries.ts'
import { listCasesForRole } from '../portal/queries.ts'
import type { RecommendationRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { rankScores } from '../reviews/queries.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { copenhagenYear, formatDate } from '../shared/danish.ts'
import { typedOre } from '../shared/money.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FormError, Typed } from '../web/fields.ts'
import { fieldOf } from '../web/fields.ts'

/** Cases to decide, best score first in each pool, with the money that is left. */
export async function decisionsPage(db: Db, actor: Actor, viewer: Viewer) {
  const { lang, now } = viewer
  const waiting = statusesWith('application', 'awaitsMunicipality').filter(
    (status) => metaOf('application', status).stage === 'decision',
  )
  const cases = await listCasesForRole(db, actor, 'decisionMaker', { statuses: waiting })
  const ranks = await rankScores(
    db,
    cases.map((c) => c.id),
  )
  const available = await db('pool_years')
    .where({ year: copenhagenYear(now) })
    .select<{ pool_id: number; available_ore: number }[]>('pool_id', 'available_ore')
  const recommended = await newestRecommendations(
    db,
    cases.map((c) => c.id),
  )
  const pools = [...new Map(cases.map((c) => [c.pool_id, c])).values()]
  return {
    pools: pools.map((pool) => ({
      name: lang === 'da' ? pool.pool_name_da : pool.pool_name_en,
      availableOre: available.find((a) => a.pool_id === pool.pool_id)?.available_ore ?? 0,
      cases: cases
        .filter((c) => c.pool_id === pool.pool_id)
        .map((c) => lineOf(c, ranks.get(c.id), recommended.get(c.id), lang))
        .sort((a, b) => b.points - a.points || (a.reference < b.reference ? -1 : 1))
        .map((line, i) => ({ ...line, rank: i + 1 })),
    })),
  }
}

async function newestRecommendations(db: Db, ids: number[]) {
  const rows = await db<RecommendationRow>('recommendations')
    .whereIn('application_id', ids)
    .orderBy('id')
  return new Map(rows.map((r) => [r.application_id, r]))
}

function lineOf(
  c: CaseLine,
  rank: { points: number; reviews: number } | undefined,
  recommendation: RecommendationRow | undefined,
  lang: Lang,
) {
  return {
    href: paths.application(c.reference),
    reference: c.reference,
    title: c.title,
    organisation: c.organisation_name,
    requestedOre: c.requested_ore,
    points: rank?.points ?? 0,
    score: rank ? (rank.points / 100).toFixed(1).replace('.', lang === 'da' ? ',' : '.') : '–',
    reviews: rank?.reviews ?? 0,
    recommendation: recommendation
      ? t(lang, `case.recommendation.${recommendation.outcome}`)
      : t(lang, 'decisions.noRecommendation'),
    recommendedOre: recommendation?.amount_ore ?? 0,
    expected: c.decision_expected_on ? formatDate(c.decision_expected_on, lang) : '',
  }
}

/** The form of a recommendation, with the newest one in it. */
export function recommendationPage(
  it: Case,
  newest: RecommendationRow | undefined,
  lang: Lang,
  typed: Typed,
  errors: FormError[],
) {
  const values: Typed = {
    outcome: newest?.outcome ?? '',
    amount: newest ? typedOre(newest.amount_ore) : typedOre(it.application.requested_ore),
    reasons: newest?.reasons ?? '',
    conditions: newest?.conditions ?? '',
    ...typed,
  }
  return {
    reference: it.application.reference,
    title: it.application.title,
    back: paths.application(it.application.reference),
    action: paths.recommendation(it.application.reference),
    requestedOre: it.application.requested_ore,
    isOpen: permits('application', it.application.status, 'awaitsMunicipality'),
    errors,
    fields: [
      fieldOf(
        {
          name: 'outcome',
          kind: 'radio',
          label: t(lang, 'decisions.field.outcome'),
          options: (['grant', 'reject'] as const).map((value) => ({
            value,
            label: t(lang, `case.recommendation.${value}`),
          })),
        },
        values,
        errors,
      ),
      fieldOf(
        { name: 'amount', kind: 'amount', label: t(lang, 'decisions.field.amount') },
        values,
        errors,
      ),
      fieldOf(
        {
          name: 'reasons',
          kind: 'textarea',
          label: t(lang, 'decisions.field.reasons'),
          hint: t(lang, 'decisions.field.reasonsHint'),
        },
        values,
        errors,
      ),
      fieldOf(
        {
          name: 'conditions',
          kind: 'textarea',
          label: t(lang, 'decisions.field.conditions'),
          optional: true,
          rows: 3,
        },
        values,
        errors,
      ),
    ],
  }
}
