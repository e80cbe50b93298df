import { mailListOf } from '../../workflows/diagram.ts'
import { eventLabel, machines } from '../../workflows/lifecycle.ts'
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
            when: [...new Set(its.map((l) => eventText(name, l.event, lang)))].join(', '),
            to: [...new Set(its.map((l) => t(lang, `outbox.audience.${l.audience}`)))].join(', '),
          })),
      })),
      {
        title: t(lang, 'outbox.machine.other'),
        mails: otherMails.map((template) => ({
          ...lineOf(template, lang, base, authorityName),
          when: t(lang, `outbox.other.${template}`),
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
