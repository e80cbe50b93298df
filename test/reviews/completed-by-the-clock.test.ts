import { describe, expect, it } from 'vitest'
import { fireDueDeadlines } from '../../src/applications/deadlines.ts'
import { step } from '../../src/journey/stages.ts'
import type { Person } from '../../src/journey/person.ts'
import { engines } from '../support/database.ts'
import type { Town } from '../support/town.ts'
import { aTown } from '../support/town.ts'

/** A case under review, with these reviewers at work on it. */
async function underReview(town: Town, more: string[] = []) {
  const { reference, cast } = await town.sent()
  const page = `/ansoegninger/${reference}`
  const extra = await Promise.all(more.map((key) => town.official(key)))
  const people = [...cast.reviewers, ...extra]
  const ids = new Map<string, number>()
  for (const { email } of people) {
    const { id } = await town.db('people').where({ email }).first<{ id: number }>('id')
    const invite = `${page}/bedoemmere`
    await cast.secretariat.browser.complete(page, { reviewer: String(id) }, invite)
    const row = await town.db('reviews').orderBy('id', 'desc').first<{ id: number }>('id')
    ids.set(email, row.id)
  }
  const pageOf = ({ email }: Person) => `/bedoemmelser/${ids.get(email) ?? 0}`
  for (const person of people) await person.browser.complete(pageOf(person))
  await step(cast.secretariat, reference, 'startReview')
  const submits = async (person: Person) => {
    const { names } = await person.browser.formOf(pageOf(person))
    const scores = names.filter((name) => name.startsWith('score-'))
    const given = Object.fromEntries(scores.map((name) => [name, '4']))
    await person.browser.complete(pageOf(person), { ...given, comment: '' })
  }
  const status = async () =>
    (await town.db('applications').where({ reference }).first<{ status: string }>('status')).status
  return { reference, cast, extra, submits, status }
}

describe.each(engines)('a review that nobody needs to wait for on %s', (engine) => {
  it('is completed by the clock when everybody asked has sent theirs, once, and told', async () => {
    const town = await aTown(engine)
    const { cast, submits, status } = await underReview(town)
    const fires = () => fireDueDeadlines(town.db, town.now(), town.config)
    const [one, other] = cast.reviewers
    await submits(one)
    town.clock.advanceMinutes(11)
    expect(await fires()).toBe(0)
    await submits(other)
    expect(await fires()).toBe(0) // whoever wants to do it by hand has ten minutes
    town.clock.advanceMinutes(11)
    expect(await Promise.all([fires(), fires()])).toContain(1)
    expect(await status()).toBe('reviewed')
    expect(await fires()).toBe(0)
    const line = await town
      .db('history')
      .where({ event: 'completeReview' })
      .select('actor_id', 'actor_role', 'from_status', 'to_status')
    expect(line).toEqual([
      { actor_id: null, actor_role: 'clock', from_status: 'underReview', to_status: 'reviewed' },
    ])
    const told = (await town.mails()).filter((m) => m.event === 'application.completeReview')
    expect(told.map((m) => m.template).sort()).toEqual(['case-ready', 'review-completed'])
  })

  it('waits for a third reviewer until their last day, and no longer', async () => {
    const town = await aTown(engine)
    const { cast, submits, status } = await underReview(town, ['bedoemmer-vesterbro'])
    const fires = () => fireDueDeadlines(town.db, town.now(), town.config)
    for (const reviewer of cast.reviewers) await submits(reviewer)
    town.clock.advanceDays(21)
    await fires()
    expect(await status()).toBe('underReview')
    town.clock.advanceDays(1)
    await fires()
    expect(await status()).toBe('reviewed')
  })
})
