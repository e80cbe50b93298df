import { metaOf, permits } from '../../workflows/lifecycle.ts'
import type { Db } from '../db/connection.ts'
import type { ContributionRow, ContributorRow, PoolRow } from '../db/tables.ts'
import { accountsOf } from '../ledger/balances.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { copenhagenYear, formatDate } from '../shared/danish.ts'
import { formatOreExact } from '../shared/money.ts'
import { nameOf } from '../shared/name-of.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec } from '../web/fields.ts'
import { listContributionsIn, listOwnContributions, listOwnContributors } from './queries.ts'

type Contribution = ContributionRow & { year: number }

const calculationOf = (c: Contribution, lang: Lang) => ({
  year: String(c.year),
  baseOre: c.base_ore,
  percentPpm: c.percent_ppm,
  computedOre: c.computed_ore,
  note: lang === 'da' ? c.base_note_da : c.base_note_en,
  isPlaceholder: c.base_is_placeholder === 1,
  status: t(lang, `lifecycle.contribution.status.${c.status}`),
  tone: metaOf('contribution', c.status).tone,
})

/** Who puts money into each pool, and how much this year and next. */
export async function contributorsSettingsPage(
  db: Db,
  actor: Actor,
  { lang, now }: Viewer,
  pools: PoolRow[],
) {
  const contributors = await listOwnContributors(db, actor)
  const years = [copenhagenYear(now), copenhagenYear(now) + 1]
  const ids = contributors.map((c) => c.id)
  const contributions = await listContributionsIn(db, ids, years)
  const inYear = (c: ContributorRow, year: number) => {
    const found = contributions.find((k) => k.contributor_id === c.id && k.year === year)
    return { label: String(year), contribution: found ? calculationOf(found, lang) : null }
  }
  return {
    back: paths.administration(),
    pools: pools.map((pool) => ({
      name: nameOf(pool, lang),
      years: years.map(String),
      add: paths.addContributor(pool.code),
      contributors: contributors
        .filter((c) => c.pool_id === pool.id)
        .map((c) => ({
          href: paths.contributorSettings(c.code),
          code: c.code,
          name: nameOf(c, lang),
          kind: t(lang, `contributors.kindOf.${c.kind}`),
          valid: validText(c, lang),
          hasEnded: c.valid_to !== null,
          years: years.map((year) => inYear(c, year)),
        })),
    })),
  }
}

const validText = (c: ContributorRow, lang: Lang): string =>
  c.valid_to === null
    ? t(lang, 'contributors.since', { from: formatDate(c.valid_from, lang) })
    : t(lang, 'contributors.between', {
        from: formatDate(c.valid_from, lang),
        to: formatDate(c.valid_to, lang),
      })

/** One contributor as it is set up: names, time, who takes over, every year's calculation. */
export async function contributorSettingsPage(
  db: Db,
  contributor: ContributorRow,
  actor: Actor,
  { lang }: Viewer,
) {
  const contributions = await listOwnContributions(db, contributor.id)
  const others = await listOwnContributors(db, actor)
  const successor = others.find((c) => c.id === contributor.successor_id)
  const { code } = contributor
  return {
    back: paths.contributorsSettings(),
    name: nameOf(contributor, lang),
    facts: [
      { term: t(lang, 'contributors.code'), text: code },
      { term: t(lang, 'contributors.nameDa'), text: contributor.name_da },
      { term: t(lang, 'contributors.nameEn'), text: contributor.name_en },
      {
        term: t(lang, 'contributors.kindLabel'),
        text: t(lang, `contributors.kindOf.${contributor.kind}`),
      },
      { term: t(lang, 'contributors.valid'), text: validText(contributor, lang) },
      ...(successor
        ? [{ term: t(lang, 'contributors.successor'), text: nameOf(successor, lang) }]
        : []),
    ],
    contributions: contributions.map((c) => calculationOf(c, lang)),
    propose: paths.proposeContribution(code),
    rename: paths.renameContributor(code),
    end: paths.endContributor(code),
    money: paths.contributor(code),
  }
}

/** What stands with a contributor that is about to end, line by line; nothing when nothing does. */
export async function standingMoney(db: Db, contributor: ContributorRow, lang: Lang) {
  const money = await accountsOf(db, contributor.id)
  const contributions = await listOwnContributions(db, contributor.id)
  const isOpen = ({ status }: Contribution) => !permits('contribution', status, 'ended')
  const line = (name: string, ore: number) => ({
    term: t(lang, `contributors.standing.${name}`),
    text: formatOreExact(ore, lang),
    ore,
  })
  return [
    line('available', money.available),
    line('committed', money.committed + money.ordered),
    line('paid', money.paid - money.returned),
    ...contributions.filter(isOpen).map((c) => ({
      term: t(lang, 'contributors.standing.open', { year: String(c.year) }),
      text: t(lang, `lifecycle.contribution.status.${c.status}`),
      ore: 1,
    })),
  ].filter(({ ore }) => ore !== 0)
}

const nameFields = (lang: Lang): FieldSpec[] => [
  { name: 'nameDa', kind: 'text', label: t(lang, 'contributors.nameDa') },
  { name: 'nameEn', kind: 'text', label: t(lang, 'contributors.nameEn') },
]

export const addFields = (lang: Lang): FieldSpec[] => [
  {
    name: 'code',
    kind: 'text',
    width: 'short',
    label: t(lang, 'contributors.code'),
    hint: t(lang, 'contributors.codeHint'),
  },
  ...nameFields(lang),
  {
    name: 'kind',
    kind: 'radio',
    label: t(lang, 'contributors.kindLabel'),
    options: (['administration', 'localCouncil'] as const).map((value) => ({
      value,
      label: t(lang, `contributors.kindOf.${value}`),
    })),
  },
  { name: 'from', kind: 'date', label: t(lang, 'contributors.firstDay') },
]

export const renameFields = nameFields

export const endFields = (others: ContributorRow[], lang: Lang): FieldSpec[] => [
  {
    name: 'lastDay',
    kind: 'date',
    label: t(lang, 'contributors.lastDay'),
    hint: t(lang, 'contributors.lastDayHint'),
  },
  {
    name: 'successor',
    kind: 'select',
    optional: true,
    label: t(lang, 'contributors.successor'),
    hint: t(lang, 'contributors.successorHint'),
    options: [
      { value: '', label: t(lang, 'contributors.nobody') },
      ...others.map((c) => ({ value: String(c.id), label: nameOf(c, lang) })),
    ],
  },
]
