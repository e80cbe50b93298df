import { arrowsOf, machines, metaOf } from '../../workflows/lifecycle.ts'
import { mailListOf } from '../../workflows/diagram.ts'
import { drawApplication, node } from '../../workflows/layout.ts'
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
    drawing: drawingOf(lang),
    mails: mailsByEvent(lang),
  }
}

function drawingOf(lang: Lang) {
  const { statuses, arrows, width, height } = drawApplication()
  return {
    width,
    height,
    node,
    arrows: arrows.map(({ path, isMain }) => ({ path, isMain })),
    statuses: statuses.map(({ status, x, y, isMain }) => ({
      x,
      y,
      isMain,
      tone: metaOf('application', status).tone,
      lines: linesOf(t(lang, `lifecycle.application.status.${status}`)).map((text, i, all) => ({
        text,
        x: x + node.width / 2,
        y: y + node.height / 2 + 5 + (i - (all.length - 1) / 2) * 16,
      })),
    })),
  }
}

/** A label in at most two lines, broken where the halves are most alike. */
function linesOf(label: string): string[] {
  const words = label.split(' ')
  if (label.length <= 13 || words.length === 1) return [label]
  const cuts = words.slice(1).map((_, i) => i + 1)
  const widest = (cut: number) =>
    Math.max(words.slice(0, cut).join(' ').length, words.slice(cut).join(' ').length)
  const best = cuts.sort((a, b) => widest(a) - widest(b))[0] ?? 1
  return [words.slice(0, best).join(' '), words.slice(best).join(' ')]
}

/** Each thing that happens, and everyone who hears of it by mail. */
function mailsByEvent(lang: Lang) {
  const told = new Map<string, Set<string>>()
  for (const { event, audience } of mailListOf(machines.application)) {
    told.set(event, (told.get(event) ?? new Set()).add(t(lang, `lifecycle.audience.${audience}`)))
  }
  return [...told].map(([event, audiences]) => ({
    event: t(lang, `lifecycle.application.done.${event}`),
    to: [...audiences].join(', '),
  }))
}
