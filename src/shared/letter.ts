import type { Lang } from './actor.ts'

export type LetterRow = { key: string; value: string; change: '' }

/** Text and facts under a small heading of their own; each of the three may be empty. */
export type Block = { heading: string; text: string; rows: LetterRow[] }

export type Section = { heading: string; meta: string; blocks: Block[] }

/** Something written, as it is shown, printed and made into a PDF: the same words each time. */
export type Letter = {
  lang: Lang
  from: string
  title: string
  /** One line under the title: reference, pool. */
  about: string
  facts: LetterRow[]
  sections: Section[]
  /** The last moment it tells of, UTC ISO: the same case gives the same file, byte for byte. */
  asOf: string
}

export const row = (key: string, value: string): LetterRow => ({ key, value, change: '' })

export const textBlock = (text: string, heading = ''): Block => ({ heading, text, rows: [] })

export const rowsBlock = (rows: LetterRow[], heading = ''): Block => ({
  heading,
  text: '',
  rows: rows.filter(({ value }) => value !== ''),
})

/** The blocks as plain text, headings and keys on lines of their own. */
export const plainText = (blocks: Block[]): string =>
  blocks
    .flatMap(({ heading, text, rows }) => [
      heading,
      text,
      ...rows.map(({ key, value }) => `${key}\n${value}`),
    ])
    .filter((part) => part !== '')
    .join('\n\n')
