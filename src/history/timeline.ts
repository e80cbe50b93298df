import { metaOf, permits } from '../../workflows/lifecycle.ts'
import type { Stage } from '../../workflows/vocabulary.ts'
import { stages } from '../../workflows/vocabulary.ts'
import type { HistoryRow } from '../db/case-tables.ts'
import type { ApplicationRow } from '../db/tables.ts'
import type { Lang } from '../shared/actor.ts'
import { copenhagenDate, formatDate, formatDateTime } from '../shared/danish.ts'
import { t } from '../templates/i18n.ts'

export type TimelineItem = {
  state: 'done' | 'now' | 'next' | 'late'
  title: string
  when: string
  isCurrent: boolean
}

/** A long past is folded: `earlier` is behind a line that says how much it holds. */
export type Timeline = { earlier: TimelineItem[]; shown: TimelineItem[] }

const shownOfThePast = 4

/** What everybody who sees the case is told of. */
export const isTold = ({ machine }: HistoryRow): boolean =>
  ['application', 'contact'].includes(machine)

/**
 * What happened, what is now, and what comes next and when; a missed date is said, not hidden.
 */
export function timelineOf(
  application: ApplicationRow,
  history: HistoryRow[],
  { now, lang, isApplicant }: { now: string; lang: Lang; isApplicant: boolean },
): Timeline {
  const done = history.filter(isTold).map((line) => ({
    state: 'done' as const,
    title: t(lang, `lifecycle.${line.machine}.done.${line.event}`),
    when: formatDateTime(line.at, lang),
    isCurrent: false,
  }))
  const { stage } = metaOf('application', application.status)
  const expected = application.decision_expected_on
  const isWaiting = permits('application', application.status, 'awaitsMunicipality')
  const isLate = isWaiting && expected !== null && copenhagenDate(now) > expected
  const current = {
    state: isLate ? ('late' as const) : ('now' as const),
    title: t(lang, `lifecycle.application.status.${application.status}`),
    when: isLate
      ? t(lang, isApplicant ? 'case.late' : 'case.lateForUs', { date: formatDate(expected, lang) })
      : isWaiting && expected !== null && stage === 'decision'
        ? t(lang, 'case.expected', { date: formatDate(expected, lang) })
        : '',
    isCurrent: true,
  }
  // What was taken back has no date to answer by until it is sent again.
  const promised = permits('application', application.status, 'editable') ? null : expected
  const folded = done.length > shownOfThePast + 1 ? done.length - shownOfThePast : 0
  return {
    earlier: done.slice(0, folded),
    shown: [...done.slice(folded), current, ...comingAfter(stage, promised, lang)],
  }
}

function comingAfter(stage: Stage, expected: string | null, lang: Lang): TimelineItem[] {
  if (stage === 'ended') return []
  return stages
    .slice(stages.indexOf(stage) + 1)
    .filter((s) => s !== 'ended' || stage === 'advice')
    .map((s) => ({
      state: 'next' as const,
      title: t(lang, `lifecycle.stage.${s}`),
      when:
        s === 'decision' && expected !== null
          ? t(lang, 'case.expected', { date: formatDate(expected, lang) })
          : '',
      isCurrent: false,
    }))
}
