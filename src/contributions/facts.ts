import type { ContributionFacts } from '../../workflows/contribution.machine.ts'
import type { ContributionRow } from '../db/tables.ts'

/** What a contribution's guards look at; `transferringOre` is what is being registered now. */
export function contributionFacts(
  row: ContributionRow,
  asked: { caseNumber?: string; transferringOre?: number },
): ContributionFacts {
  return {
    isConflicted: false,
    hasCouncilDecision: (asked.caseNumber ?? row.decision_case_number ?? '') !== '',
    transferringOre: asked.transferringOre ?? 0,
    missingTransferOre: row.decided_ore - row.transferred_ore,
  }
}
