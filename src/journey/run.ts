import type { Db } from '../db/connection.ts'
import { formatOreExact } from '../shared/money.ts'
import type { JourneyResult } from './journey.ts'
import { runJourney } from './journey.ts'
import { readHistory } from './findings.ts'

/**
 * `journey [--json] [--database-url postgres://…]`: prints what happened and returns the exit
 * code, 0 when everything is as it must be.
 */
export async function journey(args: string[]): Promise<number> {
  const isJson = args.includes('--json')
  const at = args.indexOf('--database-url')
  const databaseUrl = at === -1 ? null : (args[at + 1] ?? '')
  const known = args.filter((_, i) => i !== at && (at === -1 || i !== at + 1))
  if (known.some((arg) => arg !== '--json') || databaseUrl === '') {
    console.error('Usage: journey [--json] [--database-url postgres://user:password@host/database]')
    return 64
  }
  const { result, problems } = await runJourney(databaseUrl, async (db, found) => {
    if (!isJson) await print(db, found)
  })
  if (isJson) console.log(JSON.stringify(result, null, 2))
  for (const problem of problems) console.error(problem)
  return problems.length === 0 ? 0 : 1
}

async function print(db: Db, result: JourneyResult): Promise<void> {
  for (const it of result.applications) {
    console.log(`\n${it.reference} (${it.pool}): ${it.path.join(' → ')}`)
    console.log(
      `  requested ${ore(it.requestedOre)}, granted ${ore(it.grantedOre)}, ` +
        `paid ${ore(it.paidOre)}, returned ${ore(it.returnedOre)}`,
    )
    for (const line of await readHistory(db, [it.reference])) {
      console.log(
        `  ${line.at.slice(0, 19).replace('T', ' ')}  ${line.machine} ${line.row_id}: ` +
          `${line.event} (${line.actor_role}) → ${line.to_status ?? ''}`,
      )
    }
    for (const mail of result.mails.filter((m) => m.application === it.reference)) {
      console.log(`  mail to ${mail.to} [${mail.language}]: ${mail.subject}`)
    }
    await printLedger(db, it.reference)
    for (const share of it.shares.filter((s) => s.ore > 0)) {
      console.log(`  share of ${share.contributor.padEnd(4)} ${ore(share.ore).padStart(16)}`)
    }
  }
  const { ledger, doctor, mails, silent } = result
  console.log(`\n${mails.length} mails, ${silent.length} silent steps`)
  console.log(`ledger: ${ledger.entries} entries, imbalance ${ore(ledger.imbalanceOre)}`)
  console.log(`doctor: ${doctor.checks} checks, ${doctor.failed} failed`)
  console.log(`${result.seconds} seconds`)
}

type Sum = { seq: number; kind: string; account: string; side: 'debit' | 'credit'; ore: number }

async function printLedger(db: Db, reference: string): Promise<void> {
  const sums = await db('ledger_entries as e')
    .join('ledger_postings as p', 'p.id', 'e.posting_id')
    .join('applications as a', 'a.id', 'p.application_id')
    .where('a.reference', reference)
    .groupBy('p.id', 'p.seq', 'p.kind', 'e.account', 'e.side')
    .orderBy(['p.id', { column: 'e.side', order: 'desc' }])
    .select<Sum[]>('p.seq', 'p.kind', 'e.account', 'e.side', db.raw('sum(e.amount_ore) as ore'))
  for (const { seq, kind, account, side, ore: sum } of sums) {
    console.log(`  ledger ${seq} ${kind}: ${side} ${account} ${ore(sum)}`)
  }
}

const ore = (amount: number) => formatOreExact(amount, 'da').replace('\u00a0', ' ')
