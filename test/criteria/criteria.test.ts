import { describe, expect, it } from 'vitest'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { review } from '../../src/journey/stages.ts'
import { rankScores } from '../../src/reviews/queries.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import type { Town } from '../support/town.ts'
import { aTown } from '../support/town.ts'

const page = '/administration/puljer/lokal/kriterier'

const klima = {
  name_da: 'Klima',
  name_en: 'Climate',
  help_da: 'Hvor meget skåner det klimaet?',
  help_en: 'How much does it spare the climate?',
  scale_da: '0: slet ikke\n1: lidt\n2: noget\n3: en del\n4: meget\n5: helt særligt',
  scale_en: 'not at all\na little\nsomewhat\nquite\na lot\noutstanding',
}

/** The scores that the review page of this reviewer of this case asks for. */
async function askedOf(town: Town, reference: string, email: string): Promise<string[]> {
  const row = await town
    .db('reviews as r')
    .join('applications as a', 'a.id', 'r.application_id')
    .join('people as p', 'p.id', 'r.reviewer_id')
    .where({ 'a.reference': reference, 'p.email': email })
    .first<{ id: number }>('r.id')
  return town
    .db('scores as s')
    .join('criteria as c', 'c.id', 's.criterion_id')
    .where('s.review_id', row.id)
    .orderBy('c.position')
    .pluck('c.code')
}

const weightsOf = async ({ db }: Town) =>
  db('criteria as c')
    .join('pools as p', 'p.id', 'c.pool_id')
    .where('p.code', 'LOKAL')
    .whereNull('c.ended_at')
    .orderBy('c.position')
    .select<{ code: string; weight: number }[]>('c.code', 'c.weight')

describe.each(engines)('the criteria of a pool on %s', (engine) => {
  it('change for rounds that open from now on; the open one keeps what it opened with', async () => {
    const town = await aTown(engine)
    const { browser } = await town.official('administrator')
    const { reference, cast } = await town.sent()
    const before = await weightsOf(town)
    const codes = before.map((c) => c.code)
    expect(textOf((await browser.open(page)).body)).toContain(
      'Kriterier kan ikke ændres i en åben runde.',
    )
    await browser.complete(`${page}/ny`, { ...klima, weight: '10', 'weight-concept': '20' })
    await browser.complete(`${page}/local`, { name_da: 'Lokal værdi', name_en: 'Local value' })
    await browser.complete(`${page}/budget/slut`, { 'weight-concept': '25' })
    await browser.complete(`${page}/vaegte`, { 'position-c7': '1', 'position-concept': '2' })
    const after = await weightsOf(town)
    expect(after.map((c) => c.code)).toEqual(['c7', ...codes.filter((code) => code !== 'budget')])
    expect(after.reduce((sum, c) => sum + c.weight, 0)).toBe(100)

    const open = textOf((await town.client().get('/puljer/lokal')).body)
    expect(open).toContain('Kriterier i senere runder')
    expect(open).toContain('Realistisk budget')
    await review(reference, cast)
    expect(await askedOf(town, reference, cast.reviewers[0].email)).toEqual(codes)
    const { id } = await town.db('applications').where({ reference }).first<{ id: number }>('id')
    const given = [9, 7, 8, 9, 7, 8] // both reviewers' points together
    const weighted = before.reduce((sum, c, i) => sum + c.weight * (given[i] ?? 0), 0)
    expect((await rankScores(town.db, [id])).get(id)).toEqual({
      points: Math.round((weighted * 2000) / 200),
      reviews: 2,
    })
    const casePage = textOf(
      (await cast.secretariat.browser.open(`/ansoegninger/${reference}`)).body,
    )
    expect(casePage).toContain('Realistisk budget')
    expect(casePage).not.toContain('Klima')

    town.clock.set(await nextOpening(town))
    const then = textOf((await town.client().get('/puljer/lokal/spoergsmaal')).body)
    expect(then).toContain('Klima')
    expect(then).toContain('helt særligt')
    expect(then).not.toContain('Realistisk budget')
    const later = await town.sent()
    await review(later.reference, later.cast)
    const asked = await askedOf(town, later.reference, later.cast.reviewers[0].email)
    expect(asked).toEqual(after.map((c) => c.code))
    const events = await town
      .db('history')
      .where('chain', 'like', 'pool:%')
      .orderBy('seq')
      .pluck('event')
    expect(events).toEqual(['addCriterion', 'changeCriterion', 'endCriterion', 'weighCriteria'])
    expect((await runDoctor(town.db)).filter((f) => !f.ok)).toEqual([])
  })

  it('are refused when they do not give 100, or describe some points only; nothing is written', async () => {
    const town = await aTown(engine)
    const { browser } = await town.official('administrator')
    const rows = () => town.db('criteria').orderBy('id')
    const before = await rows()
    const light = await browser.submit(`${page}/ny`, { ...klima, weight: '10' })
    expect(light.status).toBe(422)
    expect(textOf(light.body)).toContain('Vægtene giver 110. De skal give 100')
    expect(light.body).toContain('value="Klima"')
    const five = { ...klima, scale_da: 'en\nto\ntre\nfire\nfem', weight: '1' }
    const some = await browser.submit(`${page}/ny`, { ...five, 'weight-concept': '29' })
    expect(textOf(some.body)).toContain('Her er 5')
    const oneLanguage = await browser.submit(`${page}/local`, { scale_en: klima.scale_en })
    expect(oneLanguage.status).toBe(422)
    const gone = await browser.submit(`${page}/budget/slut`, {})
    expect([gone.status, textOf(gone.body)]).toEqual([422, expect.stringContaining('giver 95')])
    expect((await browser.get(`${page}/findes-ikke`)).status).toBe(404)
    expect(await rows()).toEqual(before)
    expect(await town.db('history').where('chain', 'like', 'pool:%')).toEqual([])
  })

  it('are changed by one at a time: who comes second keeps what was typed', async () => {
    const town = await aTown(engine)
    const one = await town.official('administrator')
    const second = await town.official('administrator')
    const form = await second.browser.formOf(`${page}/vaegte`)
    await one.browser.complete(`${page}/budget/slut`, { 'weight-concept': '35' })
    const late = await second.browser.post(`${page}/vaegte`, {
      ...form.fields,
      'weight-concept': '31',
      'weight-budget': '4',
    })
    expect(late.status).toBe(409)
    expect(late.body).toContain(`value="31"`)
    expect((await weightsOf(town)).map((c) => c.weight)).toEqual([35, 25, 20, 10, 10])
    const forms = await Promise.all([one, second].map((w) => w.browser.formOf(`${page}/vaegte`)))
    const both = await Promise.all(
      [one, second].map(({ browser }, i) =>
        browser.post(`${page}/vaegte`, { ...forms[i]?.fields, 'position-local': '9' }),
      ),
    )
    expect(both.map((answer) => answer.status).sort()).toEqual([303, 409])
  })
})

it('say what each point means beside the score', async () => {
  const town = await aTown('SQLite')
  const { browser } = await town.official('administrator')
  await browser.complete(`${page}/concept`, {
    scale_da: klima.scale_da,
    scale_en: klima.scale_en,
  })
  town.clock.set(await nextOpening(town))
  const { reference, cast } = await town.sent()
  const casePage = `/ansoegninger/${reference}`
  for (const { email, browser: reviewer } of cast.reviewers) {
    const { id } = await town.db('people').where({ email }).first<{ id: number }>('id')
    const chosen = { reviewer: String(id) }
    await cast.secretariat.browser.complete(casePage, chosen, `${casePage}/bedoemmere`)
    await reviewer.complete(await lastReview(town))
  }
  await cast.secretariat.take(casePage, new RegExp(`${casePage}/trin/startReview`))
  const seen = textOf((await cast.reviewers[1].browser.open(await lastReview(town))).body)
  expect(seen).toMatch(/0 – slet ikke\s+slet ikke/)
  expect(seen).toMatch(/5 – fremragende\s+helt særligt/)
})

const lastReview = async ({ db }: Town) => {
  const { id } = await db('reviews').orderBy('id', 'desc').first<{ id: number }>('id')
  return `/bedoemmelser/${id}`
}

const nextOpening = async ({ db, now }: Town) => {
  const round = await db('rounds as r')
    .join('pools as p', 'p.id', 'r.pool_id')
    .where('p.code', 'LOKAL')
    .andWhere('r.opens_at', '>', now())
    .orderBy('r.opens_at')
    .first<{ opens_at: string }>('r.opens_at')
  return round.opens_at
}
