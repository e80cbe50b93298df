/** One part of an amount: whose it is and how much of it, in øre. */
export type Share = { code: string; ore: number }

/** What a part is measured by. `weight` is a non-negative integer (an øre balance, a ppm). */
export type Weight = { code: string; weight: number }

/**
 * Splits `amountOre` over the weights by largest remainder. The parts add up to the amount exactly,
 * each within 1 øre of its exact value; ties go to the lower code (code-point order), and the order
 * of the weights does not matter. Throws a RangeError when nobody can carry the amount.
 */
export function splitByLargestRemainder(amountOre: number, weights: Weight[]): Share[] {
  assertOre(amountOre)
  const bearers = [...weights].sort(byCode)
  for (const { weight } of bearers) assertOre(weight)
  const total = bearers.reduce((sum, { weight }) => sum + BigInt(weight), 0n)
  if (amountOre === 0) return bearers.map(({ code }) => ({ code, ore: 0 }))
  if (total === 0n) throw new RangeError('no weight to carry the amount')

  const parts = bearers.map(({ code, weight }) => {
    const product = BigInt(amountOre) * BigInt(weight)
    return { code, ore: product / total, remainder: product % total }
  })
  let left = BigInt(amountOre) - parts.reduce((sum, part) => sum + part.ore, 0n)
  for (const part of [...parts].sort(byRemainderThenCode)) {
    if (left === 0n) break
    part.ore += 1n
    left -= 1n
  }
  return parts.map(({ code, ore }) => ({ code, ore: Number(ore) }))
}

/** A bearer's own share of a grant, and what has been paid of it so far, in øre. */
export type Bearer = { code: string; shareOre: number; paidOre: number }

/**
 * Splits one payment over a grant's own shares, deficit first: each bearer gets what it is behind
 * its exact cumulative part (rounded down, never below 0), the rest goes to the largest deficits,
 * never above the own share. The last payment closes every bearer to its share exactly.
 * Throws a RangeError when the payment passes what is left of the grant.
 */
export function splitPayment(paymentOre: number, bearers: Bearer[]): Share[] {
  assertOre(paymentOre)
  const sorted = [...bearers].sort(byCode)
  const grantOre = sorted.reduce((sum, b) => sum + BigInt(b.shareOre), 0n)
  const paidOre = sorted.reduce((sum, b) => sum + BigInt(b.paidOre), 0n)
  const cumulative = paidOre + BigInt(paymentOre)
  if (cumulative > grantOre) throw new RangeError('the payment passes what is left of the grant')
  if (paymentOre === 0) return sorted.map(({ code }) => ({ code, ore: 0 }))

  const parts = sorted.map(({ code, shareOre, paidOre: paid }) => {
    const exact = BigInt(shareOre) * cumulative
    const behind = exact / grantOre - BigInt(paid)
    const ore = behind > 0n ? behind : 0n
    return {
      code,
      ore,
      roomOre: BigInt(shareOre) - BigInt(paid) - ore,
      deficit: exact - (BigInt(paid) + ore) * grantOre,
    }
  })
  let left = BigInt(paymentOre) - parts.reduce((sum, part) => sum + part.ore, 0n)
  while (left > 0n) {
    const next = parts.filter((part) => part.roomOre > 0n).sort(byDeficitThenCode)[0]
    if (!next) throw new RangeError('nobody has room for the rest of the payment')
    next.ore += 1n
    next.roomOre -= 1n
    next.deficit -= grantOre
    left -= 1n
  }
  while (left < 0n) {
    const next = parts
      .filter((part) => part.ore > 0n)
      .sort(byDeficitThenCode)
      .at(-1)
    if (!next) throw new RangeError('the payment cannot be split')
    next.ore -= 1n
    next.roomOre += 1n
    next.deficit += grantOre
    left += 1n
  }
  return parts.map(({ code, ore }) => ({ code, ore: Number(ore) }))
}

/**
 * What each bearer gets back when a grant of `shares` ends at `finalOre` with `paid` paid out:
 * the final shares are fixed first (largest remainder over the grant's own shares), then
 * return = paid − final. A part may be negative only by rounding; the sum is exact.
 */
export function splitReturn(finalOre: number, bearers: Bearer[]): Share[] {
  const finals = splitByLargestRemainder(
    finalOre,
    bearers.map(({ code, shareOre }) => ({ code, weight: shareOre })),
  )
  return [...bearers]
    .sort(byCode)
    .map(({ code, paidOre }, i) => ({ code, ore: paidOre - (finals[i]?.ore ?? 0) }))
}

function assertOre(value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not whole øre: ${value}`)
}

/** Code-point order, the tie-break of every split. */
export function byCode(a: { code: string }, b: { code: string }): number {
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0
}

function byRemainderThenCode(
  a: { code: string; remainder: bigint },
  b: { code: string; remainder: bigint },
): number {
  if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1
  return byCode(a, b)
}

function byDeficitThenCode(
  a: { code: string; deficit: bigint },
  b: { code: string; deficit: bigint },
): number {
  if (a.deficit !== b.deficit) return a.deficit > b.deficit ? -1 : 1
  return byCode(a, b)
}
