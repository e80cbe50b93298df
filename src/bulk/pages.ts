import { handOverFields, extensionFields } from '../casework/pages.ts'
import { movableKinds } from '../casework/queries.ts'
import type { Db } from '../db/connection.ts'
import type { BulkRunRow, PersonRow } from '../db/tables.ts'
import type { Actor, Lang } from '../shared/actor.ts'
import { formatDate } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FieldSpec } from '../web/fields.ts'
import type { BulkAction, Chosen, ItemLine } from './queries.ts'
import { listItems, listPeopleIn, nameOf } from './queries.ts'
import type { BulkAsked, ItemMail } from './record-run.ts'

/** What an action asks once for all the chosen cases. */
export async function fieldsOf(
  db: Db,
  action: BulkAction,
  chosen: Chosen[],
  lang: Lang,
): Promise<FieldSpec[]> {
  const pools = [...new Set(chosen.map((c) => c.pool_id))]
  switch (action) {
    case 'assignHandler':
      return handOverFields(await listPeopleIn(db, 'secretariat', pools), lang)
    case 'inviteReviewer':
      return [reviewerField(await listPeopleIn(db, 'reviewer', pools), lang)]
    case 'extendDeadline':
      return [kindField(lang), ...extensionFields(lang)]
    case 'postpone':
      return extensionFields(lang)
    case 'sendMessage':
      return [
        {
          name: 'body',
          kind: 'textarea',
          label: t(lang, 'bulk.message'),
          hint: t(lang, 'bulk.messageHint'),
          rows: 8,
        },
      ]
    case 'startReview':
    case 'completeReview':
      return []
  }
}

const reviewerField = (people: PersonRow[], lang: Lang): FieldSpec => ({
  name: 'reviewer',
  kind: 'select',
  label: t(lang, 'bulk.reviewer'),
  options: people.map((p) => ({ value: String(p.id), label: p.name || p.email })),
})

const kindField = (lang: Lang): FieldSpec => ({
  name: 'kind',
  kind: 'radio',
  label: t(lang, 'bulk.kind'),
  options: movableKinds.map((value) => ({ value, label: t(lang, `casework.kind.${value}`) })),
})

/** A run as its person sees it: the plan before, what is left of it, or what came of it. */
export async function runPage(db: Db, actor: Actor, run: BulkRunRow, lang: Lang) {
  const asked = JSON.parse(run.asked) as BulkAsked
  const items = await listItems(db, actor, run.id)
  const of = (outcome: ItemLine['outcome']) => items.filter((i) => i.outcome === outcome)
  const [planned, done, refused] = [of('planned'), of('done'), of('refused')]
  const isPlan = planned.length > 0
  const isHalf = isPlan && done.length > 0
  const hasRun = done.length > 0 || refused.some((i) => i.settled_at !== run.created_at)
  const person = asked.handler ?? asked.reviewer
  const words = {
    name: person === undefined ? '' : await nameOf(db, person),
    date: asked.newDate === undefined ? '' : formatDate(asked.newDate, lang),
  }
  const counted = (key: string, count: number) => t(lang, `bulk.${key}`, { count })
  const groups = [
    { heading: counted(isHalf ? 'left' : 'willDo', planned.length), items: planned, isDone: false },
    { heading: t(lang, 'bulk.did'), items: done, isDone: true },
    {
      heading: counted(hasRun ? 'wasNot' : 'cannot', refused.length),
      items: refused,
      isDone: false,
    },
  ]
  const action = t(lang, `bulk.action.${run.action}`)
  return {
    action,
    heading: isPlan
      ? t(lang, 'bulk.planHeading')
      : done.length > 0
        ? counted('doneHeading', done.length)
        : t(lang, 'bulk.noneDone'),
    lead: isHalf
      ? t(lang, 'bulk.halfDone')
      : isPlan
        ? t(lang, 'bulk.nothingYet')
        : done.length === 0 && !hasRun
          ? t(lang, 'bulk.impossible')
          : '',
    mails: isPlan
      ? mailsText(planned, 'willSend', lang)
      : done.length > 0
        ? mailsText(done, 'didSend', lang)
        : '',
    facts: factsOf(run.action, asked, words, lang),
    button: !isPlan
      ? ''
      : isHalf
        ? counted('goOn', planned.length)
        : t(lang, `bulk.do.${run.action}`, { count: planned.length, name: words.name }),
    runAction: paths.bulkRun(run.id),
    back: paths.cases(),
    groups: groups
      .filter((group) => group.items.length > 0)
      .map((group) => ({
        heading: group.heading,
        isRefused: group.items === refused,
        whatHeading: t(
          lang,
          group.items === refused ? 'bulk.whyNot' : group.isDone ? 'bulk.whatDone' : 'bulk.what',
        ),
        items: group.items.map((i) => lineOf(i, run.action, words, lang)),
      })),
  }
}

function lineOf(
  i: ItemLine,
  action: BulkAction,
  words: { name: string; date: string },
  lang: Lang,
) {
  const isDone = i.outcome === 'done'
  const params = JSON.parse(i.params) as Record<string, string | number>
  return {
    href: paths.application(i.reference),
    reference: i.reference,
    title: i.title || t(lang, 'case.untitled'),
    organisation: i.organisation_name,
    what:
      i.hint !== null
        ? t(lang, i.hint, params)
        : i.becomes !== null
          ? t(lang, isDone ? 'bulk.became' : 'bulk.becomes', {
              status: t(lang, `lifecycle.application.status.${i.becomes}`),
            })
          : t(lang, `bulk.${isDone ? 'done' : 'does'}.${action}`, words),
    mails: mailLines(i, lang),
  }
}

/** Each mail once, with everybody who gets it. */
function mailLines(item: ItemLine, lang: Lang): string[] {
  const bySubject = Map.groupBy(mailsOf(item), (mail) => mail.subject)
  return [...bySubject].map(([subject, mails]) =>
    t(lang, 'bulk.mailLine', { subject, names: mails.map((mail) => mail.name).join(', ') }),
  )
}

const mailsOf = (item: ItemLine) => JSON.parse(item.mails) as ItemMail[]

/** `Der bliver sendt 12 mails: 9 til ansøgere, 3 til bedømmere.` */
function mailsText(items: ItemLine[], key: 'willSend' | 'didSend', lang: Lang): string {
  const mails = items.flatMap(mailsOf)
  if (mails.length === 0) return t(lang, 'bulk.noMails')
  const groups = (['applicants', 'reviewers', 'colleagues'] as const)
    .map((who) => ({ who, count: mails.filter((mail) => mail.who === who).length }))
    .filter(({ count }) => count > 0)
    .map(({ who, count }) => t(lang, `bulk.to.${who}`, { count }))
  const count = t(lang, 'bulk.mails', { count: mails.length })
  return t(lang, `bulk.${key}`, { mails: `${count}: ${groups.join(', ')}` })
}

/** What was typed once for all of them. */
function factsOf(
  action: BulkAction,
  asked: BulkAsked,
  words: { name: string; date: string },
  lang: Lang,
) {
  const person = t(lang, action === 'inviteReviewer' ? 'bulk.reviewer' : 'casework.newHandler')
  const rows: [string, string | undefined][] = [
    [person, words.name],
    [t(lang, 'casework.handOverNote'), asked.note],
    [t(lang, 'bulk.kind'), asked.kind && t(lang, `casework.kind.${asked.kind}`)],
    [t(lang, 'casework.newDate'), words.date],
    [t(lang, 'casework.reason'), asked.reason],
    [t(lang, 'bulk.message'), asked.body],
  ]
  return rows.flatMap(([key, value]) => (value ? [{ key, value, change: '' }] : []))
}
