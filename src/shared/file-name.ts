import { endingOf } from './file-kind.ts'

/** What can mislead a reader: control and invisible characters, and turned reading directions. */
const misleading =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]/g
const longest = 100

/** A file's name as a person sees it: without folders, without what cannot be seen, not endless. */
export function seenName(typed: string): string {
  const last = typed.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const seen = last
    .toWellFormed()
    .replace(misleading, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const ending = endingOf(seen)
  const letters = [...(ending === '' ? seen : seen.slice(0, -ending.length - 1))]
  const stem =
    letters.length > longest ? `${letters.slice(0, longest).join('')}…` : letters.join('')
  return ending === '' ? stem || 'fil' : `${stem}.${ending}`
}

/** The name, with an ending that says what the file is. */
export const withEnding = (name: string, kind: string): string =>
  endingOf(name) === '' ? `${name}.${kind}` : name

/** `1,2 MB`, `340 kB`: as a person says how much a file fills. */
export function formatBytes(bytes: number, lang: 'da' | 'en'): string {
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'kB'] : [bytes / 1024 / 1024, 'MB']
  const digits = unit === 'MB' && size < 10 ? 1 : 0
  const number = new Intl.NumberFormat(lang === 'da' ? 'da-DK' : 'en-GB', {
    maximumFractionDigits: digits,
  })
  return `${number.format(Math.max(1, size))} ${unit}`
}
