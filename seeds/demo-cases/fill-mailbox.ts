import type { OutboxRow } from '../../src/db/case-tables.ts'
import type { Db } from '../../src/db/connection.ts'
import { inTransaction } from '../../src/db/connection.ts'
import { advance } from '../../src/lifecycle/advance.ts'
import { maxAttempts } from '../../src/shared/backoff.ts'
import { mail as lifecycle } from '../../workflows/mail.machine.ts'

/**
 * Nothing leaves the demo: its mails lie in the built-in mailbox, each delivered when it was
 * written. All in one transaction, where the worker would need two for each.
 */
export async function fillMailbox(db: Db): Promise<void> {
  await inTransaction(db, async (trx) => {
    const rows = await trx<OutboxRow>('outbox')
      .where({ status: lifecycle.initial })
      .orderBy('id')
      .select('id', 'status', 'version', 'created_at')
    for (const row of rows) {
      const sentAt = new Date(Date.parse(row.created_at) + 2_000).toISOString()
      const step = { lifecycle, table: 'outbox', seen: null, actorId: null, chain: null } as const
      const common = { ...step, facts, roles: ['clock'] as const, now: sentAt }
      const claimed = await advance(trx, {
        ...common,
        row,
        event: 'claim',
        changes: { attempts: 1 },
      })
      await advance(trx, {
        ...common,
        row: { ...row, ...claimed },
        event: 'delivered',
        changes: { sent_at: sentAt },
      })
    }
  })
}

const facts = { isConflicted: false, attempts: 0, maxAttempts, isRefused: false }
