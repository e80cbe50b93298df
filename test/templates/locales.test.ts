import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasText, languages, readTexts, t } from '../../src/templates/i18n.ts'

const root = path.join(import.meta.dirname, '..', '..')

describe('texts', () => {
  it('have the same keys in Danish and English', () => {
    expect(withoutPlurals(keysOf(readTexts('en')))).toEqual(withoutPlurals(keysOf(readTexts('da'))))
  })

  it('take the same fields in Danish and English', () => {
    const english = new Map(entriesOf(readTexts('en')))
    const different = entriesOf(readTexts('da')).filter(([key, text]) => {
      const other = english.get(key)
      return other !== undefined && fieldsIn(text).join() !== fieldsIn(other).join()
    })
    expect(different).toEqual([])
  })

  it('are there for every key that a view or a file names', () => {
    const named = [
      ...keysNamed('views', '.hbs', /\bt "([^"]+)"/g),
      ...keysNamed('src', '.ts', /\bt\([\w.]+, '([^']+)'/g),
    ]
    expect(named.length).toBeGreaterThan(20)
    const missing = named.filter(({ key }) => languages.some((lang) => !isText(lang, key)))
    expect(missing).toEqual([])
  })

  it('are all used by somebody', () => {
    const isUsed = usesOf(
      sourceOf('src', '.ts') + sourceOf('workflows', '.ts') + sourceOf('views', '.hbs'),
    )
    const unused = withoutPlurals(keysOf(readTexts('da'))).filter((key) => !isUsed(key))
    expect(unused).toEqual([])
    expect(isUsed('common.noSuchText')).toBe(false)
  })

  it('say nothing where they are empty', () => {
    expect(t('da', 'steps.ask.settledBy.hint')).toBe('')
  })

  it('are refused when there is none', () => {
    expect(() => t('da', 'common.noSuchText')).toThrow('no text: da common.noSuchText')
  })
})

const isText = (lang: (typeof languages)[number], key: string) =>
  hasText(lang, key) || hasText(lang, key, { count: 1 })

/** Keys written out in full; those put together from names are tested where the names are. */
function keysNamed(folder: string, ending: string, pattern: RegExp) {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, folder, file), 'utf8')
      return [...text.matchAll(pattern)].map((match) => ({ file, key: match[1] ?? '' }))
    })
}

const sourceOf = (folder: string, ending: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => readFileSync(path.join(root, folder, file), 'utf8'))
    .join('\n')

/**
 * Whether a source could ask for a key: it has it in full; or its beginning, of two words or more
 * (`outbox.other.${…}`); or its area alone (`bulk.${…}`, `rounds.${…}Why`) and its other words somewhere.
 */
function usesOf(source: string): (key: string) => boolean {
  const found = (pattern: RegExp) => new Set([...source.matchAll(pattern)].map(([, a = '']) => a))
  const whole = found(/['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`]/g)
  const begun = found(/['"`]([a-z]\w*(?:\.[\w-]+)*)(?:\.?['"`]|\.\$\{)/g)
  const areas = found(/['"`]([a-z]\w*)\.(?:\$\{|")/g)
  const words = found(/(?:['"`]|\b(?=\w+:))([\w-]+)/g)
  const ends = found(/\}(\w+)`/g)
  const isSaid = (word: string) =>
    words.has(word) ||
    [...ends].some((e) => word.endsWith(e) && words.has(word.slice(0, -e.length)))
  return (key) => {
    const [area = '', ...parts] = key.split('.')
    const beginnings = parts.slice(1).map((_, i) => [area, ...parts.slice(0, i + 1)].join('.'))
    const isNamed = areas.has(area) && parts.every(isSaid)
    return whole.has(key) || beginnings.some((text) => begun.has(text)) || isNamed
  }
}

function entriesOf(texts: unknown, prefix = ''): [string, string][] {
  if (typeof texts === 'string') return [[prefix.slice(1), texts]]
  return Object.entries(texts as object).flatMap(([key, value]) =>
    entriesOf(value, `${prefix}.${key}`),
  )
}

const keysOf = (texts: unknown) => entriesOf(texts).map(([key]) => key)
const withoutPlurals = (keys: string[]) =>
  [...new Set(keys.map((key) => key.replace(/_(one|other)$/, '')))].sort()
const fieldsIn = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort()
