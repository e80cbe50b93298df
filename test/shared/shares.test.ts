import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitByLargestRemainder, splitPayment, splitReturn } from '../../src/shared/shares.ts'

const tvaer = [
  ['BIF', 33000000],
  ['BUF', 375000000],
  ['KFF', 57000000],
  ['SOF', 225000000],
  ['SUF', 174000000],
  ['TMF', 54000000],
  ['ØKF', 66000000],
] as const

describe('shares', () => {
  it('splits a grant by what each has left, exactly', () => {
    const shares = splitByLargestRemainder(
      35000000,
      tvaer.map(([code, weight]) => ({ code, weight })),
    )
    expect(Object.fromEntries(shares.map((s) => [s.code, s.ore]))).toMatchObject({
      BUF: 13338415,
      BIF: 1173780,
    })
    expect(shares.reduce((sum, s) => sum + s.ore, 0)).toBe(35000000)
  })

  it('breaks ties by code: three equal parts of 100,00', () => {
    const equal = ['C', 'A', 'B'].map((code) => ({ code, weight: 10000 }))
    expect(splitByLargestRemainder(10000, equal)).toEqual([
      { code: 'A', ore: 3334 },
      { code: 'B', ore: 3333 },
      { code: 'C', ore: 3333 },
    ])
  })

  it('pays four instalments, each bearer deficit first, the last closing to zero', () => {
    const shares = splitByLargestRemainder(
      35000000,
      tvaer.map(([code, weight]) => ({ code, weight })),
    )
    const paid = new Map(shares.map((s) => [s.code, 0]))
    const rows: Record<string, number[]> = { BUF: [], BIF: [] }
    for (const instalment of [14000000, 10500000, 7000000, 3500000]) {
      const parts = splitPayment(
        instalment,
        shares.map((s) => ({ code: s.code, shareOre: s.ore, paidOre: paid.get(s.code) ?? 0 })),
      )
      for (const part of parts) {
        paid.set(part.code, (paid.get(part.code) ?? 0) + part.ore)
        rows[part.code]?.push(part.ore)
      }
    }
    expect(rows).toEqual({
      BUF: [5335366, 4001525, 2667682, 1333842],
      BIF: [469512, 352134, 234756, 117378],
    })
    expect(shares.map((s) => s.ore - (paid.get(s.code) ?? 0))).toEqual(shares.map(() => 0))
  })

  it('returns what was paid beyond the final shares, to whom it came from', () => {
    expect(
      splitReturn(6000, [
        { code: 'A', shareOre: 5000, paidOre: 5000 },
        { code: 'B', shareOre: 5000, paidOre: 5000 },
      ]),
    ).toEqual([
      { code: 'A', ore: 2000 },
      { code: 'B', ore: 2000 },
    ])
  })

  it('is exact, within 1 øre and blind to order, whatever the weights', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.record({ code: fc.string({ minLength: 1 }), weight: fc.nat(2_000_000_000) }),
          { minLength: 1, maxLength: 20, selector: (w) => w.code },
        ),
        fc.nat(1_000_000_000),
        (weights, amount) => {
          const total = weights.reduce((sum, w) => sum + w.weight, 0)
          fc.pre(total > 0)
          const parts = splitByLargestRemainder(amount, weights)
          expect(parts.reduce((sum, p) => sum + p.ore, 0)).toBe(amount)
          expect(splitByLargestRemainder(amount, [...weights].reverse())).toEqual(parts)
          for (const part of parts) {
            const weight = weights.find((w) => w.code === part.code)?.weight ?? 0
            const off = BigInt(part.ore) * BigInt(total) - BigInt(amount) * BigInt(weight)
            expect(off < BigInt(total) && off > -BigInt(total)).toBe(true)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('never pays a negative part nor above a share, and ends at zero, however a grant is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 15 }),
        fc.array(fc.nat(500_000), { maxLength: 12 }),
        (shareList, cuts) => {
          const bearers = shareList.map((shareOre, i) => ({
            code: String.fromCharCode(65 + i),
            shareOre,
            paidOre: 0,
          }))
          let left = shareList.reduce((sum, s) => sum + s, 0)
          for (const cut of [...cuts, left]) {
            const payment = Math.min(cut, left)
            const parts = splitPayment(payment, bearers)
            expect(parts.reduce((sum, p) => sum + p.ore, 0)).toBe(payment)
            for (const [i, part] of parts.entries()) {
              const bearer = bearers[i]
              if (!bearer) throw new Error('no bearer')
              expect(part.ore).toBeGreaterThanOrEqual(0)
              bearer.paidOre += part.ore
              expect(bearer.paidOre).toBeLessThanOrEqual(bearer.shareOre)
            }
            left -= payment
            if (left === 0) break
          }
          expect(bearers.map((b) => b.shareOre - b.paidOre)).toEqual(bearers.map(() => 0))
        },
      ),
      { numRuns: 1000 },
    )
  })
})
