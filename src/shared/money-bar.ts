export type MoneyTone = 'available' | 'committed' | 'ordered' | 'paid'

export type MoneyPart = { tone: MoneyTone; label: string; ore: number }

/** A bar of money as its template prints it: `x` and `width` are thousandths of the whole. */
export type MoneyBar = {
  id: string
  title: string
  description: string
  parts: (MoneyPart & { x: number; width: number })[]
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
    return { ...part, x, width: placeOf(before, total) - x }
  })
  return { ...bar, parts, totalOre: total }
}

const placeOf = (ore: number, total: number) => (total === 0 ? 0 : Math.round((ore / total) * 1000))
