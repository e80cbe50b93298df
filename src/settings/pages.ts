import type { DelegationRow, PoolRow } from '../db/tables.ts'
import type { Db } from '../db/connection.ts'
import { openRounds } from '../pools/queries.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { addDays, copenhagenDate, formatDate, formatDateTime } from '../shared/danish.ts'
import { formatOre } from '../shared/money.ts'
import { nameOf } from '../shared/name-of.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec } from '../web/fields.ts'
import { sectionNames, sectionRows } from './form.ts'
import { settingLine } from './history-page.ts'
import { payoutLines } from './payout-page.ts'
import { listAdministeredPools, listAllDelegations, listSettingHistory } from './queries.ts'

/** For the narrow places: above a form, back from a page. */
export const shortName = (pool: PoolRow, lang: Lang) =>
  lang === 'da' ? pool.short_da : pool.short_en

/** The pools that this person sets up, and what in them needs a hand. */
export async function poolsPage(db: Db, actor: Actor, { lang, now }: Viewer) {
  const pools = await listAdministeredPools(db, actor)
  const rounds = await openRounds(db, now)
  const delegations = await listAllDelegations(
    db,
    pools.map((pool) => pool.id),
  )
  return {
    pools: pools.map((pool) => {
      const round = rounds.get(pool.id)
      return {
        name: nameOf(pool, lang),
        href: paths.poolSettings(pool.code),
        criteria: paths.criteria(pool.code),
        amounts: `${formatOre(pool.min_ore, lang)} – ${formatOre(pool.max_ore, lang)}`,
        round: round
          ? t(lang, 'settings.openUntil', { date: formatDateTime(round.closes_at, lang) })
          : t(lang, 'settings.noOpenRound'),
        warnings: warningsOf(
          delegations.filter((d) => d.pool_id === pool.id),
          copenhagenDate(now),
          lang,
        ),
      }
    }),
  }
}

/** Everything one pool says and allows, in the groups it is changed in. */
export async function poolSettingsPage(db: Db, pool: PoolRow, { lang, now }: Viewer) {
  const today = copenhagenDate(now)
  const delegations = await listAllDelegations(db, [pool.id])
  return {
    name: nameOf(pool, lang),
    back: paths.pools(),
    publicPage: paths.pool(pool.code),
    criteria: paths.criteria(pool.code),
    warnings: warningsOf(delegations, today, lang),
    sections: sectionNames.map((name) => ({
      heading: t(lang, `settings.section.${name}`),
      edit: paths.poolSection(pool.code, name),
      rows: sectionRows(pool, name, lang),
    })),
    bands: payoutLines(pool, lang).map((band, i) => ({
      ...band,
      edit: paths.payoutBand(pool.code, String(i + 1)),
      remove: band.hasLimit ? paths.removePayoutBand(pool.code, String(i + 1)) : '',
    })),
    version: String(pool.version),
    newBand: paths.payoutBand(pool.code, 'ny'),
    delegations: delegations.map((d) => ({
      body: bodyOf(d, lang),
      role: t(lang, `settings.decides.${d.role}`),
      limit: formatOre(d.limit_ore, lang),
      caseNumber: d.case_number,
      decidedOn: formatDate(d.decided_on, lang),
      validTo: formatDate(d.valid_to, lang),
      ...stateOf(d, today, lang),
      end: isInForce(d, today) ? paths.endDelegation(pool.code, d.id) : '',
    })),
    newDelegation: paths.newDelegation(pool.code),
    history: (await listSettingHistory(db, pool.id)).map((line) => settingLine(line, lang)),
  }
}

const bodyOf = (d: DelegationRow, lang: Lang) => (lang === 'da' ? d.body_da : d.body_en)

const isInForce = (d: DelegationRow, today: string) => d.ended_at === null && d.valid_to >= today

/** A delegation says so this many days before it runs out. */
const soonDays = 30
const endsSoon = (d: DelegationRow, today: string) => d.valid_to <= addDays(today, soonDays)

function stateOf(d: DelegationRow, today: string, lang: Lang) {
  if (d.ended_at !== null) {
    const date = formatDate(d.ended_at, lang)
    return { tone: 'info', state: t(lang, 'settings.delegationEnded', { date }) }
  }
  if (!isInForce(d, today)) return { tone: 'error', state: t(lang, 'settings.delegationExpired') }
  return endsSoon(d, today)
    ? { tone: 'warning', state: t(lang, 'settings.delegationEndsSoon') }
    : { tone: 'success', state: t(lang, 'settings.delegationInForce') }
}

/** Nobody who may decide, or soon nobody: said before somebody stands with a case and cannot. */
function warningsOf(delegations: DelegationRow[], today: string, lang: Lang) {
  const inForce = delegations.filter((d) => isInForce(d, today))
  const nobody = inForce.some((d) => d.role === 'decisionMaker')
    ? []
    : [
        {
          kind: 'error',
          heading: t(lang, 'settings.nobodyDecides'),
          text: t(lang, 'settings.nobodyDecidesText'),
        },
      ]
  const ending = inForce.filter(
    (d) => endsSoon(d, today) && !inForce.some((o) => o.role === d.role && !endsSoon(o, today)),
  )
  return [
    ...nobody,
    ...ending.map((d) => ({
      kind: 'warning',
      heading: t(lang, 'settings.endsSoon', {
        body: bodyOf(d, lang),
        date: formatDate(d.valid_to, lang),
      }),
      text: t(lang, 'settings.endsSoonText'),
    })),
  ]
}

export const delegationFields = (lang: Lang): FieldSpec[] => [
  {
    name: 'role',
    kind: 'radio',
    label: t(lang, 'settings.field.role.label'),
    options: (['decisionMaker', 'secretariat'] as const).map((value) => ({
      value,
      label: t(lang, `settings.decides.${value}`),
      hint: t(lang, `settings.decidesHint.${value}`),
    })),
  },
  ...(['body_da', 'body_en', 'case_number'] as const).map((name) => ({
    name,
    kind: 'text' as const,
    label: t(lang, `settings.field.${name}.label`),
    hint: t(lang, `settings.field.${name}.hint`),
    max: name === 'case_number' ? 60 : 120,
  })),
  { name: 'decidedOn', kind: 'date', label: t(lang, 'settings.field.decided_on.label') },
  {
    name: 'limit_ore',
    kind: 'amount',
    label: t(lang, 'settings.field.limit_ore.label'),
    hint: t(lang, 'settings.field.limit_ore.hint'),
  },
  {
    name: 'validTo',
    kind: 'date',
    label: t(lang, 'settings.field.valid_to.label'),
    hint: t(lang, 'settings.field.valid_to.hint'),
  },
]
