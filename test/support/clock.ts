/** A clock that stands still until it is moved. */
export function frozenClock(start = '2026-03-02T09:00:00.000Z') {
  let now = Date.parse(start)
  return Object.assign(() => new Date(now), {
    advanceDays: (days: number) => void (now += days * 86_400_000),
    advanceMinutes: (minutes: number) => void (now += minutes * 60_000),
    set: (iso: string) => void (now = Date.parse(iso)),
  })
}
export type FrozenClock = ReturnType<typeof frozenClock>
