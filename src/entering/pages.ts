import type { PoolRow } from '../db/tables.ts'
import type { Actor, Lang } from '../shared/actor.ts'
import { rolesInPool } from '../shared/actor.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec } from '../web/fields.ts'

/** The pools in which this person may write an application in. */
export const ownPools = (pools: PoolRow[], actor: Actor): PoolRow[] =>
  pools.filter((pool) => rolesInPool(actor, pool.id).includes('secretariat'))

/** Who applies, to what, and how it came: what must be known before the form itself. */
export function enteringFields(pools: PoolRow[], lang: Lang): FieldSpec[] {
  const label = (name: string) => t(lang, `casework.${name}`)
  return [
    {
      name: 'pool',
      kind: 'radio',
      label: label('enterPool'),
      options: pools.map((p) => ({ value: p.code, label: lang === 'da' ? p.name_da : p.name_en })),
    },
    {
      name: 'cameBy',
      kind: 'radio',
      label: label('enterHow'),
      options: (['phone', 'letter', 'visit'] as const).map((value) => ({
        value,
        label: t(lang, `steps.ask.cameBy.options.${value}`),
      })),
    },
    {
      name: 'kind',
      kind: 'radio',
      label: label('enterKind'),
      options: (['registered', 'group'] as const).map((value) => ({
        value,
        label: t(lang, `organisations.kinds.${value}`),
      })),
    },
    { name: 'organisation', kind: 'text', label: t(lang, 'organisations.name') },
    {
      name: 'cvr',
      kind: 'text',
      label: t(lang, 'organisations.cvr'),
      hint: t(lang, 'organisations.cvrHint'),
      width: 'medium',
    },
    { name: 'contact', kind: 'text', label: label('contactName') },
    {
      name: 'email',
      kind: 'email',
      label: label('contactEmail'),
      hint: label('contactEmailHint'),
    },
    { name: 'phone', kind: 'tel', label: label('contactPhone'), optional: true },
    {
      name: 'language',
      kind: 'radio',
      label: label('contactLanguage'),
      options: (['da', 'en'] as const).map((value) => ({
        value,
        label: t(lang, `casework.languages.${value}`),
      })),
    },
  ]
}
