import { fireDueDeadlines } from '../../src/applications/deadlines.ts'
import type { Db } from '../../src/db/connection.ts'
import type { Actor } from '../../src/shared/actor.ts'
import type { MailSettings } from '../../src/shared/asked.ts'
import { addDays, copenhagenDate, copenhagenInstant, daysBetween } from '../../src/shared/danish.ts'
import { demoActor } from '../people.ts'
import { fillMailbox } from './fill-mailbox.ts'
import type { Scene, Stage, Story, StoryCase } from './story.ts'

type Moment = { day: number; story: Story; it: StoryCase; scene: Scene }

/**
 * Plays all stories on one clock, from their first day to now. Deadlines fire in the morning, so
 * that everything bears the time it would have had, and nothing is left to happen when the program
 * starts.
 */
export async function walk(
  db: Db,
  stories: readonly Story[],
  mail: MailSettings,
  now: string,
): Promise<void> {
  const today = copenhagenDate(now)
  const sinceOpening = await daysOpen(db, now)
  const moments = stories
    .flatMap((story) => {
      const it: StoryCase = { reference: '', id: 0, poolId: 0 }
      const youngest = story.isDraft ? sinceOpening : Infinity
      return story.scenes.map(([day, scene]): Moment => ({
        day: Math.max(day, -youngest),
        story,
        it,
        scene,
      }))
    })
    .sort((a, b) => a.day - b.day)
  const actors = new Map<string, Actor>()
  const actor = async (key: string) => {
    const known = actors.get(key) ?? (await demoActor(db, key))
    actors.set(key, known)
    return known
  }
  let due: string | null = null
  const days = new Set([...moments.map(({ day }) => day), 0])
  for (let day = Math.min(...days); day <= 0; day += 1) {
    const date = addDays(today, day)
    const at = (minutes: number) => (day === 0 ? now : clockTime(date, minutes))
    if (due !== null && due <= at(morning)) {
      await fireDueDeadlines(db, at(morning), mail)
      due = await firstDue(db)
    }
    if (!days.has(day)) continue
    for (const [i, m] of moments.filter((m) => m.day === day).entries()) {
      const time = at(morning + 69 + 17 * i)
      await play(m, { db, mail, now: time, story: m.story, it: m.it, actor })
    }
    due = await firstDue(db)
  }
  await fillMailbox(db)
}

/** Minutes after midnight: when the day's deadlines fire. */
const morning = 8 * 60 + 1

async function firstDue(db: Db): Promise<string | null> {
  const { due } = await db('deadlines')
    .whereNull('handled_at')
    .min({ due: 'due_at' })
    .first<{ due: string | null }>()
  return due
}

/** A story that the rules refuse is a mistake in the story: say where. */
async function play(moment: Moment, stage: Stage): Promise<void> {
  try {
    await moment.scene(stage)
  } catch (cause) {
    const { idea } = moment.story
    throw new Error(`the demo's ${idea.title ?? ''} stops at day ${moment.day}`, { cause })
  }
}

/** Whole days in which the youngest of the open rounds for drafts has been open, its first not counted. */
async function daysOpen(db: Db, now: string): Promise<number> {
  const round = await db('rounds as r')
    .join('pools as p', 'p.id', 'r.pool_id')
    .where('p.code', 'TVAER')
    .andWhere('r.opens_at', '<=', now)
    .max({ opens_at: 'r.opens_at' })
    .first<{ opens_at: string }>()
  return Math.max(0, daysBetween(copenhagenDate(round.opens_at), copenhagenDate(now)) - 1)
}

function clockTime(date: string, minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return copenhagenInstant(date, `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`)
}
