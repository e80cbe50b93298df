import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import i18next from 'i18next'
import type { Lang } from '../shared/actor.ts'

const localesDir = path.join(import.meta.dirname, '..', '..', 'views', 'locales')

export const languages: readonly Lang[] = ['da', 'en']

/** Every text of one language: one file per area, the file's name is the first part of the key. */
export function readTexts(lang: Lang): Record<string, unknown> {
  const folder = path.join(localesDir, lang)
  return Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [
        path.basename(file, '.json'),
        JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as unknown,
      ]),
  )
}

const texts = i18next.createInstance()
await texts.init({
  lng: 'da',
  fallbackLng: false,
  showSupportNotice: false,
  returnEmptyString: true,
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  resources: Object.fromEntries(languages.map((l) => [l, { translation: readTexts(l) }])),
} as Parameters<typeof texts.init>[0])

export type TextParams = Record<string, string | number>

/** The text of a key in a language; `count` picks the plural form. Throws on a missing key. */
export function t(lang: Lang, key: string, params: TextParams = {}): string {
  if (!hasText(lang, key, params)) throw new Error(`no text: ${lang} ${key}`)
  return texts.t(key, { lng: lang, ...params })
}

export const hasText = (lang: Lang, key: string, params: TextParams = {}): boolean =>
  texts.exists(key, { lng: lang, ...params })
