import { metaOf, permits, statusesWith } from '../../workflows/lifecycle.ts'
import { stages } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import type { PoolRow } from '../db/tables.ts'
import { bulkActions, casesPerRun } from '../bulk/queries.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { hasRole } from '../shared/actor.ts'
import type { Table } from '../shared/csv.ts'
import { copenhagenDate, copenhagenYear, formatDate } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { CaseFilter, CaseListLine, Cursor, Order } from './queries.ts'
import { casesPerPage, countCases, countedMost, listCases, orders } from './queries.ts'

/** What can be asked of the list in its address; anything unknown is left out. */
export type CaseQuery = {
  q: string
  pulje: string
  fase: string
  hvem: 'any' | 'mine' | 'nobody'
  aar: string
  orden: Order
}

/** Reads the list's address: an unknown value is no filter, so that old links go on working. */
export function readQuery(query: Record<string, unknown>, pools: PoolRow[]): CaseQuery {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '')
  const orden = (Object.keys(orders) as Order[]).find((o) => o === text('orden'))
  const hvem = (['mine', 'nobody'] as const).find((h) => h === text('hvem'))
  return {
    q: text('q').slice(0, 100),
    pulje: pools.find((p) => p.code === text('pulje'))?.code ?? '',
    fase: stages.find((s) => s === text('fase')) ?? '',
    hvem: hvem ?? 'any',
    aar: /^20\d\d$/.test(text('aar')) ? text('aar') : '',
    orden: orden ?? 'newest',
  }
}

export const filterOf = (q: CaseQuery): CaseFilter => ({
  search: q.q,
  statuses: statusesWith('application', 'official').filter(
    (status) => q.fase === '' || metaOf('application', status).stage === q.fase,
  ),
  poolCode: q.pulje,
  handler: q.hvem,
  year: q.aar,
  order: q.orden,
})

/** `efter=2026-03-01T…~17`: where the page before ended; null when it is not one of ours. */
export function readCursor(query: Record<string, unknown>, order: Order): Cursor | null {
  for (const [name, way] of [
    ['efter', 'after'],
    ['foer', 'before'],
  ] as const) {
    const text = query[name]
    const read = typeof text === 'string' ? /^(.{0,300})~([1-9]\d{0,9})$/.exec(text) : null
    if (!read) continue
    const [, value = '', id = ''] = read
    if (orders[order].column !== 'requested_ore') return { value, id: Number(id), way }
    if (/^\d{1,15}$/.test(value)) return { value: Number(value), id: Number(id), way }
  }
  return null
}

export const listAddress = (q: CaseQuery): string => addressOf(q)

const addressOf = (q: CaseQuery, more: Record<string, string> = {}, format = ''): string => {
  const set = Object.entries({ ...q, ...more }).filter(
    ([name, value]) => value !== '' && !(name === 'hvem' && value === 'any'),
  )
  const query = new URLSearchParams(set).toString()
  return `${paths.cases()}${format}${query === '' ? '' : `?${query}`}`
}

/** The list of cases: what is asked, one page of answers, and the way on. */
export async function casesPage(
  db: Db,
  actor: Actor,
  viewer: Viewer,
  pools: PoolRow[],
  q: CaseQuery,
  cursor: Cursor | null,
) {
  const { lang, now } = viewer
  const filter = filterOf(q)
  const count = await countCases(db, actor, filter)
  const rows = await listCases(db, actor, filter, { cursor, isCommon: count > countedMost })
  const isMore = rows.length > casesPerPage
  const isBack = cursor?.way === 'before'
  const shown = isBack ? rows.slice(-casesPerPage) : rows.slice(0, casesPerPage)
  const cursorOf = (row: CaseListLine | undefined) =>
    row ? `${row[orders[q.orden].column] ?? ''}~${row.id}` : ''
  return {
    q: q.q,
    selects: selectsFor(q, pools, lang, now),
    isFiltered: q.q + q.pulje + q.fase + q.aar !== '' || q.hvem !== 'any' || q.orden !== 'newest',
    clear: addressOf({ q: '', pulje: '', fase: '', hvem: 'any', aar: '', orden: q.orden }),
    count:
      count > countedMost
        ? t(lang, 'cases.many', { count: countedMost })
        : t(lang, 'cases.count', { count }),
    cases: shown.map((row) => lineOf(row, lang, now)),
    previous: (isBack ? isMore : cursor !== null) ? addressOf(q, { foer: cursorOf(shown[0]) }) : '',
    next: (isBack ? true : isMore) ? addressOf(q, { efter: cursorOf(shown.at(-1)) }) : '',
    items: [],
    bulk: hasRole(actor, 'secretariat') ? bulkPart(q, shown, count, lang) : null,
    csv: addressOf(q, {}, '.csv'),
    xlsx: addressOf(q, {}, '.xlsx'),
  }
}

/** What the secretariat can do to many of them at once. */
function bulkPart(q: CaseQuery, shown: CaseListLine[], count: number, lang: Lang) {
  const hasMore = count > shown.length && count <= casesPerRun
  return {
    action: paths.bulk(),
    search: addressOf(q).split('?')[1] ?? '',
    page: shown.map((row) => row.reference).join(','),
    all: hasMore ? t(lang, 'bulk.search', { count }) : '',
    choices: bulkActions.map((value) => ({ value, label: t(lang, `bulk.action.${value}`) })),
  }
}

/** A case as a line of a list. */
export function lineOf(row: CaseListLine, lang: Lang, now: string) {
  const isWaiting = permits('application', row.status, 'awaitsMunicipality')
  const expected = isWaiting ? row.decision_expected_on : null
  return {
    href: paths.application(row.reference),
    reference: row.reference,
    title: row.title || t(lang, 'case.untitled'),
    organisation: row.organisation_name,
    pool: row[`pool_${lang}`],
    status: t(lang, `lifecycle.application.status.${row.status}`),
    tone: metaOf('application', row.status).tone,
    submitted: formatDate(row.submitted_at, lang),
    expected: expected === null ? '' : formatDate(expected, lang),
    late: expected !== null && copenhagenDate(now) > expected,
    handler: row.handler_name ?? '',
    requestedOre: row.requested_ore,
  }
}

function selectsFor(q: CaseQuery, pools: PoolRow[], lang: Lang, now: string) {
  const select = (name: keyof CaseQuery, options: [string, string][]) => ({
    name,
    label: t(lang, `cases.${name}`),
    options: options.map(([value, label]) => ({ value, label, chosen: q[name] === value })),
  })
  const year = copenhagenYear(now)
  const years = [0, 1, 2, 3, 4].map((back) => String(year - back))
  const all = t(lang, 'cases.all')
  return [
    select('pulje', [
      ['', all],
      ...pools.map((p): [string, string] => [p.code, lang === 'da' ? p.name_da : p.name_en]),
    ]),
    select('fase', [
      ['', all],
      ...stages.map((s): [string, string] => [s, t(lang, `lifecycle.stage.${s}`)]),
    ]),
    select('hvem', [
      ['any', all],
      ['mine', t(lang, 'portal.filter.mine')],
      ['nobody', t(lang, 'portal.filter.nobody')],
    ]),
    select('aar', [['', all], ...years.map((y): [string, string] => [y, y])]),
    select(
      'orden',
      (Object.keys(orders) as Order[]).map((o): [string, string] => [
        o,
        t(lang, `cases.order.${o}`),
      ]),
    ),
  ]
}

/** The same cases as a table for a file. */
export function casesTable(rows: CaseListLine[], lang: Lang): Table {
  const column = (name: string, kind: Table['columns'][number]['kind'] = 'text') => ({
    heading: t(lang, `cases.column.${name}`),
    kind,
  })
  return {
    columns: [
      column('reference'),
      column('title'),
      column('organisation'),
      column('cvr'),
      column('pool'),
      column('status'),
      column('submitted', 'date'),
      column('expected', 'date'),
      column('handler'),
      column('requested', 'ore'),
    ],
    rows: rows.map((row) => [
      row.reference,
      row.title,
      row.organisation_name,
      row.cvr ?? '',
      row[`pool_${lang}`],
      t(lang, `lifecycle.application.status.${row.status}`),
      copenhagenDate(row.submitted_at),
      row.decision_expected_on,
      row.handler_name ?? '',
      row.requested_ore,
    ]),
  }
}
