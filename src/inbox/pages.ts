import { metaOf, statusesWith } from '../../workflows/lifecycle.ts'
import type { CaseFilter } from '../cases/queries.ts'
import { countCases, countedMost, listCases } from '../cases/queries.ts'
import { lineOf as caseLineOf } from '../cases/pages.ts'
import type { Db } from '../db/connection.ts'
import { listAbsent } from '../leave/queries.ts'
import { beingEntered } from '../portal/pages.ts'
import type { Actor, Viewer } from '../shared/actor.ts'
import { addDays, copenhagenDate, formatDate } from '../shared/danish.ts'
import { workingDaysUntil } from '../shared/holidays.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { DueLine } from './queries.ts'
import { dueMost, listDue } from './queries.ts'

export const inboxFilters = ['all', 'mine', 'nobody', 'late'] as const
export type InboxFilter = { search: string; show: (typeof inboxFilters)[number] }

/** How long something that came without a date may lie before it is late. */
const daysToLook: Partial<Record<DueLine['kind'], number>> = { report: 7 }

/**
 * What waits for the secretariat, by when it is due: one's own first, and with it that of whoever
 * one stands in for. With a search the cases that are found instead.
 */
export async function inboxPage(db: Db, actor: Actor, viewer: Viewer, filter: InboxFilter) {
  const { lang, now } = viewer
  const today = copenhagenDate(now)
  const absent = await listAbsent(db, actor.personId, today)
  const isSearch = filter.search.trim() !== ''
  const due = isSearch ? { lines: [], isCut: false } : await dueIn(db, actor, filter, absent, today)
  const lines = due.lines.map((line) => lineOf(line, actor, absent, viewer))
  const groups = (filter.show === 'late' ? ['late'] : ['late', 'soon', 'later']).map((when) => ({
    heading: t(lang, `inbox.${when}`),
    isLate: when === 'late',
    lines: lines.filter((line) => line.when === when),
  }))
  const found = isSearch ? await searched(db, actor, viewer, filter) : []
  return {
    search: filter.search,
    isSearch,
    filters: inboxFilters.map((show) => ({
      href: `${paths.inbox()}?vis=${show}`,
      label: t(lang, `portal.filter.${show}`),
      current: show === filter.show,
    })),
    standingIn:
      absent.length === 0
        ? ''
        : t(lang, 'inbox.standingIn', { names: absent.map((p) => p.name).join(', ') }),
    groups: groups.filter((group) => group.lines.length > 0),
    empty: t(lang, `inbox.empty.${filter.show}`),
    isCut: due.isCut,
    found,
    count: t(lang, 'portal.count', { count: found.length }),
    entering: isSearch ? [] : await beingEntered(db, actor, viewer),
  }
}

async function dueIn(
  db: Db,
  actor: Actor,
  { show }: InboxFilter,
  absent: { id: number }[],
  today: string,
): Promise<{ lines: DueLine[]; isCut: boolean }> {
  const mine = [actor.personId, ...absent.map((p) => p.id)]
  const lists =
    show === 'nobody'
      ? [await listDue(db, actor, { handlers: 'nobody' }, today)]
      : show === 'mine'
        ? [await listDue(db, actor, { handlers: mine }, today)]
        : [
            await listDue(db, actor, { handlers: mine }, today),
            await listDue(db, actor, { not: mine }, today),
          ]
  return {
    lines: lists.flatMap((list) => list.slice(0, dueMost)),
    isCut: lists.some((list) => list.length > dueMost),
  }
}

function lineOf(
  line: DueLine,
  actor: Actor,
  absent: { id: number; name: string }[],
  viewer: Viewer,
) {
  const { lang, now } = viewer
  const today = copenhagenDate(now)
  const day = copenhagenDate(line.due)
  const last = addDays(day, daysToLook[line.kind] ?? 0)
  const whom = absent.find((p) => p.id === line.handler_id)
  const cameBy = line.kind === 'report' || line.kind === 'task'
  return {
    when: last < today ? 'late' : last <= addDays(today, 7) ? 'soon' : 'later',
    what:
      line.kind === 'task'
        ? t(lang, `inbox.task.${line.detail}`)
        : t(lang, `inbox.kind.${line.kind}`, { detail: line.detail }),
    due: cameBy ? t(lang, 'inbox.came', { date: formatDate(day, lang) }) : formatDate(day, lang),
    left:
      line.kind === 'fileRequest' && day >= today
        ? t(lang, 'fileRequests.daysLeft', { count: workingDaysUntil(today, day) })
        : '',
    href:
      line.kind === 'fileRequest'
        ? paths.fileRequest(line.reference, Number(line.detail))
        : paths.application(line.reference),
    reference: line.reference,
    title: line.title || t(lang, 'case.untitled'),
    organisation: line.organisation_name,
    pool: line[`pool_${lang}`],
    status: t(lang, `lifecycle.application.status.${line.status}`),
    tone: metaOf('application', line.status).tone,
    handler:
      line.handler_id === actor.personId
        ? t(lang, 'inbox.you')
        : whom
          ? t(lang, 'inbox.youFor', { name: whom.name })
          : (line.handler_name ?? ''),
  }
}

/** The cases that a search finds, whatever they wait for. */
async function searched(db: Db, actor: Actor, viewer: Viewer, { search, show }: InboxFilter) {
  const wanted: CaseFilter = {
    search,
    statuses: statusesWith('application', 'official'),
    poolCode: '',
    handler: show === 'mine' || show === 'nobody' ? show : 'any',
    year: '',
    order: 'newest',
  }
  const count = await countCases(db, actor, wanted)
  const rows = await listCases(db, actor, wanted, { isCommon: count > countedMost })
  const lines = rows.map((row) => caseLineOf(row, viewer.lang, viewer.now))
  return show === 'late' ? lines.filter((line) => line.late) : lines
}
