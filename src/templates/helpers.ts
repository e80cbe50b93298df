import { randomUUID } from 'node:crypto'
import Handlebars from 'handlebars'
import type { HelperOptions } from 'handlebars'
import type { Lang } from '../shared/actor.ts'
import { formatDateTime, formatWeekdayDate } from '../shared/danish.ts'
import { formatOre, formatOreExact, formatPpm } from '../shared/money.ts'
import { t } from './i18n.ts'
import type { TextParams } from './i18n.ts'

/** The words that templates may use beside their own data. `lang` is always the reader's. */
export function registerHelpers(handlebars: typeof Handlebars): void {
  handlebars.registerHelper({
    /** `{{t "area.key" name=value}}`: a text, by key. */
    t: (key: string, options: HelperOptions) => t(langOf(options), key, options.hash as TextParams),
    ore: (ore: number, options: HelperOptions) => formatOre(ore, langOf(options)),
    oreExact: (ore: number, options: HelperOptions) => formatOreExact(ore, langOf(options)),
    percent: (ppm: number, options: HelperOptions) => formatPpm(ppm, langOf(options)),
    dateTime: (iso: string, options: HelperOptions) => formatDateTime(iso, langOf(options)),
    weekdayDate: (iso: string, options: HelperOptions) => formatWeekdayDate(iso, langOf(options)),
    /** One key per form: the same form sent twice has one effect. */
    newKey: () => randomUUID(),
    eq: (a: unknown, b: unknown) => a === b,
    not: (a: unknown) => Handlebars.Utils.isEmpty(a) || a === 0,
    and: (...args: unknown[]) => args.slice(0, -1).every(truthy),
    or: (...args: unknown[]) => args.slice(0, -1).some(truthy),
    concat: (...args: unknown[]) => args.slice(0, -1).join(''),
    /** Text as it was typed: blank lines part paragraphs, line breaks stay. */
    lines: (text: string) =>
      new Handlebars.SafeString(
        text
          .split(/\n{2,}/)
          .map((p) => `<p>${Handlebars.escapeExpression(p).replace(/\n/g, '<br>')}</p>`)
          .join(''),
      ),
  })
}

const truthy = (value: unknown) => !Handlebars.Utils.isEmpty(value) && value !== 0

function langOf(options: HelperOptions): Lang {
  const { shell } = options.data as { shell: { lang: Lang } }
  return shell.lang
}
