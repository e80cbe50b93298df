import type { Lang } from './actor.ts'

/** What something with a name in both languages is called in one of them. */
export const nameOf = (row: { name_da: string; name_en: string }, lang: Lang): string =>
  lang === 'da' ? row.name_da : row.name_en
