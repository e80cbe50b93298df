import type { Db } from '../db/connection.ts'
import { caseChecks } from './case-checks.ts'
import { fileChecks } from './file-checks.ts'
import { erasureChecks } from './erasure-checks.ts'
import { historyChecks } from './history-checks.ts'
import { ledgerChecks } from './ledger-checks.ts'
import { mailChecks } from './mail-checks.ts'
import { shareChecks } from './share-checks.ts'

export type Finding = { name: string; ok: boolean; detail: string }

const checks = [
  ...ledgerChecks,
  ...shareChecks,
  ...historyChecks,
  ...mailChecks,
  ...caseChecks,
  ...fileChecks,
  ...erasureChecks,
]

/** How many faults are named before the rest is only counted. */
const named = 5

/**
 * Looks the whole database over and changes nothing: the ledger is derived again from its entries,
 * every chain of hashes is walked, every status is compared with its history, every mail with the
 * step that owed it. One finding per check, in the same order each time.
 */
export async function runDoctor(db: Db): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const check of checks) {
    const faults = await check.find(db)
    const more = faults.length > named ? `; and ${faults.length - named} more` : ''
    findings.push({
      name: check.name,
      ok: faults.length === 0,
      detail: faults.slice(0, named).join('; ') + more,
    })
  }
  return findings
}
