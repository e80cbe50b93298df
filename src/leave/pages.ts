import type { Db } from '../db/connection.ts'
import type { PersonRow } from '../db/tables.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { copenhagenDate, formatDate } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec } from '../web/fields.ts'
import { listLeaves } from './queries.ts'

export async function leavePage(db: Db, actor: Actor, { lang, now }: Viewer) {
  const leaves = await listLeaves(db, actor.personId, copenhagenDate(now))
  return leaves.map((l) => ({
    text: t(lang, 'casework.leaveLine', {
      from: formatDate(l.from_on, lang),
      to: formatDate(l.to_on, lang),
      name: l.substitute_name ?? '',
    }),
    action: paths.endLeave(l.id),
  }))
}

export const leaveFields = (substitutes: PersonRow[], lang: Lang): FieldSpec[] => [
  { name: 'from', kind: 'date', label: t(lang, 'casework.from') },
  { name: 'to', kind: 'date', label: t(lang, 'casework.to') },
  {
    name: 'substitute',
    kind: 'select',
    label: t(lang, 'casework.substitute'),
    options: substitutes.map((p) => ({ value: String(p.id), label: p.name || p.email })),
  },
]
