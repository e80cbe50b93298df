import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moneyBar } from '../../src/shared/money-bar.ts'
import { formatOre, formatOreExact, parseAmount, typedOre } from '../../src/shared/money.ts'

describe('amounts', () => {
  it.each([
    ['250.000,5', 25000050],
    ['250 000,00', 25000000],
    ['250\u00a0000\u00a0kr.', 25000000],
    ['DKK 250.000', 25000000],
    ['12.500,- kr.', 1250000],
    ['kr 1.000.000', 100000000],
    ['90071992547409,91', Number.MAX_SAFE_INTEGER],
  ])('understands %s', (text, ore) => {
    expect(parseAmount(text)).toEqual({ ore })
  })

  it.each([
    ['kr.', 'empty'],
    ['1.000 000', 'notANumber'],
    ['1.00.000', 'notANumber'],
    ['250.000.00', 'notANumber'],
    ['2.5', 'ambiguous'],
    ['12,345', 'ambiguous'],
    ['\u22125', 'negative'],
    ['0x10', 'notANumber'],
    ['Infinity', 'notANumber'],
    ['12\u200b000', 'notANumber'],
    ['90071992547409,92', 'tooLarge'],
  ])('refuses %j as %s', (text, problem) => {
    expect(parseAmount(text)).toEqual({ problem })
  })

  it('does not stumble over a text without end', () => {
    expect(parseAmount('9'.repeat(1_000_000))).toEqual({ problem: 'tooLarge' })
  })

  it('reads back to the øre what it wrote', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (ore) => {
        expect(parseAmount(formatOre(ore, 'da'))).toEqual({ ore })
        expect(parseAmount(formatOreExact(ore, 'da'))).toEqual({ ore })
        expect(parseAmount(typedOre(ore))).toEqual({ ore })
      }),
    )
  })

  it('never throws and never guesses, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = parseAmount(text)
        if ('ore' in read) expect(Number.isSafeInteger(read.ore)).toBe(true)
      }),
    )
  })
})

describe('a bar of money', () => {
  it('is filled exactly by its parts', () => {
    const parts = [1, 0, 1, 1].map((ore) => ({ tone: 'paid', label: '', ore }) as const)
    const bar = moneyBar({ id: 'a', title: '', description: '', parts })
    expect(bar.parts.map(({ x, width }) => [x, width])).toEqual([
      [0, 333],
      [333, 0],
      [333, 334],
      [667, 333],
    ])
  })

  it('is empty where there is no money', () => {
    const parts = [{ tone: 'paid', label: '', ore: 0 } as const]
    expect(moneyBar({ id: 'a', title: '', description: '', parts }).parts[0]?.width).toBe(0)
  })
})
