import type { MachineName } from '../../workflows/vocabulary.ts'
import { arrowsOf, machines } from '../../workflows/lifecycle.ts'
import type { HistoryRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { t } from '../templates/i18n.ts'
import type { Letter } from './post-office.ts'

export type Findings = {
  applications: {
    reference: string
    pool: string
    path: string[]
    requestedOre: number
    grantedOre: number
    paidOre: number
    returnedOre: number
    shares: { contributor: string; ore: number }[]
  }[]
  mails: {
    to: string
    subject: string
    language: string
    event: string
    application: string | null
    messageId: string
  }[]
  silent: { event: string; because: string }[]
  ledger: { entries: number; imbalanceOre: number }
}

/** What the journey left behind in the database and in the letter box. Amounts in øre. */
export async function readFindings(
  db: Db,
  references: string[],
  letters: Letter[],
): Promise<Findings> {
  const applications = await Promise.all(references.map((reference) => readCase(db, reference)))
  return {
    applications,
    mails: await readMails(db, references, letters),
    silent: (await readHistory(db, references)).flatMap(silenceOf),
    ledger: await readLedger(db),
  }
}

async function readCase(db: Db, reference: string) {
  const it = await db('applications as a')
    .join('pools as p', 'p.id', 'a.pool_id')
    .where('a.reference', reference)
    .first<{ id: number; requested_ore: number; code: string }>('a.id', 'a.requested_ore', 'p.code')
  const history = await readHistory(db, [reference])
  const own = history.filter((line) => line.machine === 'application')
  const statuses = own.flatMap((line, i) =>
    i === 0 ? [line.from_status, line.to_status] : [line.to_status],
  )
  const grant = await db('grants')
    .where({ application_id: it.id })
    .orderBy('id', 'desc')
    .first<{ id: number; amount_ore: number } | undefined>('id', 'amount_ore')
  const moved = await db('ledger_entries as e')
    .join('ledger_postings as p', 'p.id', 'e.posting_id')
    .where('p.application_id', it.id)
    .whereIn('p.kind', ['payment', 'return'])
    .andWhere('e.side', 'credit')
    .groupBy('p.kind')
    .select<{ kind: string; ore: number }[]>('p.kind', db.raw('sum(e.amount_ore) as ore'))
  const oreOf = (kind: string) => moved.find((m) => m.kind === kind)?.ore ?? 0
  const shares = await db('grant_shares as s')
    .join('contributors as c', 'c.id', 's.contributor_id')
    .where('s.grant_id', grant?.id ?? 0)
    .orderBy('c.code')
    .select<{ contributor: string; ore: number }[]>('c.code as contributor', 's.amount_ore as ore')
  return {
    reference,
    pool: it.code,
    path: statuses.filter((status): status is string => status !== null && status !== ''),
    requestedOre: it.requested_ore,
    grantedOre: grant?.amount_ore ?? 0,
    paidOre: oreOf('payment'),
    returnedOre: oreOf('return'),
    shares,
  }
}

/** Every transition of these cases, oldest first, whichever machine it belongs to. */
export async function readHistory(db: Db, references: string[]): Promise<HistoryRow[]> {
  return db('history as h')
    .join('applications as a', 'a.id', 'h.application_id')
    .whereIn('a.reference', references)
    .whereIn('h.machine', Object.keys(machines))
    .orderBy('h.id')
    .select<HistoryRow[]>('h.*')
}

function silenceOf(line: HistoryRow) {
  const lifecycle = machines[line.machine as MachineName] as (typeof machines)['application']
  const arrow = arrowsOf(lifecycle).find(
    (a) => a.event === line.event && a.from === line.from_status && a.to === line.to_status,
  )
  return (arrow?.effects ?? []).flatMap((effect) =>
    effect.type === 'silent'
      ? [{ event: line.event, because: t('en', `lifecycle.silent.${effect.params.because}`) }]
      : [],
  )
}

async function readMails(db: Db, references: string[], letters: Letter[]) {
  const rows = await db('outbox as m')
    .leftJoin('applications as a', 'a.id', 'm.application_id')
    .whereIn(
      'm.message_id',
      letters.map((letter) => letter.messageId),
    )
    .select<{ message_id: string; language: string; event: string; application: string | null }[]>(
      'm.message_id',
      'm.language',
      'm.event',
      'a.reference as application',
    )
  const known = new Map(rows.map((row) => [row.message_id, row]))
  return letters.flatMap(({ to, subject, messageId }) => {
    const row = known.get(messageId)
    if (!row || (row.application !== null && !references.includes(row.application))) return []
    const { language, application } = row
    const event = row.event.replace(/^\w+\./, '')
    return [{ to, subject, language, event, application, messageId }]
  })
}

async function readLedger(db: Db) {
  const row = await db('ledger_entries').first<{ entries: number; imbalance: number | null }>(
    db.raw('count(*) as entries'),
    db.raw("sum(case when side = 'debit' then amount_ore else -amount_ore end) as imbalance"),
  )
  return { entries: row.entries, imbalanceOre: row.imbalance ?? 0 }
}

/** Steps of these cases that neither sent a mail nor declared why not; none is right. */
export async function findUntold(db: Db, references: string[]): Promise<string[]> {
  const told = new Set(await db('outbox').whereNotNull('history_id').pluck<number[]>('history_id'))
  return (await readHistory(db, references))
    .filter((line) => !told.has(line.id) && silenceOf(line).length === 0)
    .map((line) => `${line.chain} ${line.seq}: ${line.machine} ${line.event}`)
}

/** Mails of these cases that are stored and have not arrived; none is right. */
export async function findUndelivered(
  db: Db,
  references: string[],
  letters: Letter[],
): Promise<string[]> {
  const arrived = new Set(letters.map((letter) => letter.messageId))
  const rows = await db('outbox as m')
    .join('applications as a', 'a.id', 'm.application_id')
    .whereIn('a.reference', references)
    .select<{ message_id: string; template: string }[]>('m.message_id', 'm.template')
  return rows.filter((r) => !arrived.has(r.message_id)).map((r) => `${r.template} ${r.message_id}`)
}
