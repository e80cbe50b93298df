import type { Db } from '../db/connection.ts'
import type { PoolRow } from '../db/tables.ts'
import { criterionWords } from '../pools/pages.ts'
import { findNextRound, listCriteriaAt, openRounds } from '../pools/queries.ts'
import { shortName } from '../settings/pages.ts'
import type { Viewer } from '../shared/actor.ts'
import { formatDateTime } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { listCriteriaInUse } from './queries.ts'

/**
 * The criteria that can be changed, and since when and from when they count: the open round keeps
 * its own, which are shown too where they differ.
 */
export async function criteriaPage(db: Db, pool: PoolRow, { lang, now }: Viewer) {
  const inUse = await listCriteriaInUse(db, pool.id)
  const round = (await openRounds(db, now)).get(pool.id)
  const next = await findNextRound(db, pool.id, now)
  const ofRound = round ? await listCriteriaAt(db, pool.id, round.opens_at) : []
  const differs =
    round !== undefined && ofRound.map((c) => c.id).join() !== inUse.map((c) => c.id).join()
  return {
    pool: shortName(pool, lang),
    back: paths.poolSettings(pool.code),
    rule: round
      ? t(lang, 'settings.roundKeeps', { date: formatDateTime(round.closes_at, lang) })
      : t(lang, 'settings.noRoundIsOpen'),
    from: next
      ? t(lang, 'settings.nextRound', { date: formatDateTime(next.opens_at, lang) })
      : t(lang, 'settings.noNextRound'),
    criteria: inUse.map((c) => ({
      ...criterionWords(c, lang),
      edit: paths.criterion(pool.code, c.code),
      end: paths.endCriterion(pool.code, c.code),
    })),
    ofRound: differs ? ofRound.map((c) => criterionWords(c, lang)) : [],
    add: paths.newCriterion(pool.code),
    weights: paths.weights(pool.code),
  }
}
