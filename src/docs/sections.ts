import { mainPath } from '../../workflows/application.machine.ts'
import { mermaidOf, tableOf } from '../../workflows/diagram.ts'
import { arrowsOf, machines, statusesWith } from '../../workflows/lifecycle.ts'
import type { MachineName, Role } from '../../workflows/vocabulary.ts'
import { roles } from '../../workflows/vocabulary.ts'
import { settings } from '../config.ts'
import { templatesPage } from '../outbox/templates-page.ts'
import { t } from '../templates/i18n.ts'

/** Every part of the README that is drawn from the source, by the name of its markers. */
export const sections: Record<string, () => string> = {
  stages: mainWay,
  lifecycle: () => fenced(machines.application),
  steps: () => spoken(tableOf(machines.application)),
  machines: machineTable,
  'machine-diagrams': () =>
    others
      .map((name) => `**${name}**\n\n${fenced(machines[name])}\n\n${spoken(tableOf(of(name)))}`)
      .join('\n\n'),
  mails: mailList,
  roles: roleTable,
  configuration: () =>
    table(
      ['Name', 'What it is', 'Left out', 'In production'],
      settings.map((s) => [`\`${s.name}\``, s.meaning, s.default, s.inProduction]),
    ),
}

/** The way that the pools promise, and whose step each is; everything else is in the whole picture. */
function mainWay(): string {
  const lines = mainPath.slice(1).flatMap((to, i) => {
    const from = mainPath[i] ?? ''
    const step = arrowsOf(machines.application).find((a) => a.from === from && a.to === to)
    return step ? [`  ${from} --> ${to}: ${step.event} (${step.roles.join(', ')})`] : []
  })
  return mermaid(['stateDiagram-v2', ...lines].join('\n'))
}

const others = (Object.keys(machines) as MachineName[]).filter((name) => name !== 'application')

/** One machine as those functions take it that read any: what they read is the same for all. */
const of = (name: MachineName) => machines[name] as typeof machines.application

const fenced = (machine: (typeof machines)[MachineName]) =>
  mermaid(mermaidOf(machine as typeof machines.application))

const mermaid = (drawing: string) => `\`\`\`mermaid\n${drawing}\n\`\`\``

/** A silence is told by its reason, not by the reason's key. */
const spoken = (text: string) =>
  text.replace(
    /silent: (\w+)/g,
    (_, key: string) => `no mail: ${t('en', `lifecycle.silent.${key}`)}`,
  )

const meanings: Record<MachineName, string> = {
  application: 'the case itself',
  review: "one reviewer's assessment of one application",
  contribution: 'what one contributor puts into one pool for one budget year',
  instalment: 'one part payment of a grant',
  report: 'one report that a grantee owes: the concept, each taper step, the accounts',
  mail: 'one mail on its way out',
}

function machineTable(): string {
  return table(
    ['Machine', 'What lives', 'Begins', 'Statuses', 'Ends'],
    others.map((name) => {
      const ends = statusesWith(name, 'ended')
      return [
        `[${name}](workflows/${name}.machine.ts)`,
        meanings[name],
        machines[name].initial,
        machines[name].statuses.filter((s) => s !== machines[name].initial && !ends.includes(s)),
        ends,
      ].map((cell) => (Array.isArray(cell) ? cell.join(' · ') : cell))
    }),
  )
}

function mailList(): string {
  const { groups } = templatesPage('en', 'https://puljer.example.dk', 'The city')
  return table(
    ['About', 'Template', 'When', 'To', 'Subject'],
    groups.flatMap(({ title, mails }) =>
      mails.map((m) => [title, `\`${m.template}\``, m.when, m.to, subjectOf(m)]),
    ),
  )
}

/** Without the number of the made-up case that each begins with. */
const subjectOf = ({ subject }: { subject: string }) => subject.replace(/^\[KK-[\d-]+\] /, '')

const work: Record<Role, string> = {
  applicant:
    'a member who may write for the organisation that applies; some steps ask for one who may bind it',
  reviewer: 'scores each criterion beside the application, or reports a conflict of interest',
  secretariat:
    'runs the case: asks, invites reviewers, recommends, approves reports and instalments',
  decisionMaker: 'grants or rejects within a delegation, reopens, ends grants',
  contributor: 'a department or local council: its percentage, its amount, its share of each grant',
  adviser: 'follow-up advice: where the project goes next, and who does it',
  finance: 'orders and confirms payments that another approved, books what comes back',
  administrator:
    'people and roles, pools and criteria, rounds, contributors, the history of everything, mails, of the whole city or of one pool; the first one is made by a command',
  clock: 'nobody: what a deadline does when it passes',
}

function roleTable(): string {
  return table(
    ['Role', 'Who and what', 'Takes these steps'],
    roles.map((role) => {
      const events = (Object.keys(machines) as MachineName[]).flatMap((name) =>
        arrowsOf(of(name))
          .filter((a) => a.roles.includes(role))
          .map((a) => a.event),
      )
      return [`\`${role}\``, work[role], [...new Set(events)].join(', ')]
    }),
  )
}

function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}
