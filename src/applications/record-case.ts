import type { Answers } from '../../workflows/application.questions.ts'
import type { GrantRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { ApplicationRow, InformationRequestRow, PoolRow, RoundRow } from '../db/tables.ts'
import { checkAnswers } from '../shared/answers.ts'
import type { Asked } from '../shared/asked.ts'
import { recordFiles } from '../attachments/record-files.ts'
import { addDays, copenhagenDate, copenhagenInstant } from '../shared/danish.ts'
import type { FormFiles } from '../shared/upload.ts'

type By = { actorId: number | null; now: string }

/** The application is in: what was asked for stands, and when an answer can be expected. */
export async function recordSubmission(
  trx: Db,
  application: ApplicationRow,
  pool: PoolRow,
  round: RoundRow,
  now: string,
): Promise<string> {
  const checked = checkAnswers(JSON.parse(application.answers) as Answers, pool)
  const isQuick = checked.requestedOre <= pool.quick_lane_ore
  const expectedOn = isQuick
    ? addDays(copenhagenDate(now), pool.quick_weeks * 7)
    : round.decision_on
  await trx<ApplicationRow>('applications').where({ id: application.id }).update({
    submitted_at: now,
    requested_ore: checked.requestedOre,
    own_de_minimis_ore: checked.deMinimisOre,
    decision_expected_on: expectedOn,
  })
  return expectedOn
}

/** A question to the applicant, or facts that speak against them (§ 19), and where the case was. */
export async function recordRequest(
  trx: Db,
  application: ApplicationRow,
  kind: InformationRequestRow['kind'],
  asked: Asked,
  by: By,
): Promise<void> {
  const dueOn = asked.answerBy ?? addDays(copenhagenDate(by.now), 14)
  await trx<InformationRequestRow>('information_requests').insert({
    application_id: application.id,
    kind,
    question: asked.question ?? asked.facts ?? '',
    due_at: copenhagenInstant(dueOn, '23:59:59'),
    asked_by: by.actorId ?? application.contact_id,
    asked_at: by.now,
  })
  await trx<ApplicationRow>('applications')
    .where({ id: application.id })
    .update({ came_from: application.status })
}

/** The answer, kept with the question it answers; without one the question is closed unanswered. */
export async function recordAnswer(
  trx: Db,
  applicationId: number,
  { asked, files }: { asked: Asked; files: FormFiles },
  by: By & { side: 'applicant' | 'municipality' },
): Promise<void> {
  const open = await trx<InformationRequestRow>('information_requests')
    .where({ application_id: applicationId })
    .whereNull('answered_at')
    .select('id')
  for (const { id } of open) {
    await trx<InformationRequestRow>('information_requests')
      .where({ id })
      .update({
        answer: asked.answer ?? null,
        answered_by: by.actorId,
        answered_at: by.now,
        came_by: asked.cameBy ?? null,
      })
    if (by.actorId === null) continue
    const sender = { applicationId, personId: by.actorId, side: by.side, now: by.now }
    await recordFiles(trx, { ...sender, ownerKind: 'answer', ownerId: id }, files)
  }
}

export async function recordPostponement(trx: Db, applicationId: number, asked: Asked) {
  if (asked.newDate === undefined) return
  await trx<ApplicationRow>('applications')
    .where({ id: applicationId })
    .update({ decision_expected_on: asked.newDate })
  await trx('deadlines')
    .where({ application_id: applicationId, kind: 'decisionDue' })
    .whereNull('handled_at')
    .update({ due_at: copenhagenInstant(addDays(asked.newDate, 1), '08:00') })
}

/** How the project ended and what it cost (øre); what was learned is kept for those who come after. */
export async function recordOutcome(
  trx: Db,
  applicationId: number,
  grant: GrantRow | undefined,
  outcome: string,
  asked: Asked,
): Promise<void> {
  await trx<ApplicationRow>('applications')
    .where({ id: applicationId })
    .update({ outcome, learning: asked.learning ?? asked.reason ?? null })
  if (grant && asked.spentOre !== undefined) {
    await trx<GrantRow>('grants')
      .where({ id: grant.id })
      .update({ final_ore: Math.min(asked.spentOre, grant.amount_ore) })
  }
}
