import { hostname } from 'node:os'
import { fireDueDeadlines } from './applications/deadlines.ts'
import { startDelivering } from './outbox/deliver.ts'
import { createTransport } from './outbox/transport.ts'
import { forgetTraces } from './people/forget-traces.ts'
import { eraseDue } from './retention/erase-due.ts'
import { nowIso } from './shared/clock.ts'
import { copenhagenDate } from './shared/danish.ts'
import type { Deps } from './web/context.ts'

export type Workers = { stop: () => Promise<void> }

/**
 * What happens without anybody asking: mails go out every few seconds, deadlines
 * every minute, old traces of visits are forgotten every hour, and once a day what has had its time is erased.
 */
export function startWorkers(deps: Omit<Deps, 'engine'>): Workers {
  const { db, clock, config, log } = deps
  const transport = createTransport(config)
  const mails = startDelivering({
    db,
    clock,
    transport,
    log,
    random: Math.random,
    worker: `${hostname()}:${process.pid}`,
  })
  const deadlines = repeat(
    'deadlines',
    60_000,
    () => fireDueDeadlines(db, nowIso(clock), config),
    log,
  )
  const traces = repeat('forgetting', 3_600_000, () => forgetTraces(db, nowIso(clock)), log)
  const erasing = repeat('erasing', 86_400_000, () => erase(deps), log)
  return {
    stop: async () => {
      await Promise.all([mails.stop(), deadlines.stop(), traces.stop(), erasing.stop()])
      transport.close()
    },
  }
}

async function erase({ db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>): Promise<void> {
  const now = nowIso(clock)
  const { cases, people, mails } = await eraseDue(db, { on: copenhagenDate(now), now })
  if (cases.length + people.length + mails === 0) return
  const references = cases.map((it) => it.reference)
  log.info({ references, people: people.length, mails }, 'what has had its time is erased')
}

/** Runs the work again and again, one round at a time; a round that fails is logged, no more. */
export function repeat(
  what: string,
  everyMs: number,
  work: () => Promise<unknown>,
  log: Deps['log'],
): Workers {
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> = Promise.resolve()
  const run = () => {
    round = Promise.resolve()
      .then(work)
      .then(() => undefined)
      .catch((error: unknown) => log.error({ err: error }, `${what} failed`))
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
