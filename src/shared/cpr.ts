/** `ddmmyy-xxxx`, or ten digits after the word CPR: alone they may be a P number. */
const written = /(?<!\d)(\d{2})(\d{2})\d{2}\s?[-\u2010-\u2015\u2212]\s?\d{4}(?!\d)/g
const named = /cpr\D{0,15}(\d{2})(\d{2})\d{2}\s?\d{4}(?!\d)/gi

/** Whether something that looks like a Danish personal number stands in the text. */
export const hasCpr = (text: string): boolean =>
  [...text.matchAll(written), ...text.matchAll(named)].some(([, day, month]) =>
    isDay(Number(day), Number(month)),
  )

const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Numbers that are given to people without one of their own have 60 added to the day. */
const isDay = (day: number, month: number): boolean =>
  (day > 60 ? day - 60 : day) >= 1 && (day > 60 ? day - 60 : day) <= (daysIn[month - 1] ?? 0)
