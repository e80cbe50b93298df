import { isDeepStrictEqual } from 'node:util'
import { decide } from '../../workflows/lifecycle.ts'
import { report as lifecycle } from '../../workflows/report.machine.ts'
import type { Role } from '../../workflows/vocabulary.ts'
import type { GrantRow, ReportRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { ApplicationRow } from '../db/tables.ts'
import { isExcluded } from '../applications/queries.ts'
import type { Advanced } from '../lifecycle/advance.ts'
import { advance } from '../lifecycle/advance.ts'
import { enqueueCaseMail } from '../outbox/enqueue-case-mail.ts'
import type { Actor } from '../shared/actor.ts'
import { isMember, rolesInCase } from '../shared/actor.ts'
import type { Asked, MailSettings } from '../shared/asked.ts'
import { InvalidInput, NotFound, Stale } from '../shared/errors.ts'
import type { FieldProblem } from '../shared/errors.ts'
import { reportFacts } from './facts.ts'

/** What a grantee writes in a report; the amount spent so far in øre. */
export type ReportText = {
  done: string
  learned: string
  result: string
  onward: string
  spentOre: number | null
}

export type ReportStep = {
  reference: string
  number: number
  event: string
  actor: Actor | null
  version: number | null
  text?: ReportText
  asked: Asked
  requestKey?: string | null
  now: string
  mail: MailSettings
}

/**
 * Takes one step in the life of a report; what was written is saved with it. Approving the accounts
 * fixes what the grant ended at. Throws NotFound, NotAllowed, Blocked, Stale or InvalidInput.
 */
export async function advanceReport(db: Db, step: ReportStep): Promise<Advanced> {
  return inTransaction(db, async (trx) => {
    const { row, application } = await reportFor(trx, step)
    const written = { ...row, ...rowOf(step.text) }
    checkText(written, step)
    const advanced = await advance(trx, {
      lifecycle,
      table: 'reports',
      row,
      seen: step.version,
      event: step.event,
      facts: await reportFacts(trx, written, step.actor, step.now),
      roles: await rolesFor(trx, application, step.actor),
      actorId: step.actor?.personId ?? null,
      chain: `application:${row.application_id}`,
      applicationId: row.application_id,
      details: { number: row.number, kind: row.kind, ...step.asked },
      changes: { ...rowOf(step.text), ...changesOf(step) },
      requestKey: step.requestKey ?? null,
      now: step.now,
    })
    await trx('deadlines')
      .where({ report_id: row.id })
      .whereNull('handled_at')
      .update({ handled_at: step.now })
    if (step.event === 'approveReport' && row.kind === 'final') await fixFinal(trx, row)
    await sendMails(trx, row, advanced, step)
    return advanced
  })
}

/**
 * Saves half a report, for whoever could send it; returns the version it has now. Nobody but the
 * grantee reads it before it is sent. The very same again is saved already. Throws NotFound,
 * NotAllowed, Blocked, or Stale when another tab or person saved something else.
 */
export async function saveReport(
  db: Db,
  s: {
    reference: string
    number: number
    actor: Actor
    version: number
    text: ReportText
    now: string
  },
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const { row, application } = await reportFor(trx, s)
    const roles = await rolesFor(trx, application, s.actor)
    const facts = { ...(await reportFacts(trx, row, s.actor, s.now)), missingAnswers: 0 }
    decide(lifecycle, row.status, facts, 'submitReport', roles)
    const written = rowOf(s.text)
    if (s.version !== row.version && isDeepStrictEqual({ ...row, ...written }, row)) {
      return row.version
    }
    const changed = await trx<ReportRow>('reports')
      .where({ id: row.id, version: s.version })
      .update({ ...written, saved_at: s.now, version: s.version + 1 })
    if (changed === 0) throw new Stale(row)
    return s.version + 1
  })
}

async function reportFor(trx: Db, step: Pick<ReportStep, 'reference' | 'number'>) {
  const application = await trx<ApplicationRow>('applications')
    .where({ reference: step.reference })
    .first()
  if (!application) throw new NotFound()
  const row = await trx<ReportRow>('reports')
    .where({ application_id: application.id, number: step.number })
    .first()
  if (!row) throw new NotFound()
  return { row, application }
}

async function rolesFor(
  trx: Db,
  application: ApplicationRow,
  actor: Actor | null,
): Promise<Role[]> {
  if (!actor) return ['clock']
  const roles = rolesInCase(actor, application)
  const isKnown = roles.length > 0 || isMember(actor, application.organisation_id)
  if (!isKnown || (await isExcluded(trx, actor.personId, application.id))) {
    throw new NotFound()
  }
  return roles
}

function rowOf(text: ReportText | undefined): Partial<ReportRow> {
  if (!text) return {}
  const { spentOre, ...words } = text
  return { ...words, spent_ore: spentOre }
}

function changesOf({ event, actor, now, asked }: ReportStep): Partial<ReportRow> {
  switch (event) {
    case 'submitReport':
      return { submitted_at: now }
    case 'approveReport':
      return { approved_at: now, approved_by: actor?.personId ?? null }
    case 'returnReport':
      return { returned_reason: asked.reason ?? '' }
    default:
      return {}
  }
}

/** Accounts without a sum are no accounts. */
function checkText(row: ReportRow, step: ReportStep): void {
  if (step.event !== 'submitReport') return
  const missing = (['done', 'learned'] as const).filter((name) => row[name].trim() === '')
  const problems: FieldProblem[] = missing.map((field) => ({ field, message: 'fields.missing' }))
  if (row.spent_ore === null && row.kind !== 'status') {
    problems.push({ field: 'spent', message: 'fields.amount.empty' })
  }
  if (problems.length > 0) throw new InvalidInput(problems)
}

async function fixFinal(trx: Db, row: ReportRow): Promise<void> {
  const grant = await trx<GrantRow>('grants').where({ id: row.grant_id }).first()
  if (!grant || row.spent_ore === null) return
  await trx<GrantRow>('grants')
    .where({ id: grant.id })
    .update({ final_ore: Math.min(row.spent_ore, grant.amount_ore) })
}

async function sendMails(
  trx: Db,
  row: ReportRow,
  { effects, historyId }: Advanced,
  step: ReportStep,
): Promise<void> {
  for (const effect of effects) {
    if (effect.type !== 'email') continue
    await enqueueCaseMail(trx, {
      applicationId: row.application_id,
      historyId,
      event: `report.${step.event}`,
      template: effect.params.template,
      to: effect.params.to,
      subject: { reportId: row.id },
      asked: step.asked,
      actorId: step.actor?.personId ?? null,
      now: step.now,
      mail: step.mail,
    })
  }
}
