import type { Db } from '../db/connection.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { formatDate, formatDateTime } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { RoundLine } from './queries.ts'
import { listRounds } from './queries.ts'

export async function roundsPage(db: Db, actor: Actor, { lang, now }: Viewer) {
  const rounds = await listRounds(db, actor, now)
  return { rounds: rounds.map((r) => roundRow(r, lang)) }
}

function roundRow(r: RoundLine, lang: Lang) {
  return {
    pool: lang === 'da' ? r.pool_name_da : r.pool_name_en,
    opens: formatDate(r.opens_at, lang),
    closes: formatDateTime(r.closes_at, lang),
    decides: formatDate(r.decision_on, lang),
    drafts: String(r.drafts),
    extended:
      r.extended_reason === null ? '' : t(lang, 'casework.extended', { reason: r.extended_reason }),
    link: paths.round(r.id),
  }
}
