import { describe, expect, it } from 'vitest'
import { roundsOfYear } from '../../src/rounds/plan-year.ts'
import type { RoundRow } from '../../src/db/tables.ts'

const now = '2026-03-02T09:00:00.000Z'
const rule = { year: 2027, day: 1, months: [8, 3, 11], time: '23:59', weeks: 4 }
const round = (opens_at: string, closes_at: string): RoundRow => ({
  id: 1,
  pool_id: 1,
  opens_at,
  closes_at,
  decision_on: '2027-01-01',
  extended_from: null,
  extended_reason: null,
  version: 1,
})

describe('the rounds of a year', () => {
  it('close at the same Danish time in summer and winter, each opening when the last has closed', () => {
    expect(roundsOfYear(rule, [], now)).toEqual([
      {
        opens_at: '2026-12-31T23:00:00.000Z',
        closes_at: '2027-03-01T22:59:59.000Z',
        decision_on: '2027-03-29',
        fate: 'new',
      },
      {
        opens_at: '2027-03-01T23:00:00.000Z',
        closes_at: '2027-08-01T21:59:59.000Z',
        decision_on: '2027-08-29',
        fate: 'new',
      },
      {
        opens_at: '2027-08-01T22:00:00.000Z',
        closes_at: '2027-11-01T22:59:59.000Z',
        decision_on: '2027-11-29',
        fate: 'new',
      },
    ])
  })

  it('fall on the last day of a month that is shorter, and on the next minute that clocks show', () => {
    const short = roundsOfYear({ ...rule, day: 31, months: [2], time: '12:00' }, [], now)
    expect(short.map((r) => r.closes_at)).toEqual(['2027-02-28T11:00:00.000Z'])
    const leapt = roundsOfYear({ ...rule, day: 28, months: [3], time: '02:30' }, [], now)
    expect(leapt.map((r) => r.closes_at)).toEqual(['2027-03-28T01:00:00.000Z'])
    const twice = roundsOfYear({ ...rule, day: 31, months: [10], time: '02:30' }, [], now)
    expect(twice.map((r) => r.closes_at)).toEqual(['2027-10-31T00:30:00.000Z'])
  })

  it('go on from what is there, leave what is there, and tell what cannot be', () => {
    const there = [
      round('2026-06-01T22:00:00.000Z', '2027-03-01T22:59:59.000Z'),
      round('2027-07-15T00:00:00.000Z', '2027-09-15T00:00:00.000Z'),
    ]
    const fates = roundsOfYear(rule, there, now).map((r) => [r.opens_at.slice(0, 10), r.fate])
    expect(fates).toEqual([
      ['2026-12-31', 'there'],
      ['2027-03-01', 'overlaps'],
      ['2027-09-15', 'new'],
    ])
    const past = roundsOfYear({ ...rule, year: 2026, months: [1, 4] }, [], now)
    expect(past.map((r) => [r.opens_at, r.fate])).toEqual([
      [now, 'passed'],
      [now, 'new'],
    ])
  })
})
