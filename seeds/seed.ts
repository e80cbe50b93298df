import type { Config } from '../src/config.ts'
import { advanceContribution } from '../src/contributions/advance-contribution.ts'
import { proposeContribution } from '../src/contributions/propose-contribution.ts'
import type { Db } from '../src/db/connection.ts'
import { inTransaction, isPostgres } from '../src/db/connection.ts'
import { lockName } from '../src/db/lock.ts'
import type { ContributorRow } from '../src/db/tables.ts'
import type { MailSettings } from '../src/shared/asked.ts'
import type { Clock } from '../src/shared/clock.ts'
import { nowIso } from '../src/shared/clock.ts'
import { copenhagenInstant, copenhagenYear } from '../src/shared/danish.ts'
import { bases } from './contributors.ts'
import { demoReachDays, seedDemoCases } from './demo.ts'
import { demoActor, seedPeople } from './people.ts'
import { seedReference } from './reference.ts'

/** Fills an empty database: pools and contributors everywhere, people, money and cases in the demo. */
export async function seedWhenEmpty(
  db: Db,
  config: Pick<Config, 'mode'> & MailSettings,
  clock: Clock,
): Promise<void> {
  await oneAtATime(db, async () => {
    const half = await db('counters').where({ name: 'seeding' }).first('name')
    if (half) throw new Error('the first start was cut off: remove the database and start again')
    if (await db('pools').first('id')) return
    await db('counters').insert({ name: 'seeding', value: 1 })
    await unhurriedDisk(db, () => seed(db, config, clock))
    await db('counters').where({ name: 'seeding' }).delete()
  })
}

/**
 * SQLite waits for the disk at every commit; thousands of them would take as many waits. Until the
 * last one, which takes all to the disk, a power cut leaves the mark of a half seeding.
 */
async function unhurriedDisk(db: Db, work: () => Promise<void>): Promise<void> {
  if (isPostgres(db)) return work()
  await db.raw('pragma synchronous = off')
  try {
    await work()
  } finally {
    await db.raw('pragma synchronous = full')
  }
}

async function seed(
  db: Db,
  config: Pick<Config, 'mode'> & MailSettings,
  clock: Clock,
): Promise<void> {
  const now = nowIso(clock)
  await seedReference(db, now)
  if (config.mode === 'production') {
    await proposeAll(db, copenhagenYear(now), now)
    return
  }
  const oldest = new Date(clock().getTime() - demoReachDays * 86_400_000).toISOString()
  await seedPeople(db, oldest)
  for (let year = copenhagenYear(oldest); year <= copenhagenYear(now); year += 1) {
    const newYear = copenhagenInstant(`${year}-01-02`, '09:00')
    await seedMoney(db, config, newYear < now ? newYear : now)
  }
  await seedDemoCases(db, config, clock)
}

/** Two processes that start at once: on PostgreSQL the second waits; SQLite serves one process. */
async function oneAtATime(db: Db, work: () => Promise<void>): Promise<void> {
  if (!isPostgres(db)) return work()
  await inTransaction(db, async (trx) => {
    await lockName(trx, 'seeding')
    await work()
  })
}

/** Every contribution of a year: proposed, promised, decided and transferred by the real operations. */
export async function seedMoney(db: Db, mail: MailSettings, now: string): Promise<void> {
  const year = copenhagenYear(now)
  const secretariat = await demoActor(db, 'sagsbehandler')
  const finance = await demoActor(db, 'oekonomi')
  for (const id of await proposeAll(db, year, now)) {
    const step = { id, version: null, now, mail }
    await advanceContribution(db, { ...step, event: 'promise', actor: secretariat })
    await advanceContribution(db, {
      ...step,
      event: 'decideContribution',
      actor: secretariat,
      caseNumber: `${year - 1}-0200${String(id).padStart(3, '0')}`,
      decidedOn: `${year - 1}-11-27`,
    })
    await advanceContribution(db, { ...step, event: 'transfer', actor: finance })
  }
}

async function proposeAll(db: Db, year: number, now: string): Promise<number[]> {
  const contributors = await db<ContributorRow>('contributors').orderBy('code')
  const known = new Map(
    Object.values(bases)
      .flat()
      .map((b) => [b.code, b]),
  )
  const ids: number[] = []
  for (const c of contributors) {
    const base = known.get(c.code)
    if (!base) continue
    ids.push(
      await proposeContribution(db, {
        poolId: c.pool_id,
        contributorId: c.id,
        year,
        baseOre: base.ore,
        percentPpm: base.percentPpm,
        baseNoteDa: base.placeholder ? 'Eksempeltal' : `Oplyst tal, ${base.year}`,
        baseNoteEn: base.placeholder ? 'Example figure' : `Published figure, ${base.year}`,
        isPlaceholder: base.placeholder,
        actor: null,
        now,
      }),
    )
  }
  return ids
}
