export type MoneyTone = 'available' | 'committed' | 'ordered' | 'paid'

export type MoneyPart = { tone: MoneyTone; label: string; ore: number }

/**
 * A bar of money as its template prints it: `x` and `width` are thousandths of the whole, and the same
 * as percentages for the drawing; `sharePpm` is rounded to a tenth of a percent.
 */
export type MoneyBar = {
  id: string
  title: string
  description: string
  parts: (MoneyPart & {
    x: number
    width: number
    left: string
    wide: string
    middle: string
    isWide: boolean
    sharePpm: number
  })[]
  totalOre: number
}

/** Lays amounts (øre) end to end; the widths fill the bar exactly, and an empty part has none. */
export function moneyBar(
  bar: Omit<MoneyBar, 'parts' | 'totalOre'> & { parts: MoneyPart[] },
): MoneyBar {
  const total = bar.parts.reduce((sum, part) => sum + Math.max(0, part.ore), 0)
  let before = 0
  const parts = bar.parts.map((part) => {
    const x = placeOf(before, total)
    before += Math.max(0, part.ore)
    const width = placeOf(before, total) - x
    return {
      ...part,
      x,
      width,
      left: percentOf(x),
      wide: percentOf(width),
      middle: percentOf(x + width / 2),
      isWide: width >= narrowest,
      sharePpm: placeOf(part.ore, total) * 1000,
    }
  })
  return { ...bar, parts, totalOre: total }
}

/** A part must be this wide (in thousandths) to have its share written in it, also on a phone. */
const narrowest = 200

const percentOf = (thousandths: number) => `${thousandths / 10}%`

const placeOf = (ore: number, total: number) => (total === 0 ? 0 : Math.round((ore / total) * 1000))
