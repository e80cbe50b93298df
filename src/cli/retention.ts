import { databaseOf, readConfig } from '../config.ts'
import type { Db } from '../db/connection.ts'
import { openDatabase } from '../db/connection.ts'
import { migrateUp } from '../db/migrate.ts'
import type { Plan } from '../retention/erase-due.ts'
import { eraseDue, planErasure } from '../retention/erase-due.ts'
import { countWords } from '../retention/queries.ts'
import { nowIso, systemClock } from '../shared/clock.ts'
import { copenhagenDate } from '../shared/danish.ts'

/**
 * Erases what has had its time, or with `--dry-run` only says what would go; then also for a day
 * that is still to come. Ends with 64 when it was called wrongly.
 */
export async function retention(args: string[]): Promise<number> {
  const now = nowIso(systemClock)
  const today = copenhagenDate(now)
  const asked = readArgs(args, today)
  if (asked === null) {
    console.error(
      'Usage: retention [--dry-run] [--on YYYY-MM-DD]; a day to come only with --dry-run',
    )
    return 64
  }
  const db = openDatabase(databaseOf(readConfig(process.env)))
  try {
    await migrateUp(db)
    const lines = await tableOf(db, await planErasure(db, asked.on))
    const done = asked.isDry ? null : await eraseDue(db, { on: asked.on, now })
    for (const line of lines) console.log(line)
    console.log(
      done ? `Erased: ${sum(done)}.` : `Would go on ${asked.on}, and nothing was written.`,
    )
    return 0
  } finally {
    await db.destroy()
  }
}

/** What was asked for; null for what makes no sense, such as erasing before the day. */
export function readArgs(args: string[], today: string): { isDry: boolean; on: string } | null {
  let isDry = false
  let on = today
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--dry-run') isDry = true
    else if (args[i] === '--on' && isDay(args[i + 1])) on = args[(i += 1)] ?? ''
    else return null
  }
  return isDry || on <= today ? { isDry, on } : null
}

const isDay = (text = ''): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text)

/** One line for each case that goes: how it ended and when, since when it may go, and how much. */
export async function tableOf(db: Db, plan: Plan): Promise<string[]> {
  const rows = [['case', 'ended', 'on', 'may go since', 'what goes']]
  for (const it of plan.cases) {
    const words = await countWords(db, it.id)
    const what = words.map(({ table, rows: n }) => `${n} ${table.replaceAll('_', ' ')}`)
    const goes = it.kind === 'draft' ? 'all of it' : ['answers', ...what].join(', ')
    rows.push([it.reference, it.kind, it.on, it.dueOn, goes])
  }
  for (const it of plan.people) {
    rows.push([`person ${it.id}`, '', '', it.dueOn, 'name, mail address, telephone'])
  }
  if (plan.mails > 0) rows.push([`${plan.mails} mails`, '', '', '', 'all of them'])
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

const sum = ({ cases, people, mails }: Plan): string =>
  `${cases.length} cases, ${people.length} people, ${mails} mails`
