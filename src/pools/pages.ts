import { mainPath } from '../../workflows/application.machine.ts'
import { permits } from '../../workflows/lifecycle.ts'
import type { Db } from '../db/connection.ts'
import type { CriterionRow, PoolRow, RoundRow } from '../db/tables.ts'
import type { Lang, Viewer } from '../shared/actor.ts'
import {
  copenhagenDate,
  copenhagenYear,
  daysBetween,
  formatTime,
  formatWeekdayDate,
} from '../shared/danish.ts'
import { formatOre } from '../shared/money.ts'
import { moneyBar } from '../shared/money-bar.ts'
import { paths } from '../shared/paths.ts'
import { hasText, t } from '../templates/i18n.ts'
import type { PoolMoney } from './queries.ts'
import {
  listContributions,
  listCriteriaAt,
  listDeadlines,
  listDelegations,
  listPools,
  noMoney,
  openRounds,
  poolMoney,
} from './queries.ts'

/** The front page: both pools, the money left, the next deadline, and what happens on the way. */
export async function frontPage(db: Db, viewer: Viewer) {
  const { lang, now } = viewer
  const rounds = await openRounds(db, now)
  const money = await poolMoney(db, copenhagenYear(now))
  return {
    pools: (await listPools(db)).map((pool) => ({
      ...poolCard(pool, lang),
      deadline: nextDeadline(rounds.get(pool.id), lang, now),
      availableOre: (money.get(pool.id) ?? noMoney).available,
      contributedOre: (money.get(pool.id) ?? noMoney).contributed,
    })),
    steps: mainPath
      .filter((step) => hasText(lang, `pools.step.${step}.title`))
      .map((step) => ({
        title: t(lang, `pools.step.${step}.title`),
        text: t(lang, `pools.step.${step}.text`),
      })),
  }
}

function poolCard(pool: PoolRow, lang: Lang) {
  return {
    name: lang === 'da' ? pool.name_da : pool.name_en,
    purpose: lang === 'da' ? pool.purpose_da : pool.purpose_en,
    minOre: pool.min_ore,
    maxOre: pool.max_ore,
    weeks: pool.decision_weeks,
    quick: pool.quick_lane_ore,
    quickWeeks: pool.quick_weeks,
    href: paths.pool(pool.code),
    apply: paths.newApplication(pool.code),
    questions: paths.poolQuestions(pool.code),
  }
}

const nextDeadline = (round: RoundRow | undefined, lang: Lang, now: string): string =>
  round
    ? t(lang, 'pools.nextDeadline', { deadline: deadlineText(round, lang, now) })
    : t(lang, 'pools.noRound')

function deadlineText(round: RoundRow, lang: Lang, now: string): string {
  const days = daysBetween(copenhagenDate(now), copenhagenDate(round.closes_at))
  return t(lang, days > 0 ? 'pools.deadline' : 'pools.deadlineToday', {
    date: formatWeekdayDate(round.closes_at, lang),
    time: formatTime(round.closes_at, lang),
    count: days,
  })
}

/** One pool: who puts in what, the money, the criteria, the deadlines, who decides. */
export async function poolPage(db: Db, pool: PoolRow, viewer: Viewer) {
  const { lang, now } = viewer
  const year = copenhagenYear(now)
  const money = (await poolMoney(db, year)).get(pool.id) ?? noMoney
  const contributions = await listContributions(db, pool.id, year)
  const rounds = await listDeadlines(db, pool.id, now)
  return {
    ...poolCard(pool, lang),
    year,
    availableOre: money.available,
    bar: barOf(`pool-${pool.code.toLowerCase()}`, money, lang),
    legalBasis: lang === 'da' ? pool.legal_basis_da : pool.legal_basis_en,
    complaint: lang === 'da' ? pool.complaint_da : pool.complaint_en,
    shareLimit: pool.max_share_ppm,
    wageCap: pool.wage_cap_ppm ?? 0,
    contributors: contributions.map((c) => ({
      name: lang === 'da' ? c.name_da : c.name_en,
      percentPpm: c.percent_ppm,
      baseOre: c.base_ore,
      baseNote: lang === 'da' ? c.base_note_da : c.base_note_en,
      computedOre: c.computed_ore,
      status: t(lang, `lifecycle.contribution.status.${c.status}`),
      missing: !permits('contribution', c.status, 'holdsMoney'),
      placeholder: c.base_is_placeholder === 1,
    })),
    totalOre: contributions.reduce((sum, c) => sum + c.decided_ore, 0),
    ...(await publicCriteria(db, pool, viewer)),
    deadlines: rounds.map((r) =>
      r.extended_reason === null
        ? deadlineText(r, lang, now)
        : `${deadlineText(r, lang, now)} ${t(lang, 'pools.extended', { reason: r.extended_reason })}`,
    ),
    deciders: (await listDelegations(db, pool.id, copenhagenDate(now))).map((d) => ({
      body: lang === 'da' ? d.body_da : d.body_en,
      caseNumber: d.case_number,
      limitOre: d.limit_ore,
    })),
    contact: { name: pool.contact_name, phone: pool.contact_phone, email: pool.contact_email },
  }
}

/**
 * What applications are measured by: the criteria that the open round opened with, and those of
 * later rounds where they have been changed since.
 */
export async function publicCriteria(db: Db, pool: PoolRow, { lang, now }: Viewer) {
  const round = (await openRounds(db, now)).get(pool.id)
  const latest = await listCriteriaAt(db, pool.id, now)
  const inForce = round ? await listCriteriaAt(db, pool.id, round.opens_at) : latest
  const isChanged = inForce.map((c) => c.id).join() !== latest.map((c) => c.id).join()
  return {
    criteria: inForce.map((c) => criterionWords(c, lang)),
    comingCriteria: isChanged ? latest.map((c) => criterionWords(c, lang)) : [],
  }
}

export function criterionWords(c: CriterionRow, lang: Lang) {
  return {
    name: lang === 'da' ? c.name_da : c.name_en,
    help: lang === 'da' ? c.help_da : c.help_en,
    weight: c.weight,
    points: scaleOf(c, lang).map((text, point) => ({ point, text })),
  }
}

/** What each point means, from 0 up; nothing where it is not described. */
export const scaleOf = (c: CriterionRow, lang: Lang): string[] =>
  (lang === 'da' ? c.scale_da : c.scale_en).split('\n').filter((line) => line !== '')

/**
 * Where the money is, as one bar with its numbers. What came back is available again, so it is
 * taken off what was paid: the parts add up to what was put in.
 */
export function barOf(id: string, money: PoolMoney, lang: Lang) {
  const accounts = ['available', 'committed', 'ordered'] as const
  const returned = formatOre(money.returned, lang)
  return moneyBar({
    id,
    title: t(lang, 'pools.barTitle'),
    description: t(lang, 'pools.barText'),
    parts: [
      ...accounts.map((account) => ({
        tone: account,
        label: t(lang, `common.money.${account}`),
        ore: money[account],
      })),
      {
        tone: 'paid',
        label: t(lang, money.returned > 0 ? 'common.money.paidNet' : 'common.money.paid', {
          returned,
        }),
        ore: money.paid - money.returned,
      },
    ],
  })
}
