const second = 1000
const minute = 60 * second
const hour = 60 * minute

const first = [30 * second, 2 * minute, 10 * minute, 30 * minute, 2 * hour]
const later = 6 * hour
const giveUpAfter = 72 * hour

/** How long a worker may hold a mail before somebody else takes it over. */
export const leaseMs = 2 * minute

/** Tries in all: the first, the quick ones, and one every six hours within three days. */
export const maxAttempts =
  1 + first.length + Math.floor((giveUpAfter - first.reduce((sum, d) => sum + d, 0)) / later)

/** Milliseconds until the next try after this many; `random` (0–1) spreads it by ± 20 %. */
export const delayAfter = (attempts: number, random: number): number =>
  Math.round((first[attempts - 1] ?? later) * (0.8 + 0.4 * random))
