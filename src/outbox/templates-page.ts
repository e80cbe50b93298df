import { mailListOf } from '../../workflows/diagram.ts'
import { eventLabel, machines, statusLabel } from '../../workflows/lifecycle.ts'
import type { MachineName } from '../../workflows/vocabulary.ts'
import type { Lang } from '../shared/actor.ts'
import { NotFound } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { hasText, t } from '../templates/i18n.ts'
import { languages } from '../templates/i18n.ts'
import { mailTemplateNames } from '../templates/mail-templates.ts'
import { otherMails } from './other-mails.ts'
import type { RenderedMail } from './render.ts'
import { renderMail } from './render.ts'
import { sampleWords } from './sample-words.ts'

/** Every mail the program can send, drawn from the machines: when, to whom, what it says. */
export function templatesPage(lang: Lang, base: string, authorityName: string) {
  const lines = Object.values(machines).flatMap((m) => mailListOf(m as never))
  const templates = [...new Set(lines.map((line) => line.template))]
  return {
    back: paths.mails(),
    groups: [
      ...(Object.keys(machines) as MachineName[]).map((name) => ({
        title: t(lang, `outbox.machine.${name}`),
        mails: templates
          .map((template) => lines.filter((l) => l.template === template && l.machine === name))
          .filter((its) => its.length > 0)
          .map((its) => ({
            ...lineOf(its[0]?.template ?? '', lang, base, authorityName),
            ...triggerOf(name, its, lang),
          })),
      })),
      {
        title: t(lang, 'outbox.machine.other'),
        mails: otherMails.map((template) => ({
          ...lineOf(template, lang, base, authorityName),
          when: t(lang, `outbox.other.${template}`),
          from: '',
          to: t(lang, `outbox.otherTo.${template}`),
        })),
      },
    ].filter((group) => group.mails.length > 0),
  }
}

function lineOf(template: string, lang: Lang, base: string, authorityName: string) {
  return {
    template,
    subject: sampleMail(template, lang, base, authorityName).subject,
    links: languages.map((l) => ({
      lang: l,
      text: t(lang, `outbox.language.${l}`),
      href: paths.mailTemplate(l, template),
    })),
  }
}

type Line = ReturnType<typeof mailListOf>[number]

/** What sends a mail: which steps, from which statuses, and to whom. */
function triggerOf(machine: MachineName, its: Line[], lang: Lang) {
  const each = (words: string[]) => [...new Set(words)].join(', ')
  return {
    when: each(its.map((l) => eventText(machine, l.event, lang))),
    from: each(its.map((l) => t(lang, statusLabel(machine, l.from)))),
    to: each(its.map((l) => t(lang, `outbox.audience.${l.audience}`))),
  }
}

/** One template in one language: what sends it, and what it looks like. */
export function templatePage(
  lang: Lang,
  of: { template: string; lang: string },
  base: string,
  authorityName: string,
) {
  const mail = sampleMail(of.template, of.lang, base, authorityName)
  const found = templatesPage(lang, base, authorityName)
    .groups.flatMap((group) => group.mails)
    .filter((m) => m.template === of.template)
  const facts = found.flatMap((m) => [
    { term: t(lang, 'outbox.when'), text: m.when },
    ...(m.from === '' ? [] : [{ term: t(lang, 'outbox.inStatus'), text: m.from }]),
    { term: t(lang, 'outbox.to'), text: m.to },
  ])
  const other = of.lang === 'da' ? 'en' : 'da'
  return {
    subject: mail.subject,
    text: mail.text,
    mailLang: of.lang,
    back: paths.mailTemplates(),
    html: paths.mailTemplateHtml(of.lang, of.template),
    facts: [...facts, { term: t(lang, 'outbox.template'), text: of.template }],
    other: {
      href: paths.mailTemplate(other, of.template),
      label: t(lang, 'outbox.sameIn', { language: t(lang, `outbox.sampleLanguage.${other}`) }),
    },
  }
}

/** A template as a mail about a made-up case; throws NotFound. */
export function sampleMail(
  template: string,
  lang: string,
  base: string,
  authorityName: string,
): RenderedMail {
  const known = languages.find((l) => l === lang)
  if (!known || !mailTemplateNames(known).includes(template)) throw new NotFound()
  return renderMail(template, known, sampleWords(known, base, authorityName), authorityName)
}

function eventText(machine: MachineName, event: string, lang: Lang): string {
  const key = eventLabel(machine, event)
  return hasText(lang, key) ? t(lang, key) : event
}
