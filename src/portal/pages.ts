import { metaOf, permits, statusesWith } from '../../workflows/lifecycle.ts'
import type { Db } from '../db/connection.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { copenhagenDate, foldForSearch, formatDate } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { CaseLine } from './queries.ts'
import { listBeingEntered, listCasesForRole, listOwnCases } from './queries.ts'

/** An applicant's own cases: what waits for them first. */
export async function minePage(db: Db, actor: Actor, viewer: Viewer) {
  const lines = (await listOwnCases(db, actor)).map((c) => lineOf(c, viewer))
  return {
    name: actor.name,
    hasOrganisation: actor.memberships.length > 0,
    waiting: lines.filter((l) => l.awaitsApplicant),
    going: lines.filter((l) => !l.awaitsApplicant && !l.ended),
    ended: lines.filter((l) => l.ended),
  }
}

export type InboxFilter = { search: string; show: 'mine' | 'nobody' | 'late' | 'all' }

/** The secretariat's inbox: mine, unassigned, late; and search by reference, CVR, name. */
export async function inboxPage(db: Db, actor: Actor, viewer: Viewer, filter: InboxFilter) {
  const statuses = statusesWith('application', 'official')
  const lines = (
    await listCasesForRole(db, actor, 'secretariat', {
      statuses,
      search: foldForSearch(filter.search),
      on: copenhagenDate(viewer.now),
      handler: filter.show === 'mine' ? 'mine' : filter.show === 'nobody' ? 'nobody' : 'any',
    })
  ).map((c) => lineOf(c, viewer))
  return {
    search: filter.search,
    filters: (['all', 'mine', 'nobody', 'late'] as const).map((show) => ({
      href: `${paths.inbox()}?vis=${show}`,
      label: t(viewer.lang, `portal.filter.${show}`),
      current: show === filter.show,
    })),
    show: filter.show,
    entering: (await listBeingEntered(db, actor)).map((c) => lineOf(c, viewer)),
    cases: filter.show === 'late' ? lines.filter((l) => l.late) : lines,
  }
}

function lineOf(c: CaseLine, { lang, now }: { lang: Lang; now: string }) {
  const isWaiting = permits('application', c.status, 'awaitsMunicipality')
  return {
    href: paths.application(c.reference),
    reference: c.reference,
    title: c.title || t(lang, 'case.untitled'),
    organisation: c.organisation_name,
    pool: c.pool_code,
    poolName: lang === 'da' ? c.pool_name_da : c.pool_name_en,
    status: t(lang, `lifecycle.application.status.${c.status}`),
    tone: metaOf('application', c.status).tone,
    requestedOre: c.requested_ore,
    handler: c.handler_name ?? '',
    submitted: c.submitted_at ? formatDate(c.submitted_at, lang) : '',
    expected: c.decision_expected_on && isWaiting ? formatDate(c.decision_expected_on, lang) : '',
    late:
      isWaiting && c.decision_expected_on !== null && copenhagenDate(now) > c.decision_expected_on,
    awaitsApplicant: permits('application', c.status, 'awaitsApplicant'),
    ended: permits('application', c.status, 'ended'),
  }
}
