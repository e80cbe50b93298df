import type { Lang } from './actor.ts'

const zone = 'Europe/Copenhagen'
const locale: Record<Lang, string> = { da: 'da-DK', en: 'en-GB' }

const cached = new Map<string, Intl.DateTimeFormat>()
function formatter(lang: Lang, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options)
  const found =
    cached.get(key) ?? new Intl.DateTimeFormat(locale[lang], { timeZone: zone, ...options })
  cached.set(key, found)
  return found
}

/** An instant from UTC ISO text, or noon of a date, so that a date never slips to its neighbour. */
const instantOf = (text: string) => new Date(text.length === 10 ? `${text}T11:00:00.000Z` : text)

/** `1. marts 2026` */
export const formatDate = (text: string, lang: Lang): string =>
  formatter(lang, { day: 'numeric', month: 'long', year: 'numeric' }).format(instantOf(text))

/** `søndag den 1. marts 2026` */
export function formatWeekdayDate(text: string, lang: Lang): string {
  const weekday = formatter(lang, { weekday: 'long' }).format(instantOf(text))
  return `${weekday}${lang === 'da' ? ' den' : ''} ${formatDate(text, lang)}`
}

/** `14.05` in Danish, `14:05` in English */
export function formatTime(text: string, lang: Lang): string {
  const time = formatter('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return lang === 'da'
    ? time.format(instantOf(text)).replace(':', '.')
    : time.format(instantOf(text))
}

/** `1. marts 2026 kl. 14.05` */
export const formatDateTime = (text: string, lang: Lang): string =>
  `${formatDate(text, lang)} ${lang === 'da' ? 'kl.' : 'at'} ${formatTime(text, lang)}`

/** The date in Copenhagen at this instant, `YYYY-MM-DD`. */
export function copenhagenDate(iso: string): string {
  return swedish.format(new Date(iso))
}

/** Swedes write dates as `YYYY-MM-DD`. */
const swedish = new Intl.DateTimeFormat('sv-SE', { timeZone: zone })

export const copenhagenYear = (iso: string): number => Number(copenhagenDate(iso).slice(0, 4))

/** The UTC instant at which clocks in Copenhagen show this date and time (the first, when twice). */
export function copenhagenInstant(date: string, time: string): string {
  const wall = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}.000Z`)
  for (const offsetHours of [2, 1]) {
    const guess = new Date(wall - offsetHours * 3_600_000)
    if (offsetOf(guess) === offsetHours) return guess.toISOString()
  }
  return new Date(wall - 3_600_000).toISOString()
}

/** The same, or null on the night in spring when the clocks leap over it. */
export function clockInstant(date: string, time: string): string | null {
  const instant = copenhagenInstant(date, time)
  const isShown = copenhagenDate(instant) === date && formatTime(instant, 'en') === time.slice(0, 5)
  return isShown ? instant : null
}

function offsetOf(at: Date): number {
  const hour = formatter('en', { hour: '2-digit', hourCycle: 'h23' }).format(at)
  return (Number(hour) - at.getUTCHours() + 24) % 24
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The same day some months later, or the last one of that month. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)))
    .toISOString()
    .slice(0, 10)
}

/** Whole days from one date to another; negative when it lies before. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000)

export type DateParts = { day: string; month: string; year: string }

/** Three typed fields into `YYYY-MM-DD`; the 31st of February is no date. */
export function parseDateFields(p: DateParts): { date: string } | { problem: 'empty' | 'date' } {
  const [day, month, year] = [p.day.trim(), p.month.trim(), p.year.trim()]
  if (day === '' && month === '' && year === '') return { problem: 'empty' }
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) {
    return { problem: 'date' }
  }
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const real = new Date(`${date}T12:00:00Z`)
  return Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== date
    ? { problem: 'date' }
    : { date }
}

/**
 * A key that sorts as Danes do: æ, ø, å last, and aa as å. Letters and digits only stand for them,
 * since a database's own collation may pass over other signs.
 */
export function sortKey(text: string): string {
  return text
    .normalize('NFC')
    .toLocaleLowerCase('da')
    .replace(/aa|å/g, 'zzz3')
    .replace(/æ|ä/g, 'zzz1')
    .replace(/ø|ö/g, 'zzz2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
}

/** Text as it is searched: lower case, å→aa, æ→ae, ø→oe, no accents. */
export function foldForSearch(text: string): string {
  return text
    .normalize('NFC')
    .toLocaleLowerCase('da')
    .replace(/å/g, 'aa')
    .replace(/æ|ä/g, 'ae')
    .replace(/ø|ö/g, 'oe')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}

const cvrWeights = [2, 7, 6, 5, 4, 3, 2, 1]

/** The eight digits of a CVR number whose check sum (mod 11) holds, or null. */
export function parseCvr(text: string): string | null {
  const digits = text.replace(/^\s*dk/i, '').replace(/\s/g, '')
  if (!/^[0-9]{8}$/.test(digits) || digits === '00000000') return null
  const sum = cvrWeights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0)
  return sum % 11 === 0 ? digits : null
}

/** `12 34 56 78` for eight digits, anything else as it is. */
export const formatPhone = (phone: string): string =>
  /^\d{8}$/.test(phone) ? phone.replace(/(\d\d)(?=\d)/g, '$1\u00a0') : phone

/** A phone number as `12345678` or `+4612345678`, or null. */
export function parsePhone(text: string): string | null {
  const bare = text.replace(/[\s().-]/g, '').replace(/^00/, '+')
  if (/^\d{8}$/.test(bare)) return bare
  if (/^\+45\d{8}$/.test(bare)) return bare.slice(3)
  return /^\+[1-9]\d{6,14}$/.test(bare) ? bare : null
}
