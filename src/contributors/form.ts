import { z } from 'zod'
import type { Db } from '../db/connection.ts'
import type { ContributorRow } from '../db/tables.ts'
import type { Lang } from '../shared/actor.ts'
import { copenhagenYear } from '../shared/danish.ts'
import { typedOre, typedPpm } from '../shared/money.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec, Typed } from '../web/fields.ts'
import { amount, choice, parseForm, percentage, requiredText, ticked } from '../web/schemas.ts'
import { listOwnContributions } from './queries.ts'

const proposalYears = (now: string): string[] =>
  [0, 1, 2].map((on) => String(copenhagenYear(now) + on))

export const proposalFields = (lang: Lang, now: string): FieldSpec[] => [
  {
    name: 'year',
    kind: 'radio',
    label: t(lang, 'contributors.year'),
    options: proposalYears(now).map((year) => ({ value: year, label: year })),
  },
  {
    name: 'base',
    kind: 'amount',
    label: t(lang, 'contributors.base'),
    hint: t(lang, 'contributors.baseHint'),
  },
  {
    name: 'percent',
    kind: 'number',
    suffix: '%',
    label: t(lang, 'contributors.percent'),
    hint: t(lang, 'contributors.percentHint'),
  },
  {
    name: 'noteDa',
    kind: 'text',
    label: t(lang, 'contributors.noteDa'),
    hint: t(lang, 'contributors.noteHint'),
  },
  { name: 'noteEn', kind: 'text', label: t(lang, 'contributors.noteEn') },
  {
    name: 'placeholder',
    kind: 'checkbox',
    label: t(lang, 'contributors.placeholder'),
    hint: t(lang, 'contributors.placeholderHint'),
  },
]

/** Last time's calculation, to be looked at again, for the first year that has none. */
export async function usualProposal(
  db: Db,
  contributor: ContributorRow,
  now: string,
): Promise<Typed> {
  const given = await listOwnContributions(db, contributor.id)
  const year = proposalYears(now).find((y) => !given.some((c) => String(c.year) === y))
  const [last] = given
  return {
    year,
    ...(last && {
      base: typedOre(last.base_ore),
      percent: typedPpm(last.percent_ppm),
      noteDa: last.base_note_da,
      noteEn: last.base_note_en,
    }),
  }
}

/** A contribution as it was typed, in øre and ppm. Throws InvalidInput. */
export function readProposal(body: Typed, now: string) {
  const [first = '', ...others] = proposalYears(now)
  const read = parseForm(
    z.strictObject({
      year: choice([first, ...others]),
      base: amount(),
      percent: percentage(100),
      noteDa: requiredText(200),
      noteEn: requiredText(200),
      placeholder: ticked,
    }),
    body,
  )
  return {
    year: Number(read.year),
    baseOre: read.base,
    percentPpm: read.percent,
    baseNoteDa: read.noteDa,
    baseNoteEn: read.noteEn,
    isPlaceholder: read.placeholder,
  }
}
