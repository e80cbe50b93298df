import { metaOf, permits } from '../../workflows/lifecycle.ts'
import type { Db } from '../db/connection.ts'
import { invitedTo } from '../organisations/pages.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { CaseLine } from './queries.ts'
import { listBeingEntered, listOwnCases } from './queries.ts'

/** An applicant's own cases: what waits for them first, and what they are invited to. */
export async function minePage(db: Db, actor: Actor, viewer: Viewer) {
  const lines = (await listOwnCases(db, actor)).map((c) => lineOf(c, viewer.lang))
  return {
    invitations: await invitedTo(db, actor, viewer),
    waiting: lines.filter((l) => l.awaitsApplicant),
    going: lines.filter((l) => !l.awaitsApplicant && !l.ended),
    ended: lines.filter((l) => l.ended),
  }
}

/** What the secretariat is writing in for others, and has not sent. */
export async function beingEntered(db: Db, actor: Actor, viewer: Viewer) {
  return (await listBeingEntered(db, actor)).map((c) => lineOf(c, viewer.lang))
}

function lineOf(c: CaseLine, lang: Lang) {
  return {
    href: paths.application(c.reference),
    reference: c.reference,
    title: c.title || t(lang, 'case.untitled'),
    organisation: c.organisation_name,
    poolName: lang === 'da' ? c.pool_name_da : c.pool_name_en,
    status: t(lang, `lifecycle.application.status.${c.status}`),
    tone: metaOf('application', c.status).tone,
    requestedOre: c.requested_ore,
    awaitsApplicant: permits('application', c.status, 'awaitsApplicant'),
    ended: permits('application', c.status, 'ended'),
  }
}
