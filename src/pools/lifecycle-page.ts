import { arrowsOf, machines, metaOf } from '../../workflows/lifecycle.ts'
import { mailListOf } from '../../workflows/diagram.ts'
import { stages } from '../../workflows/vocabulary.ts'
import type { Lang } from '../shared/actor.ts'
import { t } from '../templates/i18n.ts'

/** The life of a case, drawn from the machine itself: each stage, its statuses, and the ways on. */
export function lifecyclePage(lang: Lang) {
  const { application } = machines
  const arrows = arrowsOf(application)
  const status = (name: string) => t(lang, `lifecycle.application.status.${name}`)
  return {
    stages: stages.map((stage) => ({
      title: t(lang, `lifecycle.stage.${stage}`),
      statuses: application.statuses
        .filter((s) => metaOf('application', s).stage === stage)
        .map((s) => ({
          name: status(s),
          tone: metaOf('application', s).tone,
          meaning: t(lang, `case.meaning.${s}`),
          ways: arrows
            .filter((a) => a.from === s)
            .map((a) => ({
              label: t(lang, `lifecycle.application.event.${a.event}`),
              to: status(a.to),
              who: a.roles.map((r) => t(lang, `lifecycle.role.${r}`)).join(', '),
            })),
        })),
    })),
    mails: mailListOf(application).map((m) => ({
      event: t(lang, `lifecycle.application.done.${m.event}`),
      to: t(lang, `lifecycle.audience.${m.audience}`),
      template: m.template,
    })),
  }
}
