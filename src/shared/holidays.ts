import { addDays } from './danish.ts'

/** Easter Sunday of a year by the Gregorian calendar, `YYYY-MM-DD`. */
export function easterOf(year: number): string {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const skipped = century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25)
  const epact = (skipped + 19 * golden + 15) % 30
  const early = epact === 29 || (epact === 28 && golden > 10) ? 1 : 0
  const moon = epact - early
  const weekday = (year + Math.floor(year / 4) + moon + 2 - century + Math.floor(century / 4)) % 7
  return addDays(`${year}-03-28`, moon - weekday)
}

/** Skærtorsdag, langfredag, påske, Kristi himmelfart, pinse: days from Easter Sunday. */
const movable = [-3, -2, 0, 1, 39, 49, 50]
/** Store bededag was a public holiday for the last time in 2023. */
const storeBededag = 26

/**
 * The public holidays (helligdage) of a Danish year. Grundlovsdag, 24 and 31 December are none:
 * many offices close, but no law moves a deadline for them.
 */
export function holidaysOf(year: number): string[] {
  const easter = easterOf(year)
  const days = year < 2024 ? [...movable, storeBededag] : movable
  return [
    `${year}-01-01`,
    ...days.map((day) => addDays(easter, day)),
    `${year}-12-25`,
    `${year}-12-26`,
  ].sort()
}

/** Monday to Friday, and no public holiday. */
export function isWorkingDay(date: string): boolean {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay()
  return weekday % 6 !== 0 && !holidaysOf(Number(date.slice(0, 4))).includes(date)
}

/** The date some working days later; the day it is counted from is not one of them. */
export function addWorkingDays(date: string, count: number): string {
  let day = date
  for (let left = count; left > 0;) {
    day = addDays(day, 1)
    if (isWorkingDay(day)) left -= 1
  }
  return day
}

/** Working days after one date up to another, that one too; 0 when it is not later. */
export function workingDaysUntil(from: string, to: string): number {
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isWorkingDay(day)) count += 1
  }
  return count
}
