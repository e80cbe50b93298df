import { describe, expect, it } from 'vitest'
import { review } from '../../src/journey/stages.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import type { Town } from '../support/town.ts'
import { aTown } from '../support/town.ts'

/** A case with two invited reviewers; the addresses of their pages. */
async function invited(town: Town) {
  const { reference, cast } = await town.sent()
  const page = `/ansoegninger/${reference}`
  const pages: string[] = []
  for (const reviewer of cast.reviewers) {
    const { id } = await town.db('people').where({ email: reviewer.email }).first<{ id: number }>()
    await cast.secretariat.browser.complete(
      page,
      { reviewer: String(id) },
      `/ansoegninger/${reference}/bedoemmere`,
    )
    const row = await town.db('reviews').orderBy('id', 'desc').first<{ id: number }>('id')
    pages.push(`/bedoemmelser/${row.id}`)
  }
  return { reference, cast, page, first: pages[0] ?? '', second: pages[1] ?? '' }
}

describe.each(engines)('reviewing on %s', (engine) => {
  it('asks about conflicts before anything of the application is shown', async () => {
    const town = await aTown(engine)
    const { reference, cast, first } = await invited(town)
    const [reviewer] = cast.reviewers
    const before = textOf((await reviewer.browser.open(first)).body)
    expect(before).not.toContain('Vi laver mad sammen hver torsdag.')
    expect((await reviewer.browser.get(`/ansoegninger/${reference}`)).status).toBe(404)
    await reviewer.browser.complete(first)
    const after = textOf((await reviewer.browser.open(first)).body)
    expect(after).toContain('Vi laver mad sammen hver torsdag.')
  })

  it('keeps each review sealed from the other, also for the secretariat until it is sent', async () => {
    const town = await aTown(engine)
    const { reference, cast, page, first, second } = await invited(town)
    const [one, other] = cast.reviewers
    await one.browser.complete(first)
    await other.browser.complete(second)
    await cast.secretariat.take(page, /\/ansoegninger\/[^"]+\/trin\/startReview/)
    const form = await one.browser.formOf(first)
    const scores = form.names.filter((name) => name.startsWith('score-'))
    const whole = Object.fromEntries(scores.map((name) => [name, '4']))
    await one.browser.post(`${first}/trin/saveScores`, {
      ...form.fields,
      ...whole,
      comment: 'Kun min egen kladde',
    })
    const seen = async () => textOf((await cast.secretariat.browser.open(page)).body)
    expect(await seen()).not.toContain('Kun min egen kladde')
    await one.browser.complete(first)
    expect(await seen()).toContain('Kun min egen kladde')
    expect(textOf((await other.browser.open(second)).body)).not.toContain('Kun min egen kladde')
    expect((await other.browser.get(first)).status).toBe(404)
    const early = await cast.secretariat.browser.get(
      `/ansoegninger/${reference}/trin/completeReview`,
    )
    expect(textOf(early.body)).toContain('Ikke nu')
  })

  it('shuts out whoever has a conflict, from the page and from every step of the case', async () => {
    const town = await aTown(engine)
    const { cast, page, first, reference } = await invited(town)
    const [reviewer] = cast.reviewers
    await reviewer.take(first, /\/bedoemmelser\/\d+\/trin\/reportConflict/, {
      reason: 'Min søster sidder i bestyrelsen.',
    })
    expect(textOf((await reviewer.browser.open(first)).body)).not.toContain('hver torsdag')
    await cast.secretariat.take(page, /\/bedoemmelser\/\d+\/trin\/excludeReviewer/, {
      reason: 'Nær slægt, forvaltningsloven § 3.',
    })
    expect(await town.db('reviews').orderBy('id').pluck('status')).toEqual(['excluded', 'invited'])
    expect((await reviewer.browser.get(`/ansoegninger/${reference}`)).status).toBe(404)
    const told = (await town.mails(reviewer.email)).map((mail) => mail.template)
    expect(told.at(-1)).toBe('reviewer-excluded')
  })

  it('refuses a review with a criterion left out, at that criterion, and keeps the rest', async () => {
    const town = await aTown(engine)
    const { cast, page, first, second } = await invited(town)
    const [one, other] = cast.reviewers
    await one.browser.complete(first)
    await other.browser.complete(second)
    await cast.secretariat.take(page, /\/ansoegninger\/[^"]+\/trin\/startReview/)
    const { names } = await one.browser.formOf(first)
    const [missing = '', ...rest] = names.filter((name) => name.startsWith('score-'))
    const answer = await one.browser.submit(first, {
      ...Object.fromEntries(rest.map((name) => [name, '3'])),
      comment: 'Næsten færdig',
    })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(`href="#${missing}"`)
    expect(answer.body).toContain('Næsten færdig')
    expect(await town.db('scores').count({ n: '*' }).first()).toEqual({ n: 0 })
  })

  it('ranks the cases to decide by their weighted points, with the money that is left', async () => {
    const town = await aTown(engine)
    const better = await town.sent({ title: 'Den ene' })
    await review(better.reference, better.cast)
    const list = textOf((await better.cast.decisionMaker.browser.open('/afgoerelser')).body)
    expect(list).toContain('1.351.890 kr.')
    expect(list).toMatch(/1 Den ene KK-2026-0001 · Nabohjælp 80,5 2 bedømmelser/)
  })
})
