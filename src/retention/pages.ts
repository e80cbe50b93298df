import type { Db } from '../db/connection.ts'
import type { ApplicationRow, RetentionRuleRow } from '../db/tables.ts'
import type { Lang } from '../shared/actor.ts'
import { formatDate } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { dueOf, listRules, listSteps, ruleFor, rulesByKind } from './queries.ts'

/** How long each kind of thing is kept, and why. */
export async function retentionRows(db: Db, lang: Lang) {
  return (await listRules(db)).map((rule) => ({
    what: t(lang, `retention.kind.${rule.kind}`),
    long: t(
      lang,
      rule.from_year_end === 1 ? 'retention.afterYear' : `retention.after.${rule.kind}`,
      { period: periodOf(rule, lang) },
    ),
    why: reasonOf(rule, lang),
  }))
}

const periodOf = ({ months }: RetentionRuleRow, lang: Lang): string =>
  months % 12 === 0
    ? t(lang, 'retention.years', { count: months / 12 })
    : t(lang, 'retention.months', { count: months })

const reasonOf = (rule: RetentionRuleRow, lang: Lang): string =>
  lang === 'da' ? rule.reason_da : rule.reason_en

/** What a page of a case says of how long its words are kept; after that, that they are gone. */
export async function retentionPart(
  db: Db,
  application: ApplicationRow,
  lang: Lang,
  isApplicant: boolean,
) {
  const { erased_at } = application
  return {
    heading: t(lang, isApplicant ? 'retention.heading' : 'retention.headingOfficial'),
    text: erased_at === null ? await whenOf(db, application, lang) : '',
    erased:
      erased_at === null
        ? ''
        : t(lang, 'retention.erasedText', { date: formatDate(erased_at, lang) }),
    link: `${paths.privacy()}#sletning`,
  }
}

async function whenOf(db: Db, application: ApplicationRow, lang: Lang): Promise<string> {
  const rules = await rulesByKind(db)
  const steps = await listSteps(db, [application.id])
  const due = dueOf(application, steps.get(application.id) ?? [], rules)
  if (!due) return t(lang, 'retention.going')
  const date = formatDate(due.dueOn, lang)
  if (due.kind === 'draft') return t(lang, 'retention.draft', { date })
  return `${t(lang, 'retention.due', { date })} ${reasonOf(ruleFor(rules, due.kind), lang)}`
}
