import type { PlanBand } from '../instalments/plan-instalments.ts'
import type { Lang } from '../shared/actor.ts'
import { formatDate, formatDateTime } from '../shared/danish.ts'
import { formatOre } from '../shared/money.ts'
import { hasText, t } from '../templates/i18n.ts'
import { shownValue } from './form.ts'
import { planText } from './payout-page.ts'
import type { SettingLine } from './queries.ts'

/** One change of a pool's settings in words: what, when, by whom, what it was and what it became. */
export function settingLine(line: SettingLine, lang: Lang) {
  const details = JSON.parse(line.details) as Record<string, unknown>
  return {
    what: t(lang, `settings.event.${line.event}`),
    when: formatDateTime(line.at, lang),
    who: line.actor_name ?? '',
    changes: Object.entries(details).map(([column, value]) => changeText(column, value, lang)),
  }
}

/** `Navn: før → efter`, or what was added or said; criteria say which one they are first. */
function changeText(name: string, value: unknown, lang: Lang): string {
  const cut = name.lastIndexOf('.')
  const column = name.slice(cut + 1)
  const key = `settings.field.${column}.label`
  const label = hasText(lang, key) ? t(lang, key) : column
  const what = cut > 0 ? `${name.slice(0, cut)}, ${label}` : label
  if (!Array.isArray(value)) return `${what}: ${valueText(column, value, lang)}`
  const [before, after] = value as unknown[]
  const became = valueText(column, after, lang)
  return before === undefined || before === null
    ? `${what}: ${became}`
    : `${what}: ${valueText(column, before, lang)} → ${became}`
}

function valueText(column: string, value: unknown, lang: Lang): string {
  if (column === 'instalment_plan') return planText(JSON.parse(String(value)) as PlanBand[], lang)
  if (column === 'role') return t(lang, `settings.decides.${String(value)}`)
  if (column === 'limit_ore') return formatOre(Number(value), lang)
  if (column.endsWith('_on') || column === 'valid_to') return formatDate(String(value), lang)
  return shownValue(column, value, lang)
}
