/** One table of a page as data: amounts stay whole øre until a file is written. */
export type Table = {
  columns: { heading: string; kind: 'text' | 'ore' | 'date' }[]
  /** Text, øre, or `YYYY-MM-DD`, by the column's kind; null where there is nothing. */
  rows: (string | number | null)[][]
}

/**
 * A table as Danish spreadsheets open it: UTF-8 with a mark, semicolons, decimal commas, CRLF.
 * Text that a spreadsheet would run as a formula gets an apostrophe before it, however it is hidden
 * behind spaces or quotes; our own numbers stay numbers, also below zero.
 */
export function csvOf({ columns, rows }: Table): string {
  const lines = [
    columns.map((c) => quoted(c.heading)),
    ...rows.map((row) => row.map((cell, i) => cellOf(cell, columns[i]?.kind ?? 'text'))),
  ]
  return `\ufeff${lines.map((line) => line.join(';')).join('\r\n')}\r\n`
}

function cellOf(cell: string | number | null, kind: Table['columns'][number]['kind']): string {
  if (cell === null) return ''
  if (kind === 'ore') return (Number(cell) / 100).toFixed(2).replace('.', ',')
  return quoted(harmless(String(cell)))
}

/** What a cell must not begin with (CWE-1236), past blanks, quotes and invisible signs. */
const formula =
  /^[\s"'\u0000-\u0020\u00a0\u200b-\u200f\ufeff]*[=+\-@|\t\r\n\uff1d\uff0b\uff0d\uff20]/

export const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text)

const quoted = (text: string): string =>
  /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
