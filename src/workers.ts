import { hostname } from 'node:os'
import { fireDueDeadlines } from './applications/deadlines.ts'
import { startDelivering } from './outbox/deliver.ts'
import { createTransport } from './outbox/transport.ts'
import { forgetTraces } from './people/forget-traces.ts'
import { nowIso } from './shared/clock.ts'
import type { Deps } from './web/context.ts'

export type Workers = { stop: () => Promise<void> }

/**
 * What happens without anybody asking: mails go out every few seconds, deadlines
 * every minute, and old traces of visits are forgotten every hour.
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
  return {
    stop: async () => {
      await Promise.all([mails.stop(), deadlines.stop(), traces.stop()])
      transport.close()
    },
  }
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
