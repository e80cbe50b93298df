import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import Handlebars from 'handlebars'
import type { Lang } from '../shared/actor.ts'
import { registerHelpers } from './helpers.ts'

const emailsDir = path.join(import.meta.dirname, '..', '..', 'views', 'emails')

type Compiled = Record<Lang, Map<string, Handlebars.TemplateDelegate>>

const compiled: Compiled = { da: compileAll('da'), en: compileAll('en') }
const layout = Handlebars.create().compile(
  readFileSync(path.join(emailsDir, 'layout.hbs'), 'utf8'),
  { strict: true, preventIndent: true },
)

/** The names of every mail template there is in a language, in alphabetical order. */
export const mailTemplateNames = (lang: Lang): string[] => [...compiled[lang].keys()].sort()

/**
 * A mail's source with its fields filled in: still one plain text with light markup, which the
 * outbox turns into both bodies. Strict: a field that is not there throws.
 */
export function fillMailTemplate(template: string, lang: Lang, data: object): string {
  const fill = compiled[lang].get(template)
  if (!fill) throw new Error(`no such mail template: ${lang}/${template}`)
  return fill(data, { data: { shell: { lang } } })
}

/** The HTML around a mail's own paragraphs; `body` is HTML already. */
export function wrapMail(page: { lang: Lang; subject: string; from: string; body: string }) {
  return layout({ ...page, body: new Handlebars.SafeString(page.body) })
}

/** `_name.hbs` are pieces that templates of the same language share. */
function compileAll(lang: Lang): Map<string, Handlebars.TemplateDelegate> {
  const handlebars = Handlebars.create()
  registerHelpers(handlebars)
  const found = new Map<string, Handlebars.TemplateDelegate>()
  const folder = path.join(emailsDir, lang)
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    if (!file.endsWith('.hbs')) continue
    const template = handlebars.compile(readFileSync(path.join(folder, file), 'utf8'), {
      strict: true,
      noEscape: true,
    })
    if (file.startsWith('_')) handlebars.registerPartial(file.slice(1, -4), template)
    else found.set(file.slice(0, -4), template)
  }
  return found
}
