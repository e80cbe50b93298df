import { hasStatus } from '../../workflows/lifecycle.ts'
import type { Db } from '../db/connection.ts'
import { listAllContributors, listAllPools } from '../administration/queries.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { poolsWithRole } from '../shared/actor.ts'
import type { Table } from '../shared/csv.ts'
import {
  addDays,
  copenhagenDate,
  copenhagenInstant,
  formatDate,
  formatDateTime,
  parseDateFields,
} from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { Names } from './describe-line.ts'
import { auditCatalogue } from './catalogue.ts'
import { detailWords, eventWords, machineWords, peopleNamed } from './describe-line.ts'
import type { AuditCursor, AuditFilter, AuditLine } from './queries.ts'
import { auditPerPage, listAudit, namesOfPeople } from './queries.ts'

/** What can be asked of the history in its address; anything unknown is left out. */
export type AuditQuery = {
  hvad: string
  haendelse: string
  hvem: string
  sag: string
  fra: string
  til: string
}

export function readAuditQuery(query: Record<string, unknown>): AuditQuery {
  const text = (name: string) => {
    const value = query[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const date = (name: string) => {
    const value = text(name)
    const [year = '', month = '', day = ''] = value.split('-')
    return 'date' in parseDateFields({ year, month, day }) ? value : ''
  }
  const [machine = '', event = ''] = text('haendelse').split('.')
  const of = auditCatalogue.find((m) => m.machine === machine)
  return {
    hvad: auditCatalogue.find((m) => m.machine === text('hvad'))?.machine ?? '',
    haendelse: of?.events.includes(event) ? `${machine}.${event}` : '',
    hvem: text('hvem').slice(0, 100),
    sag: text('sag').slice(0, 40).toUpperCase(),
    fra: date('fra'),
    til: date('til'),
  }
}

/** Days are Danish: from the first minute of one to the last of the other. */
export function auditFilterOf(q: AuditQuery): AuditFilter {
  const [machine = '', event = ''] = q.haendelse.split('.')
  return {
    machine: machine || q.hvad,
    event,
    who: q.hvem,
    reference: q.sag,
    from: q.fra === '' ? '' : copenhagenInstant(q.fra, '00:00'),
    before: q.til === '' ? '' : copenhagenInstant(addDays(q.til, 1), '00:00'),
  }
}

/** `efter=2026-03-01T…~17`: where the page before ended; null when it is not one of ours. */
export function readAuditCursor(query: Record<string, unknown>): AuditCursor | null {
  for (const [name, way] of [
    ['efter', 'after'],
    ['foer', 'before'],
  ] as const) {
    const text = query[name]
    const read = typeof text === 'string' ? /^([\d.:TZ-]{1,30})~([1-9]\d{0,9})$/.exec(text) : null
    if (read) return { at: read[1] ?? '', id: Number(read[2]), way }
  }
  return null
}

function addressOf(q: AuditQuery, more: Record<string, string> = {}, format = ''): string {
  const set = Object.entries({ ...q, ...more }).filter(([, value]) => value !== '')
  const query = new URLSearchParams(set).toString()
  return `${paths.history()}${format}${query === '' ? '' : `?${query}`}`
}

/** What was done, when, and by whom: one page of what was asked for, and the way on. */
export async function auditPage(
  db: Db,
  actor: Actor,
  { lang }: Viewer,
  q: AuditQuery,
  cursor: AuditCursor | null,
) {
  const rows = await listAudit(db, actor, auditFilterOf(q), cursor)
  const isMore = rows.length > auditPerPage
  const isBack = cursor?.way === 'before'
  const shown = isBack ? rows.slice(-auditPerPage) : rows.slice(0, auditPerPage)
  const { names, pools } = await namesFor(db, shown, lang)
  const own = poolsWithRole(actor, 'administrator')
  const at = (row: AuditLine | undefined) => (row ? `${row.at}~${row.id}` : '')
  return {
    back: paths.administration(),
    q,
    scope:
      own === null
        ? ''
        : t(lang, 'history.scope', { pools: own.map((id) => pools.get(id) ?? '').join(', ') }),
    isFiltered: Object.values(q).some((value) => value !== ''),
    clear: paths.history(),
    machines: auditCatalogue.map(({ machine }) => ({
      value: machine,
      label: machineWords(machine, lang),
      chosen: machine === q.hvad,
    })),
    groups: auditCatalogue.map(({ machine, events }) => ({
      label: machineWords(machine, lang),
      events: events.map((event) => ({
        value: `${machine}.${event}`,
        label: eventWords(machine, event, lang),
        chosen: `${machine}.${event}` === q.haendelse,
      })),
    })),
    lines: shown.map((row) => {
      const words = wordsOf(row, names, lang)
      return { ...words, caseLink: row.reference ? addressOf(noQuery, { sag: row.reference }) : '' }
    }),
    previous: (isBack ? isMore : cursor !== null) ? addressOf(q, { foer: at(shown[0]) }) : '',
    next: (isBack ? true : isMore) ? addressOf(q, { efter: at(shown.at(-1)) }) : '',
    items: [],
    csv: addressOf(q, {}, '.csv'),
    xlsx: addressOf(q, {}, '.xlsx'),
  }
}

const noQuery: AuditQuery = { hvad: '', haendelse: '', hvem: '', sag: '', fra: '', til: '' }

async function namesFor(db: Db, rows: AuditLine[], lang: Lang) {
  const named = (list: { id: number; name_da: string; name_en: string }[]) =>
    new Map(list.map((row) => [row.id, lang === 'da' ? row.name_da : row.name_en]))
  const all = await listAllPools(db)
  const pools = named(all)
  const poolCode = new Map(all.map((pool) => [pool.code, pool[`name_${lang}`]]))
  const contributor = named(await listAllContributors(db))
  const person = await namesOfPeople(db, peopleNamed(rows))
  const names: Names = { person, contributor, pool: pools, poolCode }
  return { names, pools }
}

/** One line of the history in words, the same on the page and in a file. */
function wordsOf(row: AuditLine, names: Names, lang: Lang) {
  const status = (name: string | null) =>
    name !== null && hasStatus(row.machine, name)
      ? t(lang, `lifecycle.${row.machine}.status.${name}`)
      : ''
  const [from, to] = [status(row.from_status), status(row.to_status)]
  const isClock = row.actor_id === null
  return {
    when: formatDateTime(row.at, lang),
    what: eventWords(row.machine, row.event, lang),
    machine: machineWords(row.machine, lang),
    from,
    to,
    moved: from !== '' && to !== '' && from !== to ? `${from} → ${to}` : '',
    details: detailWords(row, names, lang),
    about: aboutOf(row, lang),
    reference: row.reference ?? '',
    who: isClock ? t(lang, 'history.nobody') : row.actor_name || (row.actor_email ?? ''),
    role: isClock ? '' : t(lang, `lifecycle.role.${row.actor_role}`),
  }
}

function aboutOf(row: AuditLine, lang: Lang): string {
  const pick = (da: string | null, en: string | null) => (lang === 'da' ? da : en) ?? ''
  const pool = pick(row.pool_da, row.pool_en)
  const contributor = pick(row.contributor_da, row.contributor_en)
  const parts = [
    pool,
    row.round_closes_at === null
      ? ''
      : t(lang, 'history.round', { date: formatDate(row.round_closes_at, lang) }),
    contributor,
    row.contribution_year === null ? '' : String(row.contribution_year),
    row.organisation_name ?? '',
    row.subject_name || (row.subject_email ?? ''),
  ]
  return parts.filter((part) => part !== '').join(', ')
}

/** The same lines as a table for a file. */
export async function auditTable(db: Db, rows: AuditLine[], lang: Lang): Promise<Table> {
  const { names } = await namesFor(db, rows, lang)
  const column = (name: string, kind: Table['columns'][number]['kind'] = 'text') => ({
    heading: t(lang, `history.column.${name}`),
    kind,
  })
  return {
    columns: [
      column('date', 'date'),
      column('time'),
      column('machine'),
      column('what'),
      column('reference'),
      column('about'),
      column('from'),
      column('to'),
      column('details'),
      column('who'),
      column('role'),
    ],
    rows: rows.map((row) => {
      const words = wordsOf(row, names, lang)
      return [
        copenhagenDate(row.at),
        timeOf(row.at),
        words.machine,
        words.what,
        words.reference,
        words.about,
        words.from,
        words.to,
        words.details.join('; '),
        words.who,
        words.role,
      ]
    }),
  }
}

const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Copenhagen',
  timeStyle: 'medium',
})
const timeOf = (at: string) => clock.format(new Date(at))
