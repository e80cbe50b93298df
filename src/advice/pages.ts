import { permits, statusesWith } from '../../workflows/lifecycle.ts'
import { choicesIn } from '../applications/case-page.ts'
import type { Case } from '../applications/queries.ts'
import { listCasesForRole } from '../portal/queries.ts'
import type { Db } from '../db/connection.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { isMember, rolesInCase } from '../shared/actor.ts'
import { arrangeChoices } from '../shared/choices.ts'
import { copenhagenDate, formatDate } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FormError, Typed } from '../web/fields.ts'
import { fieldOf } from '../web/fields.ts'
import { countLateTasks, listOnwardItems, listRoutes } from './queries.ts'
import type { OnwardLine } from './queries.ts'

/** An adviser's cases: mine first, with the municipality's late tasks counted. */
export async function adviceListPage(db: Db, actor: Actor, viewer: Viewer) {
  const { lang, now } = viewer
  const cases = await listCasesForRole(db, actor, 'adviser', {
    statuses: [
      ...statusesWith('application', 'advising'),
      ...statusesWith('application', 'running'),
    ],
  })
  const late = await countLateTasks(
    db,
    cases.map((c) => c.id),
    copenhagenDate(now),
  )
  const lines = cases.map((c) => ({
    href: paths.onwardPlan(c.reference),
    reference: c.reference,
    title: c.title,
    organisation: c.organisation_name,
    status: t(lang, `lifecycle.application.status.${c.status}`),
    late: late.get(c.id) ?? 0,
    mine: c.adviser_id === actor.personId,
    advising: permits('application', c.status, 'advising'),
  }))
  return {
    groups: [
      { title: t(lang, 'advice.mine'), cases: lines.filter((l) => l.mine && l.advising) },
      { title: t(lang, 'advice.others'), cases: lines.filter((l) => !l.mine && l.advising) },
      { title: t(lang, 'advice.coming'), cases: lines.filter((l) => !l.advising) },
    ],
  }
}

/** The onward plan: where can we go, whom should we bring, and what the municipality has promised. */
export async function onwardPlanPage(
  db: Db,
  it: Case,
  actor: Actor,
  viewer: Viewer,
  typed: Typed,
  errors: FormError[],
) {
  const { lang, now } = viewer
  const { reference } = it.application
  const roles = rolesInCase(actor, it.application)
  const isAdviser = roles.includes('adviser') && !isMember(actor, it.organisation.id)
  const items = await listOnwardItems(db, it.application.id)
  const { choices } = await choicesIn(db, it, actor, viewer)
  const of = (kind: OnwardLine['kind']) => items.filter((i) => i.kind === kind)
  return {
    reference,
    title: it.application.title,
    organisation: it.organisation.name,
    back: paths.application(reference),
    isAdviser,
    isApplicant: roles.includes('applicant'),
    isOpen: isAdviser && isOpen(it),
    where: of('where'),
    who: of('who'),
    tasks: of('task').map((task) => taskOf(task, reference, lang, copenhagenDate(now))),
    action: paths.onwardPlan(reference),
    noticeAction: paths.adviceNotice(reference),
    closing: arrangeChoices(
      choices.filter((c) => c.event === 'close'),
      true,
    ),
    advising: permits('application', it.application.status, 'advising'),
    routes: (await listRoutes(db)).map((r) => ({
      name: lang === 'da' ? r.name_da : r.name_en,
      checked: formatDate(r.checked_on, lang),
    })),
    errors,
    fields: [
      fieldOf(
        {
          name: 'kind',
          kind: 'radio',
          label: t(lang, 'advice.field.kind'),
          options: (['where', 'who', 'task'] as const).map((value) => ({
            value,
            label: t(lang, `advice.kind.${value}`),
          })),
        },
        typed,
        errors,
      ),
      fieldOf(
        {
          name: 'text',
          kind: 'text',
          label: t(lang, 'advice.field.text'),
          hint: t(lang, 'advice.field.textHint'),
        },
        typed,
        errors,
      ),
      fieldOf(
        { name: 'contact', kind: 'text', label: t(lang, 'advice.field.contact'), optional: true },
        typed,
        errors,
      ),
      fieldOf(
        {
          name: 'due',
          kind: 'date',
          label: t(lang, 'advice.field.due'),
          hint: t(lang, 'advice.field.dueHint'),
          optional: true,
        },
        typed,
        errors,
      ),
    ],
  }
}

const isOpen = ({ application }: Case) =>
  permits('application', application.status, 'advising') ||
  permits('application', application.status, 'running')

function taskOf(task: OnwardLine, reference: string, lang: Lang, today: string) {
  const isDone = task.done_at !== null
  const isWaived = task.waived_at !== null
  return {
    text: task.text,
    owner: task.owner_name ?? '',
    due: task.due_on ? formatDate(task.due_on, lang) : '',
    late: !isDone && !isWaived && task.due_on !== null && task.due_on < today,
    isDone,
    isWaived,
    isOpen: !isDone && !isWaived,
    reason: task.waived_reason ?? '',
    seen: task.waiver_seen_at !== null,
    action: paths.onwardItem(reference, task.id),
    id: String(task.id),
  }
}
