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
  for (let day = moments[0]?.day ?? 0; day <= 0; day = await nextDay(db, moments, day, today)) {
    const date = addDays(today, day)
    const at = (minutes: number) => (day === 0 ? now : clockTime(date, minutes))
    await fireDueDeadlines(db, at(8 * 60 + 1), mail)
    for (const [i, m] of moments.filter((m) => m.day === day).entries()) {
      await play(m, { db, mail, now: at(9 * 60 + 10 + 17 * i), story: m.story, it: m.it, actor })
    }
  }
  await fillMailbox(db)
}

/** The next day on which somebody does something or a deadline fires; today is always looked at. */
async function nextDay(db: Db, moments: Moment[], day: number, today: string): Promise<number> {
  if (day === 0) return 1
  const { due } = await db('deadlines')
    .whereNull('handled_at')
    .min({ due: 'due_at' })
    .first<{ due: string | null }>()
  const scene = moments.find((m) => m.day > day)?.day ?? 0
  const deadline = due === null ? 0 : daysBetween(today, copenhagenDate(due))
  return Math.min(scene, Math.max(deadline, day + 1), 0)
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
