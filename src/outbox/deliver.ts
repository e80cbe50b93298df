import { mail as lifecycle } from '../../workflows/mail.machine.ts'
import type { OutboxRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction, isPostgres } from '../db/connection.ts'
import type { TaskRow } from '../db/tables.ts'
import { advance } from '../lifecycle/advance.ts'
import type { Clock } from '../shared/clock.ts'
import { nowIso } from '../shared/clock.ts'
import { Stale } from '../shared/errors.ts'
import type { Logger } from '../shared/log.ts'
import { delayAfter, leaseMs, maxAttempts } from '../shared/backoff.ts'
import { lanes, MailRefused } from './transport.ts'
import type { Transport } from './transport.ts'

export type Delivery = {
  db: Db
  clock: Clock
  transport: Transport
  log: Pick<Logger, 'warn' | 'error'>
  /** 0 ≤ n < 1, for the jitter of the next try. */
  random: () => number
  /** Who holds a lease: one name per process. */
  worker: string
}

export type Delivered = { sent: number; retrying: number; dead: number }

/**
 * Sends every mail that is due, several at once, until none is left. Each is claimed with a lease
 * in one transaction, sent outside of any, and settled in the next: at least once, never lost.
 */
export async function deliverDue(d: Delivery): Promise<Delivered> {
  const total: Delivered = { sent: 0, retrying: 0, dead: 0 }
  const lane = async () => {
    for (let claimed = await claimNext(d); claimed; claimed = await claimNext(d)) {
      if (claimed.status === 'dead') total.dead += 1
      else {
        const outcome = await sendOne(d, claimed)
        if (outcome) total[outcome] += 1
      }
    }
  }
  await Promise.all(Array.from({ length: d.transport.lanes ?? lanes }, lane))
  return total
}

/** Delivers every `everyMs`, one round at a time, until stopped; a round that fails is only logged. */
export function startDelivering(d: Delivery, everyMs = 2_000): { stop: () => Promise<void> } {
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> = Promise.resolve()
  const run = () => {
    round = deliverDue(d)
      .then(() => undefined)
      .catch((error: unknown) => d.log.error({ err: error }, 'delivery failed'))
      .finally(() => {
        if (!isStopped) timer = setTimeout(run, everyMs)
      })
  }
  run()
  return {
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await round
    },
  }
}

/**
 * Takes the oldest mail that is due, or whose lease has run out. A mail to the same address on the
 * same case waits until the earlier one is through or given up.
 */
async function claimNext(d: Delivery): Promise<OutboxRow | undefined> {
  return inTransaction(d.db, async (trx) => {
    const now = nowIso(d.clock)
    const query = trx<OutboxRow>('outbox as m')
      .where(
        (q) =>
          void q
            .where((due) => void due.whereIn('m.status', waiting).andWhere('m.next_at', '<=', now))
            .orWhere(
              (lost) => void lost.where('m.status', 'sending').andWhere('m.lease_until', '<', now),
            ),
      )
      .whereNotExists(
        trx('outbox as earlier')
          .whereRaw('earlier.application_id = m.application_id')
          .andWhereRaw('earlier.to_address = m.to_address')
          .andWhereRaw('earlier.id < m.id')
          .whereIn('earlier.status', [...waiting, 'sending'])
          .select('earlier.id'),
      )
      .orderBy('m.next_at')
      .orderBy('m.id')
      .select<OutboxRow[]>('m.*')
    const row = await (isPostgres(trx) ? query.forUpdate('m').skipLocked() : query).first()
    if (!row) return undefined
    if (row.status === 'sending' && row.attempts >= maxAttempts) {
      await settle(trx, d, row, { event: 'failed', error: 'the worker never came back' })
      return { ...row, status: 'dead' }
    }
    const changes = {
      attempts: row.attempts + 1,
      worker: d.worker,
      lease_until: new Date(d.clock().getTime() + leaseMs).toISOString(),
    }
    const { status, version } = await step(trx, row, 'claim', changes, now)
    return { ...row, ...changes, status, version }
  })
}

const waiting = ['pending', 'retrying']

async function sendOne(d: Delivery, row: OutboxRow): Promise<keyof Delivered | null> {
  let result: Parameters<typeof settle>[3]
  try {
    await d.transport.send({ to: row.to_address, raw: row.raw })
    result = { event: 'delivered' }
  } catch (error) {
    result = {
      event: 'failed',
      error: error instanceof Error ? error.message : String(error),
      isRefused: error instanceof MailRefused,
    }
  }
  try {
    return await inTransaction(d.db, (trx) => settle(trx, d, row, result))
  } catch (error) {
    // The lease ran out and somebody else has it now: the mail is theirs to settle.
    if (error instanceof Stale) return null
    throw error
  }
}

async function settle(
  trx: Db,
  d: Delivery,
  row: OutboxRow,
  result: { event: 'delivered' | 'failed'; error?: string; isRefused?: boolean },
): Promise<keyof Delivered> {
  const now = nowIso(d.clock)
  const free = { lease_until: null, worker: null }
  if (result.event === 'delivered') {
    await step(trx, row, 'delivered', { ...free, sent_at: now, last_error: null }, now)
    return 'sent'
  }
  const lastError = (result.error ?? '').slice(0, 500)
  const changes = {
    ...free,
    last_error: lastError,
    next_at: new Date(d.clock().getTime() + delayAfter(row.attempts, d.random())).toISOString(),
  }
  const { status } = await step(trx, row, 'failed', changes, now, result.isRefused)
  if (status !== 'dead') return 'retrying'
  d.log.warn({ mail: row.id, template: row.template }, 'a mail could not be delivered')
  if (row.application_id !== null) {
    await trx<TaskRow>('tasks').insert({
      application_id: row.application_id,
      kind: 'deadMail',
      detail: `${row.to_address}: ${row.subject} (${lastError})`,
      created_at: now,
    })
  }
  return 'dead'
}

const step = (
  trx: Db,
  row: OutboxRow,
  event: 'claim' | 'delivered' | 'failed',
  changes: Partial<OutboxRow>,
  now: string,
  isRefused = false,
) =>
  advance(trx, {
    lifecycle,
    table: 'outbox',
    row,
    seen: null,
    event,
    facts: { isConflicted: false, attempts: row.attempts, maxAttempts, isRefused },
    roles: ['clock'],
    actorId: null,
    chain: null,
    changes,
    now,
  })
