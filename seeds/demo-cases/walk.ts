import { fireDueDeadlines } from '../../src/applications/deadlines.ts'
import type { Db } from '../../src/db/connection.ts'
import { deliverDue } from '../../src/outbox/deliver.ts'
import { createTransport } from '../../src/outbox/transport.ts'
import type { Actor } from '../../src/shared/actor.ts'
import type { MailSettings } from '../../src/shared/asked.ts'
import { addDays, copenhagenDate, copenhagenInstant, daysBetween } from '../../src/shared/danish.ts'
import { demoActor } from '../people.ts'
import type { Scene, Stage, Story } from './story.ts'

type Moment = { day: number; story: Story; it: { reference: string }; scene: Scene }

/**
 * Plays all stories on one clock, from their first day to now. Deadlines fire each morning and mails
 * are delivered to the built-in mailbox each evening, so that everything bears the time it would
 * have had, and nothing is left to happen when the program starts.
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
      const it = { reference: '' }
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
  for (let day = moments[0]?.day ?? 0; day <= 0; day += 1) {
    const date = addDays(today, day)
    const at = (minutes: number) => (day === 0 ? now : clockTime(date, minutes))
    await fireDueDeadlines(db, at(8 * 60 + 1), mail)
    for (const [i, m] of moments.filter((m) => m.day === day).entries()) {
      await play(m, { db, mail, now: at(9 * 60 + 10 + 17 * i), story: m.story, it: m.it, actor })
    }
    await deliver(db, at(17 * 60))
  }
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

/** The demo's mails stay in the built-in mailbox: as delivered, whatever the settings say. */
async function deliver(db: Db, now: string): Promise<void> {
  const transport = createTransport({ smtpUrl: null, mailFrom: '' })
  const log = { warn: () => undefined, error: () => undefined }
  const clock = () => new Date(now)
  await deliverDue({ db, clock, transport, log, random: () => 0.5, worker: 'seed' })
}
