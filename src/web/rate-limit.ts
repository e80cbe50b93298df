import type { Clock } from '../shared/clock.ts'

/** Too many tries from one place: 429. */
export class TooMany extends Error {
  override readonly name = 'TooMany'
}

/**
 * Counts tries per key in a window that slides; `take` throws TooMany past the limit. In memory:
 * with several processes each keeps its own count, which only makes the limit that much wider.
 */
export function rateLimit(clock: Clock, limit: { tries: number; minutes: number }) {
  const tries = new Map<string, number[]>()
  let tidiedAt = clock().getTime()
  return {
    take(key: string): void {
      const now = clock().getTime()
      const since = now - limit.minutes * 60_000
      const recent = (tries.get(key) ?? []).filter((at) => at > since)
      if (recent.length >= limit.tries) throw new TooMany()
      tries.set(key, [...recent, now])
      if (tidiedAt > since) return
      forget(tries, since)
      tidiedAt = now
    },
  }
}

function forget(tries: Map<string, number[]>, since: number): void {
  for (const [key, times] of tries) if (times.every((at) => at <= since)) tries.delete(key)
}
