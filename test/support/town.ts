import type { Knex } from 'knex'
import { seedReference } from '../../seeds/reference.ts'
import { seedMoney } from '../../seeds/seed.ts'
import { seedPeople } from '../../seeds/people.ts'
import type { Idea } from '../../src/journey/application.ts'
import { beginApplication, sendApplication } from '../../src/journey/application.ts'
import { offeredBy } from '../../src/journey/person.ts'
import type { Person } from '../../src/journey/person.ts'
import type { Cast } from '../../src/journey/stages.ts'
import { startTestApp } from './app.ts'
import type { Client } from './client.ts'
import type { Engine } from './database.ts'
import { aPerson } from './factories.ts'

export type Townsperson = Person & { id: number; browser: Client }

/**
 * The whole program with its pools, people and money, and a browser for each person: cases are
 * brought to any stage by the pages themselves, with the stages of the journey.
 */
export async function aTown(
  engine: Engine,
  {
    money = seedMoney,
    at,
    send,
  }: { money?: typeof seedMoney; at?: Knex; send?: typeof fetch } = {},
) {
  const app = await startTestApp(engine, {}, at, send)
  const { db, config } = app
  await seedReference(db, app.now())
  await seedPeople(db, app.now())
  await money(db, config, app.now())

  async function person(email: string): Promise<Townsperson> {
    const row = await db('people').where({ email }).first<{ id: number } | undefined>('id')
    const id = row?.id ?? (await aPerson(db, { email, name: email }))
    const browser = await app.signedIn(id)
    return {
      id,
      email,
      browser,
      async followMail(link) {
        const mails = await app.mails(email)
        const found = mails
          .map((mail) => new RegExp(`https?://[^/]+(${link.source})`).exec(mail.text)?.[1])
          .findLast((path) => path !== undefined)
        if (found === undefined) throw new Error(`${email} has no mail with ${link.source}`)
        await browser.open(found)
        return found
      },
      take: offeredBy(email, browser),
    }
  }
  const official = (key: string) => person(`${key}@example.org`)

  /** Who acts in a case of this pool, with an applicant of their own. */
  async function castOf(pool: Idea['pool'], applicantEmail: string): Promise<Cast> {
    const isLocal = pool === 'LOKAL'
    const reviewers = isLocal ? ['valby', 'noerrebro'] : ['buf', 'sof']
    const [first = '', second = ''] = reviewers.map((unit) => `bedoemmer-${unit}`)
    return {
      applicant: await person(applicantEmail),
      secretariat: await official('sagsbehandler'),
      reviewers: [await official(first), await official(second)],
      decisionMaker: await official(isLocal ? 'puljeudvalg' : 'styregruppe'),
      finance: await official('oekonomi'),
      adviser: await official('raadgiver'),
    }
  }

  /** A case that was sent, with the cast to take it on. */
  async function sent(more: Partial<Idea> = {}): Promise<{ reference: string; cast: Cast }> {
    const { reference, cast, idea } = await draft(more)
    await sendApplication(cast.applicant, reference, idea)
    return { reference, cast }
  }

  async function draft(more: Partial<Idea> = {}) {
    const idea = { ...anIdea, ...more }
    made += 1
    const cast = await castOf(idea.pool, `ansoeger${made}@example.org`)
    return { reference: await beginApplication(cast.applicant, idea), cast, idea }
  }

  return { ...app, person, official, castOf, draft, sent }
}
export type Town = Awaited<ReturnType<typeof aTown>>

let made = 0

export const anIdea: Idea = {
  pool: 'LOKAL',
  organisation: { name: 'Nabohjælp', cvr: null },
  title: 'Naboer laver mad sammen',
  summary: 'Vi laver mad sammen hver torsdag.',
  kroner: '80.000',
  budgetKroner: '100.000',
  wagesKroner: '30.000',
  districts: ['valby'],
  startInDays: 60,
}
