import type { ApplicationFacts } from '../../workflows/application.facts.ts'
import type { LedgerEntry, RecordKind } from '../../workflows/vocabulary.ts'
import { recordOnwardPlan } from '../advice/record-onward-plan.ts'
import type { GrantRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { recordDecision, recordGrant, supersedeDecisions } from '../decisions/record-decision.ts'
import { planInstalments } from '../instalments/plan-instalments.ts'
import { recordCancelledPlan } from '../instalments/record-cancelled-plan.ts'
import { commitGrant, releaseGrant } from '../ledger/post-grant.ts'
import { postReturn } from '../ledger/post-return.ts'
import type { Advanced } from '../lifecycle/advance.ts'
import type { Actor } from '../shared/actor.ts'
import type { Asked } from '../shared/asked.ts'
import { copenhagenYear } from '../shared/danish.ts'
import type { FormFiles } from '../shared/upload.ts'
import { t } from '../templates/i18n.ts'
import type { Case } from './queries.ts'
import {
  recordAnswer,
  recordOutcome,
  recordPostponement,
  recordRequest,
  recordSubmission,
} from './record-case.ts'
import { startDeadline } from './record-deadlines.ts'
import { recordMove, recordMoveAnswer, recordMoveProposal } from './record-move.ts'

type Step = {
  event: string
  actor: Actor | null
  asked: Asked
  files: FormFiles
  now: string
  facts: ApplicationFacts
  advanced: Advanced
}

/** Carries out what the machine asked for, in its order, in the step's own transaction. */
export async function carryOut(trx: Db, it: Case, step: Step): Promise<void> {
  for (const effect of step.advanced.effects) {
    switch (effect.type) {
      case 'record':
        await record(trx, it, effect.params.what, step)
        break
      case 'ledger':
        await post(trx, it, effect.params.entry, step)
        break
      case 'startDeadline':
        await startDeadline(trx, effect.params.kind, {
          applicationId: it.application.id,
          pool: it.pool,
          round: it.round,
          decisionExpectedOn: it.application.decision_expected_on,
          asked: step.asked,
          now: step.now,
        })
        break
      case 'email':
      case 'silent':
        break
    }
  }
  if (it.application.came_from !== null && step.advanced.status === it.application.came_from) {
    await recordAnswer(trx, it.application.id, step, { ...byOf(step), side: sideOf(step) })
  }
}

const byOf = ({ actor, now }: Step) => ({ actorId: actor?.personId ?? null, now })

async function record(trx: Db, it: Case, what: RecordKind, step: Step): Promise<void> {
  const { application, pool } = it
  const { asked, now } = step
  const by = byOf(step)
  const decide = (kind: 'grant' | 'reject' | 'dismiss' | 'terminate' | 'repay') =>
    recordDecision(trx, application, kind, asked, {
      actorId: by.actorId ?? application.contact_id,
      role: step.advanced.role,
      now,
    })
  switch (what) {
    case 'submission':
      it.application.decision_expected_on = await recordSubmission(
        trx,
        application,
        pool,
        it.round,
        now,
      )
      return
    case 'informationRequest':
      return recordRequest(trx, application, 'information', asked, by)
    case 'hearing':
      return recordRequest(trx, application, 'hearing', asked, by)
    case 'informationAnswer':
    case 'hearingAnswer':
      return recordAnswer(trx, application.id, step, { ...by, side: sideOf(step) })
    case 'grantDecision':
      await recordGrant(trx, application, pool, await decide('grant'), asked.amountOre ?? 0, now)
      return
    case 'rejectionDecision':
      await decide('reject')
      return
    case 'dismissalDecision':
      await decide('dismiss')
      return
    case 'terminationDecision':
      await decide('terminate')
      return
    case 'repaymentDecision':
      await decide('repay')
      await trx<GrantRow>('grants')
        .where({ application_id: application.id })
        .whereNull('ended_at')
        .update({ demanded_ore: asked.repaymentOre ?? 0 })
      return
    case 'supersededDecision':
      return supersedeDecisions(trx, application.id, now)
    case 'acceptance':
      await trx<GrantRow>('grants')
        .where({ application_id: application.id })
        .whereNull('ended_at')
        .update({ accepted_at: now, accepted_by: by.actorId })
      return
    case 'projectPlan':
      return planInstalments(trx, await getGrant(trx, application.id), pool, now)
    case 'cancelledPlan':
      return recordCancelledPlan(trx, application.id, now)
    case 'outcome':
      return recordOutcome(
        trx,
        application.id,
        await findGrant(trx, application.id),
        asked.outcome ?? outcomeOf(step.event),
        asked,
      )
    case 'onwardPlan':
      return recordOnwardPlan(trx, application, { firstTask: t('da', 'advice.firstTask') }, by)
    case 'settlement':
      await trx<GrantRow>('grants')
        .where({ application_id: application.id })
        .whereNull('ended_at')
        .update({ forgiven_ore: step.facts.owedOre - (asked.receivedOre ?? 0) })
      return
    case 'postponement':
      return recordPostponement(trx, application.id, asked)
    case 'moveProposal':
      return recordMoveProposal(trx, application, asked, by)
    case 'moveAnswer':
      return recordMoveAnswer(trx, application.id, moves(step), by)
    case 'move':
      return recordMove(trx, application, now)
  }
}

async function post(trx: Db, it: Case, entry: LedgerEntry, step: Step): Promise<void> {
  const by = byOf(step)
  const grant = await findGrant(trx, it.application.id)
  if (!grant) return
  switch (entry) {
    case 'commitGrant':
      await commitGrant(trx, grant, by)
      return
    case 'releaseGrant':
      await releaseGrant(trx, grant, by)
      if (step.facts.paidOre > 0) return
      await trx<GrantRow>('grants').where({ id: grant.id }).update({ ended_at: step.now })
      return
    case 'releaseRest':
      await releaseGrant(trx, grant, by)
      return
    case 'receiveRepayment':
      return postReturn(trx, grant, step.asked.receivedOre ?? 0, copenhagenYear(step.now), by)
    case 'orderInstalment':
    case 'payInstalment':
    case 'failInstalment':
    case 'creditContribution':
      throw new Error(`${entry} is no entry of an application`)
  }
}

const sideOf = ({ advanced }: Step) =>
  advanced.role === 'applicant' ? ('applicant' as const) : ('municipality' as const)

/** Whether this very step moves the case: then the answer was yes. */
const moves = ({ advanced }: Step) =>
  advanced.effects.some((e) => e.type === 'record' && e.params.what === 'move')

const outcomeOf = (event: string) =>
  event === 'concludeUnproven' ? 'unproven' : event === 'stopProject' ? 'stopped' : 'terminated'

export async function findGrant(trx: Db, applicationId: number): Promise<GrantRow | undefined> {
  return trx<GrantRow>('grants')
    .where({ application_id: applicationId })
    .whereNull('ended_at')
    .orderBy('id', 'desc')
    .first()
}

async function getGrant(trx: Db, applicationId: number): Promise<GrantRow> {
  const grant = await findGrant(trx, applicationId)
  if (!grant) throw new Error(`application ${applicationId} has no grant`)
  return grant
}
