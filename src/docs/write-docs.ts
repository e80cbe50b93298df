import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sections } from './sections.ts'

const readme = path.join(import.meta.dirname, '..', '..', 'README.md')

/** `docs`: writes the README's generated sections anew. Returns the exit code. */
export function writeDocs(): number {
  const before = readFileSync(readme, 'utf8')
  const after = regenerate(before)
  if (after !== before) writeFileSync(readme, after)
  console.log(after === before ? 'README.md is up to date.' : 'README.md is written anew.')
  return 0
}

/**
 * The text with everything between `<!-- name:start -->` and `<!-- name:end -->` drawn anew from
 * the source. Throws when a section has no such place, or more than one.
 */
export function regenerate(text: string): string {
  return Object.entries(sections).reduce((rest, [name, draw]) => {
    const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`]
    const [before, inside, ...more] = rest.split(start)
    const [old, after, ...others] = (inside ?? '').split(end)
    const isOnce = after !== undefined && more.length === 0 && others.length === 0
    if (!isOnce || before === undefined || old === undefined) {
      throw new Error(`README.md must have ${start} and ${end} once, in this order`)
    }
    return `${before}${start}\n${asIs(draw())}\n${end}${after}`
  }, text)
}

/** Prettier would pad every cell to the widest: a change of one word would change every line. */
const asIs = (text: string) =>
  `<!-- prettier-ignore-start -->\n\n${text}\n\n<!-- prettier-ignore-end -->`
