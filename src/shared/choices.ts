import type { Place } from '../../workflows/arrow.ts'

/** A choice as a page shows it, in the reader's language. */
export type ShownChoice = {
  label: string
  href: string
  /** Why it cannot be taken now; '' when it can. */
  blockedHint: string
  place: Place
}

/**
 * What can be done next, what would end it, and what cannot be done yet: three lists, one
 * partial. A page has at most one primary button: the first thing that is awaited, if it can be
 * done now and the page has not given its primary button to something else.
 */
export function arrangeChoices(choices: ShownChoice[], isPrimaryTaken = false) {
  const onTheWay = choices.filter((c) => c.place !== 'wayOut')
  const awaited = isPrimaryTaken ? undefined : onTheWay.find((c) => c.place === 'next')
  return {
    next: onTheWay
      .filter((c) => c.blockedHint === '')
      .map((c) => ({ ...c, isPrimary: c === awaited })),
    waysOut: choices.filter((c) => c.place === 'wayOut' && c.blockedHint === ''),
    blocked: onTheWay.filter((c) => c.blockedHint !== ''),
    isEmpty: choices.length === 0,
  }
}
