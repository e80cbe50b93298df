import type { MachineName } from '../../workflows/vocabulary.ts'
import { arrowsOf, machines } from '../../workflows/lifecycle.ts'
import type { HistoryRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { maxAttempts } from '../shared/backoff.ts'
import type { Check } from './walk.ts'
import { walk } from './walk.ts'

/** T5 and M1–M5: every step has told whom it owed, and no mail is lost, stuck or out of order. */
export const mailChecks: Check[] = [
  { name: 'every step has its mails, or says why it is silent', find: findUntold },
  { name: 'no mail is stuck, overtried or sent without a time', find: findStuck },
  { name: 'mails to one person on one case went out in their order', find: findOvertaken },
  { name: 'every dead mail of a case became a task', find: findUnnoticedDead },
]

async function findUntold(db: Db): Promise<string[]> {
  // Two arrows may lead the same way; one of them was taken.
  const owed = new Map<string, string[][]>()
  for (const lifecycle of Object.values(machines)) {
    for (const a of arrowsOf(lifecycle as (typeof machines)['application'])) {
      const templates = a.effects.flatMap((e) => (e.type === 'email' ? [e.params.template] : []))
      const key = keyOf(lifecycle.name, a.from, a.event, a.to)
      owed.set(key, [...(owed.get(key) ?? []), templates])
    }
  }
  const faults: string[] = []
  for await (const page of walk<HistoryRow>(db, 'history', ['id', 'seq'])) {
    const sent = await db('outbox')
      .whereIn(
        'history_id',
        page.map((line) => line.id),
      )
      .select<{ history_id: number; template: string }[]>('history_id', 'template')
    const told = new Set(sent.map((mail) => `${mail.history_id} ${mail.template}`))
    for (const line of page) {
      const key = keyOf(line.machine, line.from_status, line.event, line.to_status)
      const missing = (owed.get(key) ?? [[]]).map((templates) =>
        templates.filter((template) => !told.has(`${line.id} ${template}`)),
      )
      if (missing.every((templates) => templates.length > 0)) {
        faults.push(`history ${line.id} (${line.chain}): no mail ${missing[0]?.join(', ') ?? ''}`)
      }
    }
  }
  return faults
}

const keyOf = (
  machine: MachineName | string,
  from: string | null,
  event: string,
  to: string | null,
) => [machine, from, event, to].join(' ')

async function findStuck(db: Db): Promise<string[]> {
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString()
  const rows = await db('outbox')
    .where((q) => void q.where({ status: 'sending' }).andWhere('lease_until', '<', hourAgo))
    .orWhere('attempts', '>', maxAttempts)
    .orWhere((q) => void q.where({ status: 'sent' }).whereNull('sent_at'))
    .orderBy('id')
    .select<{ id: number; status: string; attempts: number }[]>('id', 'status', 'attempts')
  return rows.map((m) => `mail ${m.id}: ${m.status} after ${m.attempts} tries`)
}

async function findOvertaken(db: Db): Promise<string[]> {
  const rows = await db('outbox as later')
    .join(
      'outbox as earlier',
      (join) =>
        void join
          .on('earlier.application_id', 'later.application_id')
          .andOn('earlier.to_address', 'later.to_address')
          .andOn('earlier.id', '<', 'later.id')
          .andOn('later.sent_at', '<', 'earlier.sent_at'),
    )
    .where({ 'earlier.attempts': 1, 'later.attempts': 1 })
    .orderBy('later.id')
    .select<{ id: number; before: number }[]>('later.id', 'earlier.id as before')
  return rows.map((m) => `mail ${m.id} went out before mail ${m.before}`)
}

async function findUnnoticedDead(db: Db): Promise<string[]> {
  const rows = await db('outbox as m')
    .where('m.status', 'dead')
    .whereNotNull('m.application_id')
    .whereNotExists(
      db('tasks as t')
        .whereRaw('t.application_id = m.application_id')
        .where('t.kind', 'deadMail')
        .select('t.id'),
    )
    .orderBy('m.id')
    .select<{ id: number; to_address: string }[]>('m.id', 'm.to_address')
  return rows.map((m) => `mail ${m.id} to ${m.to_address}`)
}
