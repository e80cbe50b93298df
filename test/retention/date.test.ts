import { describe, expect, it } from 'vitest'
import { endingOf, eraseOn } from '../../src/shared/retention.ts'

const step = (event: string, to_status: string, at: string) => ({ event, to_status, at })
const saved_at = '2026-03-01T10:00:00.000Z'
const ended = (status: string, ...steps: ReturnType<typeof step>[]) =>
  endingOf({ status, saved_at }, steps)

describe('how a case ended', () => {
  const sent = step('submit', 'submitted', '2026-03-02T10:00:00.000Z')
  const granted = step('grant', 'granted', '2026-05-02T10:00:00.000Z')

  it('is told by its last step, and is nothing yet while it goes on', () => {
    expect(ended('submitted', sent)).toBeNull()
    expect(ended('granted', sent, granted)).toBeNull()
    expect(ended('draft')).toEqual({ kind: 'draft', on: '2026-03-01' })
    expect(ended('notSent', step('roundClosed', 'notSent', '2026-04-01T10:00:00.000Z'))).toEqual({
      kind: 'notSent',
      on: '2026-04-01',
    })
    for (const [event, status, kind, ...before] of [
      ['withdraw', 'withdrawn', 'withdrawn'],
      ['declineAdvice', 'closed', 'refused'],
      ['close', 'closed', 'refused'],
      ['decline', 'lapsed', 'lapsed', granted],
      ['acceptanceDeadlinePassed', 'lapsed', 'lapsed', granted],
      ['close', 'closed', 'granted', granted],
      ['settleRepayment', 'closed', 'granted', granted],
    ] as const) {
      const last = step(event, status, '2026-06-30T21:59:59.000Z')
      expect(ended(status, sent, ...before, last), event).toEqual({ kind, on: '2026-06-30' })
    }
  })

  it('goes by the calendar in Copenhagen, also on the last night of the year', () => {
    const last = step('withdraw', 'withdrawn', '2026-12-31T23:30:00.000Z')
    expect(ended('withdrawn', sent, last)).toEqual({ kind: 'withdrawn', on: '2027-01-01' })
  })

  it('is the last end of one that was reopened, and stays a grant once money was given', () => {
    const steps = [
      step('declineAdvice', 'closed', '2026-06-01T10:00:00.000Z'),
      step('reopen', 'reviewed', '2026-07-01T10:00:00.000Z'),
    ]
    expect(ended('reviewed', sent, ...steps)).toBeNull()
    const again = step('declineAdvice', 'closed', '2026-09-01T10:00:00.000Z')
    expect(ended('closed', sent, ...steps, again)).toEqual({ kind: 'refused', on: '2026-09-01' })
    expect(ended('closed', sent, granted, ...steps, again)).toEqual({
      kind: 'granted',
      on: '2026-09-01',
    })
  })

  it('is not there for a draft that was sent and taken back: its round ends it', () => {
    expect(ended('draft', sent, step('retract', 'draft', '2026-03-03T10:00:00.000Z'))).toBeNull()
  })
})

describe('the first day of erasure', () => {
  it.each([
    ['2026-03-15', 6, 0, '2026-09-16'],
    ['2026-08-31', 6, 0, '2027-03-01'], // to the last day of February, and the day after
    ['2027-08-31', 6, 0, '2028-03-01'], // which is the 29th that year
    ['2024-02-29', 12, 0, '2025-03-01'],
    ['2026-12-31', 12, 0, '2028-01-01'],
    ['2026-01-01', 60, 1, '2032-01-01'],
    ['2026-12-31', 60, 1, '2032-01-01'],
    ['2027-01-01', 60, 1, '2033-01-01'],
  ])('after an end on %s, %i months (year end: %i), is %s', (on, months, from_year_end, day) => {
    expect(eraseOn(on, { months, from_year_end })).toBe(day)
  })
})
