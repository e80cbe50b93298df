import { application, mainPath } from './application.machine.ts'
import { arrowsOf, metaOf } from './lifecycle.ts'

export type DrawnStatus = { status: string; x: number; y: number; isMain: boolean }
export type DrawnArrow = { from: string; to: string; path: string; isMain: boolean }

export const node = { width: 100, height: 52 }
const gap = { x: 18, y: 44 }
const margin = 12

/**
 * Where each status of an application stands in a drawing and how its arrows run, in pixels: the
 * six stages from left to right along the top, the side states below the stage they belong to.
 */
export function drawApplication() {
  const statuses = place()
  const at = new Map(statuses.map((s) => [s.status, s]))
  const seen = new Set<string>()
  const arrows: DrawnArrow[] = []
  for (const { from, to } of arrowsOf(application)) {
    const [a, b] = [at.get(from), at.get(to)]
    if (!a || !b || from === to || seen.has(`${from}>${to}`)) continue
    seen.add(`${from}>${to}`)
    arrows.push({ from, to, path: pathBetween(a, b), isMain: isMainStep(from, to) })
  }
  return {
    statuses,
    // The main way last, so that it lies on top.
    arrows: arrows.sort((a, b) => Number(a.isMain) - Number(b.isMain)),
    width: Math.max(...statuses.map((s) => s.x)) + node.width + margin,
    height: Math.max(...statuses.map((s) => s.y)) + node.height + gap.y,
  }
}

function place(): DrawnStatus[] {
  const below = new Map<number, number>()
  return application.statuses.map((status) => {
    const main = mainPath.indexOf(status)
    const column = main === -1 ? columnOf(status) : main
    const row = main === -1 ? (below.get(column) ?? 0) + 1 : 0
    if (main === -1) below.set(column, row)
    return {
      status,
      isMain: main !== -1,
      x: margin + column * (node.width + gap.x),
      y: gap.y + row * (node.height + gap.y),
    }
  })
}

/** A side state stands below the first main status of its stage after the draft. */
function columnOf(status: string): number {
  const { stage } = metaOf('application', status)
  return mainPath.findIndex((s, i) => i > 0 && metaOf('application', s).stage === stage)
}

const isMainStep = (from: string, to: string) =>
  mainPath.includes(from) && mainPath.indexOf(to) === mainPath.indexOf(from) + 1

function pathBetween(a: DrawnStatus, b: DrawnStatus): string {
  const middle = (s: DrawnStatus) => s.y + node.height / 2
  if (a.x === b.x) {
    // Two that stand above each other: out on the right and back in.
    const x = a.x + node.width
    return `M${x} ${middle(a)} C${x + gap.x} ${middle(a)} ${x + gap.x} ${middle(b)} ${x} ${middle(b)}`
  }
  const isForward = a.x < b.x
  const [x1, x2] = isForward ? [a.x + node.width, b.x] : [a.x, b.x + node.width]
  if (a.y === b.y && Math.abs(x2 - x1) > gap.x) {
    // Over the heads of those between.
    const top = a.y - gap.y + 8
    const [from, to] = [a.x + node.width / 2, b.x + node.width / 2]
    return `M${from} ${a.y} C${from} ${top} ${to} ${top} ${to} ${b.y}`
  }
  const bend = Math.max(gap.x, Math.abs(x2 - x1) / 2) * (isForward ? 1 : -1)
  return `M${x1} ${middle(a)} C${x1 + bend} ${middle(a)} ${x2 - bend} ${middle(b)} ${x2} ${middle(b)}`
}
