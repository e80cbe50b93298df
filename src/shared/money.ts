import type { Lang } from './actor.ts'

export type AmountProblem = 'empty' | 'ambiguous' | 'notANumber' | 'negative' | 'tooLarge'

const thousands = /^\d{1,3}([. ])\d{3}(?:\1\d{3})*(?:,\d{1,2})?$/
const plain = /^\d+(?:,\d{1,2})?$/

/**
 * Reads an amount as Danes type it (`250000`, `250.000`, `250 000 kr.`, `250.000,00`) into øre.
 * `250.00` could mean two things and is refused as ambiguous; nothing is ever guessed or rounded.
 */
export function parseAmount(text: string): { ore: number } | { problem: AmountProblem } {
  const bare = text
    .replace(/[\u00a0\u202f\s]+/g, ' ')
    .trim()
    .replace(/^(?:kr\.?|dkk)\s*/i, '')
    .replace(/\s*(?:kr\.?|dkk)$/i, '')
    .replace(/,-$/, '')
    .trim()
  if (bare === '') return { problem: 'empty' }
  if (bare.length > 40) return { problem: 'tooLarge' }
  if (/^[-\u2212\u2013]\s*\d/.test(bare)) return { problem: 'negative' }
  if (!thousands.test(bare) && !plain.test(bare)) {
    return { problem: /^\d+[.,]\d+$/.test(bare) ? 'ambiguous' : 'notANumber' }
  }
  const [kroner = '', ore = ''] = bare.replace(/[. ]/g, '').split(',')
  const value = BigInt(kroner) * 100n + BigInt(ore.padEnd(2, '0'))
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) return { problem: 'tooLarge' }
  return { ore: Number(value) }
}

const whole: Record<Lang, Intl.NumberFormat> = {
  da: new Intl.NumberFormat('da-DK', { maximumFractionDigits: 0 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 }),
}
const exact: Record<Lang, Intl.NumberFormat> = {
  da: new Intl.NumberFormat('da-DK', { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
}
const percent: Record<Lang, Intl.NumberFormat> = {
  da: new Intl.NumberFormat('da-DK', { maximumFractionDigits: 4 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 4 }),
}

/** `250.000 kr.` or `DKK 250,000`; øre are shown only where there are any. */
export function formatOre(ore: number, lang: Lang): string {
  return withUnit((ore % 100 === 0 ? whole : exact)[lang].format(kroner(ore)), lang)
}

/** `250.000,00 kr.` or `DKK 250,000.00`: always with øre, for columns that add up. */
export const formatOreExact = (ore: number, lang: Lang): string =>
  withUnit(exact[lang].format(kroner(ore)), lang)

/** The amount as a person would type it again: `250.000,50`. */
export const typedOre = (ore: number): string =>
  (ore % 100 === 0 ? whole : exact).da.format(kroner(ore))

/** `5,25 %` from 52500 parts per million. */
export const formatPpm = (ppm: number, lang: Lang): string =>
  `${percent[lang].format(ppm / 10_000)}${lang === 'da' ? '\u00a0' : ''}%`

/** The percentage as a person would type it again: `33,33`. */
export const typedPpm = (ppm: number): string => percent.da.format(ppm / 10_000)

/** base × percentage in øre, exact, half an øre rounded up. */
export function shareOfBase(baseOre: number, percentPpm: number): number {
  return Number((BigInt(baseOre) * BigInt(percentPpm) + 500_000n) / 1_000_000n)
}

/** As decimal text, since dividing by 100 loses øre in amounts of many billions. */
function kroner(ore: number): `${number}` {
  const size = Math.abs(ore)
  const rest = size % 100
  return `${ore < 0 ? '-' : ''}${(size - rest) / 100}.${String(rest).padStart(2, '0')}` as `${number}`
}

const withUnit = (number: string, lang: Lang) =>
  lang === 'da' ? `${number}\u00a0kr.` : `DKK\u00a0${number}`
