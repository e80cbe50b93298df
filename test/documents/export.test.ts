import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { grant, pay, review } from '../../src/journey/stages.ts'
import { sha256 } from '../../src/shared/secrets.ts'
import { engines } from '../support/database.ts'
import { sample, sendWithFiles } from '../support/files.ts'
import { pdfText } from '../support/pdf-text.ts'
import { aTown } from '../support/town.ts'

describe.each(engines)('the export of a whole case on %s', (engine) => {
  it('holds every document, every row and what happened, and is written in the history', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const page = `/ansoegninger/${reference}`
    const { browser } = cast.secretariat
    await browser.complete(`${page}/notater`, { kind: 'call', party: 'Åse', body: 'Åse er glad.' })
    const file = { name: 'budget.pdf', bytes: sample.pdf }
    await sendWithFiles(cast.applicant.browser, page, { body: 'Her.' }, [file], `${page}/beskeder`)
    await review(reference, cast)
    await grant(reference, cast, { amount: '80.000', conditions: '' })
    await pay(reference, cast)
    const { location } = await browser.submit(page, {}, `${page}/eksport`)
    expect(location).toMatch(new RegExp(`^${page}/eksport/\\d+$`))
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(town.url + location, { headers: { cookie } })
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename=${reference}.zip`)
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
    expect(Object.keys(files)).toEqual([
      'sag.pdf',
      'sag.json',
      expect.stringMatching(/^bilag\/\d+-budget\.pdf$/),
    ])
    const pdf = pdfText(Buffer.from(files['sag.pdf'] ?? []))
    for (const word of ['Åse er glad.', 'Klar og modig ansøgning.', 'Sagens dokumenter']) {
      expect(pdf).toContain(word)
    }
    const json = JSON.parse(Buffer.from(files['sag.json'] ?? []).toString()) as {
      application: { reference: string; answers: object }
      documents: { number: string; kind: string }[]
      rows: Record<string, object[]>
      names: Record<string, { id: number }[]>
      files: object[]
    }
    expect(json.application.reference).toBe(reference)
    expect(json.documents[0]).toMatchObject({ number: `${reference}/1`, kind: 'application' })
    for (const { number } of json.documents) expect(pdf).toContain(number)
    expect(json.rows.case_notes).toMatchObject([{ body: 'Åse er glad.' }])
    const bank = files[Object.keys(files)[2] ?? '']
    expect(Buffer.from(bank ?? []).equals(sample.pdf)).toBe(true)
    expect(json.files).toMatchObject([
      { path: Object.keys(files)[2], sha256: sha256(sample.pdf), bytes: sample.pdf.length },
    ])
    const decider = await town
      .db('people')
      .where({ email: cast.decisionMaker.email })
      .first<{ id: number; name: string; email: string }>('id', 'name', 'email')
    expect(json.names.people).toContainEqual(decider)
    const known = json.names.people?.map(({ id }) => id)
    expect(known).toEqual(
      expect.arrayContaining(
        await town.db('history').whereNotNull('application_id').pluck('actor_id'),
      ),
    )
    expect(json.names.criteria).toHaveLength(6)
    expect(pdf).toContain(`Der blev givet tilsagn ${decider.name}`)
    expect(json.rows.ledger_entries?.length).toBeGreaterThan(3)
    expect(
      await town.db('history').where({ machine: 'export' }).select('event', 'actor_id'),
    ).toEqual([{ event: 'exportCase', actor_id: (await town.person(cast.secretariat.email)).id }])

    const colleague = await town.official('sagsbehandler2')
    expect((await colleague.browser.get(location)).status).toBe(404)
    expect((await cast.applicant.browser.get(location)).status).toBe(403)
    town.clock.advanceMinutes(11)
    expect((await browser.get(location)).status).toBe(404)
  })
})
