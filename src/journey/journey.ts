import { runDoctor } from '../doctor/run-doctor.ts'
import type { Db } from '../db/connection.ts'
import { openDatabase } from '../db/connection.ts'
import { formatOreExact } from '../shared/money.ts'
import { paths } from '../shared/paths.ts'
import { beginApplication, sendApplication } from './application.ts'
import { textOf } from './browser.ts'
import type { Town } from './cast.ts'
import { gather } from './cast.ts'
import type { Findings } from './findings.ts'
import { findUndelivered, findUntold, readFindings } from './findings.ts'
import { freePort } from './free-port.ts'
import { preparePlace, startServer } from './place.ts'
import { openPostOffice } from './post-office.ts'
import { stories } from './stories.ts'

export type JourneyResult = Findings & {
  doctor: { checks: number; failed: number }
  seconds: number
}

export type Journey = {
  result: JourneyResult
  /** What is not as it must be; an empty list is a journey that went well. */
  problems: string[]
}

/**
 * The main job from an empty machine: starts the program as a process with a fresh database and a
 * mail server on loopback, takes four cases through their lives over HTTP, and looks at what is
 * left. `look` sees the database before it is gone. Throws when a step cannot be taken.
 */
export async function runJourney(
  databaseUrl: string | null,
  look: (db: Db, result: JourneyResult) => Promise<void> = () => Promise.resolve(),
): Promise<Journey> {
  const startedAt = Date.now()
  const post = await openPostOffice()
  const place = await preparePlace(databaseUrl)
  try {
    const port = String(await freePort())
    const server = await startServer({ ...place.env, PORT: port, SMTP_URL: post.url })
    const db = openDatabase(place.where)
    try {
      const town = await gather({ url: server.url, post }, stories)
      const references = await takeAll(town)
      await everythingArrived(db, references, post.letters)
      const findings = await readFindings(db, references, post.letters)
      const checks = await runDoctor(db)
      const failed = checks.filter((check) => !check.ok)
      const result = {
        ...findings,
        doctor: { checks: checks.length, failed: failed.length },
        seconds: Math.round((Date.now() - startedAt) / 100) / 10,
      }
      const problems = [
        ...failed.map((check) => `doctor: ${check.name}: ${check.detail}`),
        ...(await findUntold(db, references)).map((line) => `nobody was told: ${line}`),
        ...(await findUndelivered(db, references, post.letters)).map((m) => `not arrived: ${m}`),
        ...(await sharesUnseen(town, findings)),
        ...(findings.ledger.imbalanceOre === 0 ? [] : ['the ledger does not balance']),
      ]
      await look(db, result)
      return { result, problems }
    } catch (error) {
      console.error(server.said())
      throw error
    } finally {
      await db.destroy()
      await server.stop()
    }
  } finally {
    await place.leave()
    await post.close()
  }
}

/** Drafts one after the other, so the references are the same each time; the lives side by side. */
async function takeAll(town: Town): Promise<string[]> {
  const begun: { story: (typeof stories)[number]; reference: string }[] = []
  for (const story of stories) {
    const { applicant } = town.castFor(story)
    begun.push({ story, reference: await beginApplication(applicant, story.idea) })
  }
  await Promise.all(
    begun.map(async ({ story, reference }) => {
      const cast = town.castFor(story)
      try {
        await sendApplication(cast.applicant, reference, story.idea)
        await story.run(reference, cast)
      } catch (error) {
        throw new Error(`${story.name} (${reference}) could not go on`, { cause: error })
      }
    }),
  )
  return begun.map(({ reference }) => reference)
}

async function everythingArrived(
  db: Db,
  references: string[],
  letters: Parameters<typeof findUndelivered>[2],
): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    if ((await findUndelivered(db, references, letters)).length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** A contributor must find its exact share of every grant of its pool on its own page. */
async function sharesUnseen(town: Town, { applications }: Findings): Promise<string[]> {
  const unseen: string[] = []
  for (const [pool, { code, person }] of Object.entries(town.contributors)) {
    const { body } = await person.browser.open(paths.contributor(code))
    const page = textOf(body)
    for (const { reference, shares } of applications.filter((a) => a.pool === pool)) {
      const share = shares.find((s) => s.contributor === code)
      if (!share || share.ore === 0) continue
      const exact = formatOreExact(share.ore, 'da').replace('\u00a0', ' ')
      if (!page.includes(reference) || !page.includes(exact)) {
        unseen.push(`${code} does not see its ${exact} of ${reference} on its page`)
      }
    }
  }
  return unseen
}
