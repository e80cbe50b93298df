import type { ApplicationFacts } from '../../workflows/application.facts.ts'
import type { Ask } from '../../workflows/vocabulary.ts'
import type { AskOptions } from '../applications/form.ts'
import type { Case } from '../applications/queries.ts'
import { findOpenMove, findRoundFor } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import { partsOf, planFor } from '../instalments/plan-instalments.ts'
import { listPools } from '../pools/queries.ts'
import { listReports } from '../reports/queries.ts'
import type { Lang } from '../shared/actor.ts'
import { addMonths, copenhagenDate, formatDate, formatDateTime } from '../shared/danish.ts'
import { formatOre, typedOre } from '../shared/money.ts'
import { t } from '../templates/i18n.ts'
import type { Typed } from '../web/fields.ts'
import { findRecommendation } from './queries.ts'

type Shown = {
  facts: { term: string; text: string }[]
  defaults: Typed
  options?: AskOptions
}

/**
 * What somebody who takes a step about money must have before them, and what its fields begin with:
 * the recommendation and the instalments it means, or what was paid, spent and is owed.
 */
export async function stepContext(
  db: Db,
  it: Case,
  { event, asks }: { event: string; asks: readonly Ask[] },
  facts: ApplicationFacts,
  about: { lang: Lang; now: string },
): Promise<Shown> {
  if (asks.includes('amount')) return grantContext(db, it, facts, about)
  if (asks.some((ask) => ['spent', 'repayment', 'received'].includes(ask))) {
    return settlementContext(db, it, facts, about.lang)
  }
  if (asks.includes('toPool')) return moveOptions(db, it, about)
  const dates = dateFacts(it, event, asks, about.lang)
  return { facts: [...dates, ...(await moveFacts(db, it, about))], defaults: {} }
}

/** The day that a step is about: until when to send again, and what is to be postponed. */
function dateFacts(
  { application, round }: Case,
  event: string,
  asks: readonly Ask[],
  lang: Lang,
): Shown['facts'] {
  const expected = application.decision_expected_on
  if (event === 'retract') {
    return [{ term: t(lang, 'steps.sendAgainBy'), text: formatDateTime(round.closes_at, lang) }]
  }
  return asks.includes('newDate') && expected !== null
    ? [{ term: t(lang, 'decisions.expected'), text: formatDate(expected, lang) }]
    : []
}

/** The pools that an application could move to: the others, with the day they decide. */
async function moveOptions(
  db: Db,
  { application }: Case,
  { lang, now }: { lang: Lang; now: string },
): Promise<Shown> {
  const pools = (await listPools(db)).filter((p) => p.id !== application.pool_id)
  const options = await Promise.all(
    pools.map(async (pool) => {
      const round = await findRoundFor(db, pool.id, now)
      const name = lang === 'da' ? pool.name_da : pool.name_en
      const date = round ? formatDate(round.decision_on, lang) : ''
      const label = round ? t(lang, 'casework.moveOption', { name, date }) : name
      return { value: pool.code, label }
    }),
  )
  return { facts: [], defaults: {}, options: { toPool: options } }
}

/** Where the applicants are asked to move, and why. */
async function moveFacts(
  db: Db,
  { application }: Case,
  { lang, now }: { lang: Lang; now: string },
): Promise<Shown['facts']> {
  const move = await findOpenMove(db, application.id)
  if (!move) return []
  const round = await findRoundFor(db, move.to_pool_id, now)
  return [
    { term: t(lang, 'casework.moveTo'), text: lang === 'da' ? move.name_da : move.name_en },
    ...(round
      ? [{ term: t(lang, 'casework.moveDecision'), text: formatDate(round.decision_on, lang) }]
      : []),
    { term: t(lang, 'casework.moveReason'), text: move.reason },
  ]
}

async function grantContext(
  db: Db,
  it: Case,
  { availableOre, delegationOre, deMinimisRoomOre }: ApplicationFacts,
  { lang, now }: { lang: Lang; now: string },
): Promise<Shown> {
  const { application, pool } = it
  const recommendation = await findRecommendation(db, application.id)
  const isGrant = recommendation?.outcome === 'grant'
  const amountOre = isGrant ? recommendation.amount_ore : application.requested_ore
  const parts = planFor(pool, amountOre)
  const today = copenhagenDate(now)
  const plan = partsOf(parts, amountOre).map((ore, i) => {
    const part = parts[i]
    return t(lang, 'decisions.planPart', {
      amount: formatOre(ore, lang),
      stage: t(lang, `lifecycle.stage.${part?.stage ?? 'tapering'}`),
      date: formatDate(addMonths(today, part?.afterMonths ?? 0), lang),
    })
  })
  return {
    facts: [
      { term: t(lang, 'case.requested'), text: formatOre(application.requested_ore, lang) },
      ...(isGrant
        ? [{ term: t(lang, 'decisions.recommended'), text: formatOre(amountOre, lang) }]
        : []),
      { term: t(lang, 'case.available'), text: formatOre(availableOre, lang) },
      { term: t(lang, 'decisions.limit'), text: formatOre(delegationOre, lang) },
      ...(deMinimisRoomOre === null
        ? []
        : [{ term: t(lang, 'case.deMinimisRoom'), text: formatOre(deMinimisRoomOre, lang) }]),
      {
        term: t(lang, 'decisions.plan', { amount: formatOre(amountOre, lang) }),
        text: plan.join(' · '),
      },
    ],
    defaults: {
      amount: typedOre(amountOre),
      ...(isGrant
        ? { conditions: recommendation.conditions, reasons: recommendation.reasons }
        : {}),
    },
  }
}

async function settlementContext(
  db: Db,
  { application }: Case,
  { paidOre, owedOre }: ApplicationFacts,
  lang: Lang,
): Promise<Shown> {
  const reports = await listReports(db, application.id)
  const spentOre = reports.findLast((r) => r.spent_ore !== null)?.spent_ore ?? null
  return {
    facts: [
      { term: t(lang, 'case.paidSoFar'), text: formatOre(paidOre, lang) },
      ...(spentOre === null
        ? []
        : [{ term: t(lang, 'decisions.reportedSpent'), text: formatOre(spentOre, lang) }]),
      { term: t(lang, 'case.owed'), text: formatOre(owedOre, lang) },
    ],
    defaults: {
      ...(spentOre === null ? {} : { spent: typedOre(spentOre) }),
      ...(owedOre === 0 ? {} : { repayment: typedOre(owedOre), received: typedOre(owedOre) }),
    },
  }
}
