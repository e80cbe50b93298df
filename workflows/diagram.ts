import type { BaseFacts } from './arrow.ts'
import type { Lifecycle } from './define.ts'
import { arrowsOf, permits } from './lifecycle.ts'
import type { ArrowLine } from './lifecycle.ts'

/** The machine as a Mermaid state diagram: statuses and events by their code names. */
export function mermaidOf<F extends BaseFacts>(lifecycle: Lifecycle<F>): string {
  const merged = new Map<string, { from: string; to: string; events: string[] }>()
  for (const { from, to, event } of arrowsOf(lifecycle)) {
    const line = merged.get(`${from}>${to}`) ?? { from, to, events: [] }
    line.events.push(event)
    merged.set(`${from}>${to}`, line)
  }
  const ends = lifecycle.statuses.filter((status) => permits(lifecycle.name, status, 'ended'))
  return [
    'stateDiagram-v2',
    `  [*] --> ${lifecycle.initial}`,
    ...[...merged.values()].map(
      ({ from, to, events }) => `  ${from} --> ${to}: ${[...new Set(events)].join(', ')}`,
    ),
    ...ends.map((status) => `  ${status} --> [*]`),
  ].join('\n')
}

/**
 * Every arrow as a row of plain words for the README: from, event, to, who, checks, what follows. Those
 * that differ only in where they begin are one row; what stays where it was goes to `the same`.
 */
export function tableOf<F extends BaseFacts>(lifecycle: Lifecycle<F>): string {
  const rows = new Map<string, string[]>()
  for (const a of arrowsOf(lifecycle)) {
    const to = a.to === a.from ? 'the same' : a.to
    const row = [a.event, to, a.roles.join(', '), a.checks.join(', '), effectsOf(a)].join(' | ')
    rows.set(row, [...(rows.get(row) ?? []), a.from])
  }
  return [
    '| From | Event | To | Who | Checks | What follows |',
    '| --- | --- | --- | --- | --- | --- |',
    ...[...rows].map(([row, from]) => `| ${from.join(', ')} | ${row} |`),
  ].join('\n')
}

/** Every mail that the machine sends: the transition, the template and who gets it. */
export function mailListOf<F extends BaseFacts>(lifecycle: Lifecycle<F>) {
  return arrowsOf(lifecycle).flatMap((a) =>
    a.effects.flatMap((effect) =>
      effect.type === 'email'
        ? [
            {
              machine: lifecycle.name,
              from: a.from,
              event: a.event,
              to: a.to,
              template: effect.params.template,
              audience: effect.params.to,
            },
          ]
        : [],
    ),
  )
}

function effectsOf({ effects }: ArrowLine): string {
  return effects
    .map((effect) => {
      switch (effect.type) {
        case 'email':
          return `mail ${effect.params.template} → ${effect.params.to}`
        case 'silent':
          return `silent: ${effect.params.because}`
        case 'ledger':
          return `ledger ${effect.params.entry}`
        case 'record':
          return `record ${effect.params.what}`
        case 'startDeadline':
          return `deadline ${effect.params.kind}`
      }
    })
    .join('; ')
}
