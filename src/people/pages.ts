import { filesField } from '../attachments/pages.ts'
import type { Config } from '../config.ts'
import type { KeptFormRow } from '../db/tables.ts'
import type { Db } from '../db/connection.ts'
import type { Actor, Lang } from '../shared/actor.ts'
import { t } from '../templates/i18n.ts'
import type { FormError, Typed } from '../web/fields.ts'
import { fieldOf } from '../web/fields.ts'
import { listDemoPeople } from './queries.ts'

/** Sign in by mail; in the demo, one click as one of its people. */
export async function signInPage(
  db: Db,
  mode: Config['mode'],
  lang: Lang,
  next: string,
  typed: Typed,
  errors: FormError[],
) {
  const people = mode === 'demo' ? await listDemoPeople(db) : []
  return {
    next,
    errors,
    field: fieldOf(
      {
        name: 'email',
        kind: 'email',
        label: t(lang, 'people.email'),
        hint: t(lang, 'people.emailHint'),
        autocomplete: 'email',
        width: 'medium',
      },
      typed,
      errors,
    ),
    demoGroups: (['city', 'applicants'] as const)
      .map((group) => ({
        title: t(lang, `people.demo.${group}`),
        people: people
          .filter((p) => p.role_count > 0 === (group === 'city'))
          .map((p) => ({ id: String(p.id), name: p.name })),
      }))
      .filter((group) => group.people.length > 0),
  }
}

export function codePage(email: string, lang: Lang, isDemo: boolean, errors: FormError[]) {
  return {
    email,
    errors,
    mailbox: isDemo ? `/postkasse?adresse=${encodeURIComponent(email)}` : '',
    field: fieldOf(
      {
        name: 'code',
        kind: 'number',
        label: t(lang, 'people.code'),
        hint: t(lang, 'people.codeHint'),
        autocomplete: 'one-time-code',
        width: 'medium',
      },
      {},
      errors,
    ),
  }
}

export function profilePage(
  actor: Actor,
  phone: string,
  lang: Lang,
  typed: Typed,
  errors: FormError[],
) {
  const values: Typed = { name: actor.name, phone, ...typed }
  return {
    email: actor.email,
    errors,
    roles: [...new Set(actor.grants.map((g) => t(lang, `lifecycle.role.${g.role}`)))],
    fields: [
      fieldOf(
        {
          name: 'name',
          kind: 'text',
          label: t(lang, 'people.name'),
          autocomplete: 'name',
          width: 'medium',
        },
        values,
        errors,
      ),
      fieldOf(
        {
          name: 'phone',
          kind: 'tel',
          label: t(lang, 'people.phone'),
          autocomplete: 'tel',
          optional: true,
        },
        values,
        errors,
      ),
    ],
  }
}

/** What was typed before the session ran out, ready to be sent again. */
export function keptFormPage(kept: KeptFormRow, takesFiles: boolean, lang: Lang) {
  const body = JSON.parse(kept.body) as Record<string, string | string[]>
  const entries = Object.entries(body).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((text) => ({ name, value: text })),
  )
  return {
    action: kept.path,
    fields: entries,
    files: takesFiles
      ? fieldOf({ ...filesField(lang), hint: t(lang, 'files.again') }, {}, [])
      : null,
    shown: entries.filter((e) => e.value !== '' && !['version', 'files-waiting'].includes(e.name)),
  }
}
