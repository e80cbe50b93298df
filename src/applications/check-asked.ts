import type { ApplicationFacts } from '../../workflows/application.facts.ts'
import { application as lifecycle } from '../../workflows/application.machine.ts'
import { choicesFor } from '../../workflows/lifecycle.ts'
import { roles } from '../../workflows/vocabulary.ts'
import type { Ask } from '../../workflows/vocabulary.ts'
import type { Asked } from '../shared/asked.ts'
import { InvalidInput } from '../shared/errors.ts'
import type { FieldProblem } from '../shared/errors.ts'
import type { Case } from './queries.ts'

/**
 * What the law and plain sense demand of the answers to a step, beyond their form: grounds and rule
 * unless the decision is fully favourable (§ 22), amounts within what was asked for and paid.
 * Throws InvalidInput with a message at each field.
 */
export function checkAsked(
  it: Case,
  facts: ApplicationFacts,
  step: { event: string; asked: Asked },
): void {
  const asks =
    choicesFor(lifecycle, it.application.status, facts, roles).find((c) => c.event === step.event)
      ?.asks ?? []
  const problems = asks.flatMap((ask) => problemWith(ask, it, facts, step.asked))
  if (problems.length > 0) throw new InvalidInput(problems)
}

function problemWith(
  ask: Ask,
  { application }: Case,
  facts: ApplicationFacts,
  asked: Asked,
): FieldProblem[] {
  const amountOre = asked.amountOre ?? 0
  const isFull = amountOre >= application.requested_ore && !asked.conditions
  switch (ask) {
    case 'amount':
      if (amountOre <= 0) return [{ field: 'amount', message: 'fields.amount.zero' }]
      return amountOre > application.requested_ore
        ? [{ field: 'amount', message: 'fields.aboveRequested' }]
        : []
    case 'reasonsIfNotFull':
      return !isFull && !asked.reasons
        ? [{ field: 'reasons', message: 'fields.reasonsNeeded' }]
        : []
    case 'ruleIfNotFull':
      return !isFull && !asked.rule ? [{ field: 'rule', message: 'fields.ruleNeeded' }] : []
    case 'hearing':
      return asked.hearing === 'notNeeded' && !asked.hearingWhy && (!isFull || !asked.amountOre)
        ? [{ field: 'hearingWhy', message: 'fields.hearingWhy' }]
        : []
    case 'stateAid':
      return asked.stateAidWhy ? [] : [{ field: 'stateAidWhy', message: 'fields.missing' }]
    case 'spent':
      return (asked.spentOre ?? 0) > facts.paidOre
        ? [{ field: 'spent', message: 'fields.moreThanPaid' }]
        : []
    case 'repayment':
      return (asked.repaymentOre ?? 0) > facts.paidOre
        ? [{ field: 'repayment', message: 'fields.moreThanPaid' }]
        : []
    case 'received':
      return receivedProblem(facts, asked)
    case 'reason':
    case 'optionalReason':
    case 'question':
    case 'answer':
    case 'answerBy':
    case 'ground':
    case 'reasons':
    case 'rule':
    case 'facts':
    case 'conditions':
    case 'onwardHelp':
    case 'newDate':
    case 'outcome':
    case 'learning':
    case 'settledBy':
    case 'cameBy':
    case 'toPool':
      return []
  }
}

/** Settled means settled: all of it came, or the right body let the rest go, with a reason. */
function receivedProblem(facts: ApplicationFacts, asked: Asked): FieldProblem[] {
  const receivedOre = asked.receivedOre ?? 0
  if (receivedOre > facts.owedOre) return [{ field: 'received', message: 'fields.moreThanOwed' }]
  if (asked.settledBy === 'paid' && receivedOre < facts.owedOre) {
    return [{ field: 'received', message: 'fields.notAllReceived' }]
  }
  return asked.settledBy !== 'paid' && !asked.reason
    ? [{ field: 'reason', message: 'fields.missing' }]
    : []
}
