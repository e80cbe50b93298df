/** A choice as a page shows it, in the reader's language. */
export type ShownChoice = {
  label: string
  href: string
  /** Why it cannot be taken now; '' when it can. */
  blockedHint: string
  isWayOut: boolean
}

/**
 * What can be done next, what would end it, and what cannot be done yet: three lists, one
 * partial. A page has one primary button: when it is taken, none of these is.
 */
export function arrangeChoices(choices: ShownChoice[], isPrimaryTaken = false) {
  const open = choices.filter((c) => c.blockedHint === '')
  return {
    next: open.filter((c) => !c.isWayOut),
    waysOut: open.filter((c) => c.isWayOut),
    blocked: choices.filter((c) => c.blockedHint !== '' && !c.isWayOut),
    isEmpty: choices.length === 0,
    isPrimaryTaken,
  }
}
