import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  copenhagenDate,
  copenhagenInstant,
  formatDateTime,
  formatTime,
  formatWeekdayDate,
  foldForSearch,
  parseCvr,
  parseDateFields,
  parsePhone,
  sortKey,
} from '../../src/shared/danish.ts'
import {
  formatOre,
  formatOreExact,
  formatPpm,
  parseAmount,
  shareOfBase,
} from '../../src/shared/money.ts'

describe('amounts', () => {
  it.each([
    ['250000', 25000000],
    ['250.000', 25000000],
    ['250 000 kr.', 25000000],
    ['250.000,00', 25000000],
    ['kr. 1.234.567,89', 123456789],
    ['12500,5', 1250050],
    ['12.500,-', 1250000],
    ['0', 0],
  ])('understands %s', (text, ore) => {
    expect(parseAmount(text)).toEqual({ ore })
  })

  it.each([
    ['', 'empty'],
    ['250.00', 'ambiguous'],
    ['1,000', 'ambiguous'],
    ['1e3', 'notANumber'],
    ['１２', 'notANumber'],
    ['-5', 'negative'],
    ['99999999999999999', 'tooLarge'],
  ])('refuses %s as %s', (text, problem) => {
    expect(parseAmount(text)).toEqual({ problem })
  })

  it('writes them as Danes and Britons do', () => {
    expect(formatOre(123456789, 'da')).toBe('1.234.567,89\u00a0kr.')
    expect(formatOre(25000000, 'da')).toBe('250.000\u00a0kr.')
    expect(formatOreExact(25000000, 'en')).toBe('DKK\u00a0250,000.00')
    expect(formatPpm(52500, 'da')).toBe('5,25\u00a0%')
  })

  it('computes a share of a base without floating point', () => {
    expect(shareOfBase(1_250_000_000_000, 300)).toBe(375_000_000)
  })
})

describe('dates', () => {
  it('knows when summer time begins and ends in Copenhagen', () => {
    expect(copenhagenInstant('2026-09-15', '12:00')).toBe('2026-09-15T10:00:00.000Z')
    expect(copenhagenInstant('2026-12-01', '23:59:59')).toBe('2026-12-01T22:59:59.000Z')
    expect(copenhagenInstant('2026-03-29', '01:30')).toBe('2026-03-29T00:30:00.000Z')
    expect(copenhagenInstant('2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z')
    expect(copenhagenDate('2026-12-31T23:30:00.000Z')).toBe('2027-01-01')
  })

  it('finds the clock time of every hour of the year again', () => {
    for (let hour = 0; hour < 365 * 24; hour += 1) {
      const date = addDays('2026-01-01', Math.floor(hour / 24))
      const time = `${String(hour % 24).padStart(2, '0')}:30`
      if (date === '2026-03-29' && time === '02:30') continue
      const instant = copenhagenInstant(date, time)
      expect(`${copenhagenDate(instant)} ${formatTime(instant, 'en')}`).toBe(`${date} ${time}`)
    }
  })

  it('writes them in words', () => {
    expect(formatDateTime('2026-03-01T13:05:00.000Z', 'da')).toBe('1. marts 2026 kl. 14.05')
    expect(formatWeekdayDate('2026-03-01', 'da')).toBe('søndag den 1. marts 2026')
  })

  it('adds months without leaving the month', () => {
    expect(addMonths('2026-08-31', 6)).toBe('2027-02-28')
  })

  it('refuses a day that does not exist', () => {
    expect(parseDateFields({ day: '31', month: '2', year: '2026' })).toEqual({ problem: 'date' })
    expect(parseDateFields({ day: '1', month: '3', year: '2026' })).toEqual({ date: '2026-03-01' })
  })
})

describe('Danish words and numbers', () => {
  it('sorts æ, ø, å last and aa as å', () => {
    const names = ['Århus', 'Østerbro', 'Amager', 'Aalborg', 'Æbleværket', 'Zoo']
    expect([...names].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))).toEqual(
      [...names].sort(new Intl.Collator('da').compare),
    )
  })

  it('folds for search', () => {
    expect(foldForSearch('  Rehabiliteringsforløb på Århusgade ')).toBe(
      'rehabiliteringsforloeb paa aarhusgade',
    )
  })

  it('checks CVR by mod 11, and phone numbers by shape', () => {
    expect(parseCvr('24256790')).toBe('24256790')
    expect(parseCvr('DK 00 00 10 07')).toBe('00001007')
    expect(parseCvr('24256791')).toBeNull()
    expect(parseCvr('00000000')).toBeNull()
    expect(parsePhone('+45 12 34 56 78')).toBe('12345678')
    expect(parsePhone('123')).toBeNull()
  })
})
