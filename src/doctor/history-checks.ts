import type { MachineName } from '../../workflows/vocabulary.ts'
import { arrowsOf, machines } from '../../workflows/lifecycle.ts'
import type { HistoryRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { erasedDetails } from '../db/erasable.ts'
import { detailsHash, erasing, historyHash } from '../history/record-history.ts'
import type { Check } from './walk.ts'
import { walk } from './walk.ts'

/** T1, T2, T4 and C1: every chain is whole, every step the machine's, every status the last step's. */
export const historyChecks: Check[] = [
  { name: 'the history chain of every case is unbroken', find: findBrokenChains },
  { name: 'every step is an arrow of its machine', find: findUnknownSteps },
  { name: 'every status is where its history ends', find: findStrayStatuses },
]

/** The tables whose status a machine moves with a history; mails only where an official stepped in. */
const tables: Partial<Record<MachineName, string>> = {
  application: 'applications',
  review: 'reviews',
  contribution: 'contributions',
  instalment: 'instalments',
  report: 'reports',
}

async function findBrokenChains(db: Db): Promise<string[]> {
  const faults: string[] = []
  const erasures = await db('history')
    .where({ machine: erasing })
    .select<{ chain: string; seq: number }[]>('chain', 'seq')
  const erasedBefore = new Map(erasures.map(({ chain, seq }) => [chain, seq]))
  let before: HistoryRow | undefined
  for await (const page of walk<HistoryRow>(db, 'history', ['chain', 'seq'])) {
    for (const line of page) {
      const isFirst = before?.chain !== line.chain
      const seq = isFirst || !before ? 1 : before.seq + 1
      const previous = isFirst || !before ? '' : before.hash
      const { id, hash, ...rest } = line
      if (line.seq !== seq) faults.push(`history ${id} (${line.chain}): ${seq} is missing`)
      else if (line.prev_hash !== previous)
        faults.push(`history ${id} (${line.chain}): chain broken`)
      else if (
        historyHash(rest) !== hash ||
        !(isAsWritten(line) || isErased(line, erasedBefore.get(line.chain) ?? 0))
      ) {
        faults.push(`history ${id} (${line.chain}): was changed`)
      }
      before = line
    }
  }
  return faults
}

const isAsWritten = (line: HistoryRow): boolean =>
  detailsHash(line.salt, line.details) === line.details_hash

/** Words may be gone where a later line of the chain says that they were taken away. */
const isErased = (line: HistoryRow, erasedBefore: number): boolean =>
  line.details === erasedDetails && line.salt === '' && line.seq < erasedBefore

async function findUnknownSteps(db: Db): Promise<string[]> {
  const known = new Set(
    Object.values(machines).flatMap((lifecycle) =>
      arrowsOf(lifecycle as (typeof machines)['application']).map((a) =>
        [lifecycle.name, a.from, a.event, a.to].join(' '),
      ),
    ),
  )
  const faults: string[] = []
  for await (const page of walk<HistoryRow>(db, 'history', ['id', 'seq'])) {
    for (const line of page) {
      // A line without an origin is the row's beginning, or something that moves no status.
      if (line.from_status === null || line.to_status === null) continue
      const step = [line.machine, line.from_status, line.event, line.to_status].join(' ')
      if (!known.has(step)) faults.push(`history ${line.id}: ${step}`)
    }
  }
  return faults
}

async function findStrayStatuses(db: Db): Promise<string[]> {
  const faults: string[] = []
  for (const [machine, table] of Object.entries(tables)) {
    const { initial } = machines[machine as MachineName]
    for await (const page of walk<{ id: number; status: string }>(db, table, ['id', 'status'])) {
      const ids = page.map((row) => row.id)
      const lines = await db<HistoryRow>('history')
        .where({ machine })
        .whereIn('row_id', ids)
        .whereNotNull('to_status')
        .orderBy('id')
        .select('id', 'row_id', 'from_status', 'to_status')
      const byRow = Map.groupBy(lines, (line) => line.row_id)
      for (const row of page) {
        let status = initial
        for (const line of byRow.get(row.id) ?? []) {
          if (line.from_status !== null && line.from_status !== status) {
            faults.push(`history ${line.id}: goes on from ${line.from_status}, stood at ${status}`)
          }
          status = line.to_status ?? status
        }
        if (row.status !== status) {
          faults.push(`${table} ${row.id}: stands at ${row.status}, its history ends at ${status}`)
        }
      }
    }
  }
  return faults
}
