import { metaOf, statusesWith } from '../../workflows/lifecycle.ts'
import { mail } from '../../workflows/mail.machine.ts'
import type { Db } from '../db/connection.ts'
import { ofCase } from '../db/erasable.ts'
import type { ApplicationRow, PersonRow, RetentionRuleRow } from '../db/tables.ts'
import { addMonths, copenhagenDate } from '../shared/danish.ts'
import type { EndKind, Ending, PastStep } from '../shared/retention.ts'
import { endingOf, eraseOn } from '../shared/retention.ts'

export type Rules = Map<RetentionRuleRow['kind'], RetentionRuleRow>

export async function listRules(db: Db): Promise<RetentionRuleRow[]> {
  return db<RetentionRuleRow>('retention_rules').orderBy('position')
}

export const rulesByKind = async (db: Db): Promise<Rules> =>
  new Map((await listRules(db)).map((rule) => [rule.kind, rule]))

/** A case whose time is over: how and when it ended, by which rule, and since which day. */
export type DueCase = Ending & { id: number; reference: string; dueOn: string; months: number }
export type DuePerson = { id: number; dueOn: string }

type Ended = Pick<ApplicationRow, 'id' | 'reference' | 'status' | 'saved_at'>

/** Mails that are done, whether or not they arrived. */
export const finishedMails = mail.statuses.filter((s) => metaOf('mail', s).stage === 'ended')

/** The steps of the application itself, by case, oldest first. */
export async function listSteps(db: Db, ids: number[]): Promise<Map<number, PastStep[]>> {
  const lines = await db('history')
    .where({ machine: 'application' })
    .whereIn('application_id', ids)
    .orderBy('id')
    .select<(PastStep & { application_id: number })[]>('application_id', 'event', 'to_status', 'at')
  return Map.groupBy(lines, (line) => line.application_id)
}

export function dueOf(row: Ended, steps: readonly PastStep[], rules: Rules): DueCase | null {
  const ending = endingOf(row, steps)
  if (!ending) return null
  const rule = ruleFor(rules, ending.kind)
  const { id, reference } = row
  return { ...ending, id, reference, dueOn: eraseOn(ending.on, rule), months: rule.months }
}

export function ruleFor(rules: Rules, kind: EndKind | 'person' | 'mail'): RetentionRuleRow {
  const rule = rules.get(kind)
  if (!rule) throw new Error(`no retention rule for ${kind}`)
  return rule
}

const pageSize = 500

/** Every case and draft whose time is over on this day, by id; one with a mail on its way waits. */
export async function listDueCases(db: Db, rules: Rules, on: string): Promise<DueCase[]> {
  const due: DueCase[] = []
  for (let last = 0; ;) {
    const rows = await ended(db).where('id', '>', last).limit(pageSize)
    const lastRow = rows.at(-1)
    if (!lastRow) return due
    const steps = await listSteps(
      db,
      rows.map((row) => row.id),
    )
    due.push(...rows.flatMap((row) => dueOf(row, steps.get(row.id) ?? [], rules) ?? []))
    due.splice(0, due.length, ...due.filter((it) => it.dueOn <= on))
    last = lastRow.id
  }
}

/** The same case again, under the lock: null when it is not due any more. */
export async function findDueCase(
  db: Db,
  rules: Rules,
  on: string,
  id: number,
): Promise<DueCase | null> {
  const row = await ended(db).where({ id }).first()
  if (!row) return null
  const due = dueOf(row, (await listSteps(db, [id])).get(id) ?? [], rules)
  return due && due.dueOn <= on ? due : null
}

const ended = (db: Db) =>
  db<ApplicationRow>('applications')
    .whereIn('status', [
      ...statusesWith('application', 'ended'),
      ...statusesWith('application', 'editable'),
    ])
    .whereNull('erased_at')
    .whereNotExists(
      db('outbox as m')
        .whereRaw('m.application_id = applications.id')
        .whereNotIn('m.status', finishedMails)
        .select('m.id'),
    )
    .orderBy('id')
    .select<Ended[]>('id', 'reference', 'status', 'saved_at')

/**
 * Everybody whose time is over on this day: no role was ever theirs, no visit for long, and no case
 * of theirs has its words still, those in `gone` aside.
 */
export async function listDuePeople(
  db: Db,
  rules: Rules,
  on: string,
  gone: ReadonlySet<number>,
): Promise<DuePerson[]> {
  const rule = ruleFor(rules, 'person')
  const before = `${addMonths(on, -rule.months + 1)}T00:00:00.000Z`
  const people = await db<PersonRow>('people as p')
    .whereNull('p.erased_at')
    .whereRaw('coalesce(p.seen_at, p.created_at) < ?', [before])
    .whereNotIn('p.id', db('roles').select('person_id'))
    .orderBy('p.id')
    .select<{ id: number; seen: string }[]>(
      'p.id',
      db.raw('coalesce(p.seen_at, p.created_at) as seen'),
    )
  const due: DuePerson[] = []
  for (const { id, seen } of people) {
    const dueOn = eraseOn(copenhagenDate(seen), rule)
    if (dueOn > on) continue
    const live = await db('applications as a')
      .whereNull('a.erased_at')
      .andWhere((q) => void tiedTo(db, q, id))
      .pluck<number[]>('a.id')
    if (live.every((caseId) => gone.has(caseId))) due.push({ id, dueOn })
  }
  return due
}

/** Cases that a person is part of: as contact, or as a member while they were one. */
function tiedTo(db: Db, query: ReturnType<Db['select']>, personId: number) {
  return query
    .where('a.contact_id', personId)
    .orWhereExists(
      db('memberships as m')
        .where('m.person_id', personId)
        .whereRaw('m.organisation_id = a.organisation_id')
        .whereNotNull('m.approved_at')
        .andWhereRaw('(m.removed_at is null or a.created_at < m.removed_at)')
        .select('m.id'),
    )
}

/** Mails of no case and no step, such as codes to sign in with, that nobody needs any more. */
export const oldMails = (db: Db, rules: Rules, on: string) =>
  db('outbox')
    .whereNull('application_id')
    .whereNull('history_id')
    .whereIn('status', finishedMails)
    .andWhere('created_at', '<', addMonths(on, -ruleFor(rules, 'mail').months))

/** How many rows of each table hold words of a case. */
export async function countWords(db: Db, id: number): Promise<{ table: string; rows: number }[]> {
  const counts: { table: string; rows: number }[] = []
  for (const { table, link } of ofCase) {
    const row = await rowsOf(db, table, link, id).count({ n: '*' }).first<{ n: number }>()
    if (table !== 'applications') counts.push({ table, rows: Number(row.n) })
  }
  for (const table of ['attachments', 'history']) {
    const row = await rowsOf(db, table, 'application_id', id)
      .count({ n: '*' })
      .first<{ n: number }>()
    counts.push({ table, rows: Number(row.n) })
  }
  return counts.filter(({ rows }) => rows > 0)
}

/** The rows of a table that hang on a case. */
export const rowsOf = (db: Db, table: string, link: string, id: number) =>
  link === 'review_id'
    ? db(table).whereIn('review_id', db('reviews').where({ application_id: id }).select('id'))
    : db(table).where(link, id)
