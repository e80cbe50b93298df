import { describe, expect, it } from 'vitest'
import {
  addWorkingDays,
  easterOf,
  holidaysOf,
  isWorkingDay,
  workingDaysUntil,
} from '../../src/shared/holidays.ts'

describe('Danish holidays', () => {
  it.each([
    [1954, '1954-04-18'],
    [1981, '1981-04-19'],
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2011, '2011-04-24'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2028, '2028-04-16'],
    [2029, '2029-04-01'],
    [2030, '2030-04-21'],
    [2038, '2038-04-25'],
  ])('have Easter of %i on %s', (year, date) => {
    expect(easterOf(year)).toBe(date)
  })

  it('are the eleven of 2026', () => {
    expect(holidaysOf(2026)).toEqual(
      [
        '2026-01-01',
        '2026-04-02',
        '2026-04-03',
        '2026-04-05',
        '2026-04-06',
        '2026-05-14',
        '2026-05-24',
        '2026-05-25',
        '2026-12-25',
        '2026-12-26',
      ].sort(),
    )
  })

  it('had store bededag until 2023', () => {
    expect(holidaysOf(2023)).toContain('2023-05-05')
    expect(isWorkingDay('2024-04-26')).toBe(true)
  })

  it('leave Grundlovsdag, 24 and 31 December to be worked', () => {
    expect(['2026-06-05', '2026-12-24', '2026-12-31'].map(isWorkingDay)).toEqual([true, true, true])
  })
})

describe('working days', () => {
  it.each([
    ['2026-03-30', '2026-04-13'], // Easter between
    ['2026-03-02', '2026-03-11'],
    ['2026-03-07', '2026-03-17'], // asked on a Saturday
    ['2026-12-22', '2027-01-04'], // Christmas and New Year
    ['2026-05-12', '2026-05-22'], // Ascension Day
    ['2026-05-20', '2026-06-01'], // Whitsun
  ])('seven after %s is %s', (asked, due) => {
    expect(addWorkingDays(asked, 7)).toBe(due)
    expect(workingDaysUntil(asked, due)).toBe(7)
  })

  it('are none left when the day has passed', () => {
    expect(workingDaysUntil('2026-04-14', '2026-04-13')).toBe(0)
  })
})
