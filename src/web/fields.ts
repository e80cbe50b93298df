import type { Lang } from '../shared/actor.ts'
import type { FieldProblem } from '../shared/errors.ts'
import { formatDate, formatDateTime } from '../shared/danish.ts'
import { acceptedEndings } from '../shared/file-kind.ts'
import { t } from '../templates/i18n.ts'

export type FieldKind =
  | 'text'
  | 'textarea'
  | 'amount'
  | 'date'
  | 'radio'
  | 'checkboxes'
  | 'checkbox'
  | 'select'
  | 'email'
  | 'tel'
  | 'number'
  | 'files'

export type Option = { value: string; label: string; hint: string; checked: boolean }

/** One form field as a template prints it; every member is there, so templates can be strict. */
export type Field = {
  name: string
  id: string
  kind: FieldKind
  label: string
  hint: string
  value: string
  error: string
  echo: string
  optional: boolean
  /** When it must be filled in, where that is neither always nor never; '' otherwise. */
  need: string
  options: Option[]
  date: { day: string; month: string; year: string }
  rows: number
  /** The most characters that are taken; 0 where nothing is said of it. Longer text is kept. */
  max: number
  suffix: string
  width: 'short' | 'medium' | 'full'
  type: string
  inputmode: string
  autocomplete: string
  /** The endings that a file chooser offers first. */
  accept: string
}

/** What was typed, by field name; posted bodies have this shape. */
export type Typed = Record<string, string | string[] | undefined>

export type FieldSpec = {
  name: string
  kind: FieldKind
  label: string
  hint?: string
  optional?: boolean
  need?: string
  options?: { value: string; label: string; hint?: string }[]
  rows?: number
  max?: number
  suffix?: string
  width?: Field['width']
  autocomplete?: string
  echo?: string
  /** Fields in a row that say the same here stand together under these words. */
  group?: string
}

/** The field with what was typed and what is wrong with it. */
export function fieldOf(spec: FieldSpec, typed: Typed, errors: FormError[]): Field {
  const values = listOf(typed[spec.name])
  const partOf = (part: string) => listOf(typed[`${spec.name}-${part}`])[0] ?? ''
  return {
    name: spec.name,
    id: spec.name,
    kind: spec.kind,
    label: spec.label,
    hint: spec.hint ?? '',
    value: values[0] ?? '',
    error: errors
      .filter((e) => e.field === spec.name)
      .map((e) => e.message)
      .join('. '),
    echo: spec.echo ?? '',
    optional: spec.optional ?? false,
    need: spec.need ?? '',
    options: (spec.options ?? []).map((o) => ({
      value: o.value,
      label: o.label,
      hint: o.hint ?? '',
      checked: values.includes(o.value),
    })),
    date: { day: partOf('day'), month: partOf('month'), year: partOf('year') },
    rows: spec.rows ?? 6,
    max: spec.max ?? 0,
    suffix: spec.suffix ?? (spec.kind === 'amount' ? 'kr.' : ''),
    width: spec.width ?? widthOf[spec.kind] ?? 'full',
    type: spec.kind === 'email' || spec.kind === 'tel' ? spec.kind : 'text',
    inputmode: spec.kind === 'amount' ? 'decimal' : spec.kind === 'number' ? 'numeric' : '',
    autocomplete: spec.autocomplete ?? '',
    accept: spec.kind === 'files' ? acceptedEndings : '',
  }
}

const widthOf: Partial<Record<FieldKind, Field['width']>> = {
  amount: 'medium',
  tel: 'medium',
  number: 'short',
}

/** A message at a field, in the reader's language; the summary links to the field by its name. */
export type FormError = { field: string; message: string }

/**
 * The problems as messages in the reader's language. Given the fields, an empty one is named, so
 * that a summary of several can be told apart.
 */
export const errorsOf = (
  problems: FieldProblem[],
  lang: Lang,
  specs: Pick<FieldSpec, 'name' | 'label'>[] = [],
): FormError[] =>
  problems.map((p) => {
    const label = specs.find((spec) => spec.name === p.field)?.label
    const message =
      p.message === 'fields.missing' && label !== undefined
        ? t(lang, 'fields.missingNamed', { label })
        : t(lang, p.message, inWords(p.params ?? {}, lang))
    return { field: p.field, message }
  })

/** When a form was last saved, for its page. */
export const savedText = (at: string | null, lang: Lang): string =>
  at === null
    ? t(lang, 'autosave.notYet')
    : t(lang, 'autosave.savedAt', { when: formatDateTime(at, lang) })

/** Rules speak of days as data; the reader gets them in words. */
const inWords = (params: NonNullable<FieldProblem['params']>, lang: Lang) =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
        ? formatDate(value, lang)
        : value,
    ]),
  )

const listOf = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]
