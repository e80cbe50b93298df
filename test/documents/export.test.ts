import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { grant, pay, review } from '../../src/journey/stages.ts'
import { engines } from '../support/database.ts'
import { pdfText } from '../support/pdf-text.ts'
import { aTown } from '../support/town.ts'

describe.each(engines)('the export of a whole case on %s', (engine) => {
  it('holds every document, every row and what happened, and is written in the history', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const page = `/ansoegninger/${reference}`
    const { browser } = cast.secretariat
    await browser.complete(`${page}/notater`, { kind: 'call', party: 'Åse', body: 'Åse er glad.' })
    await review(reference, cast)
    await grant(reference, cast, { amount: '80.000', conditions: '' })
    await pay(reference, cast)
    const { location } = await browser.submit(page, {}, `${page}/eksport`)
    expect(location).toMatch(new RegExp(`^${page}/eksport/\\d+$`))
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(town.url + location, { headers: { cookie } })
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename=${reference}.zip`)
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
    expect(Object.keys(files)).toEqual(['sag.pdf', 'sag.json'])
    const pdf = pdfText(Buffer.from(files['sag.pdf'] ?? []))
    for (const word of ['Åse er glad.', 'Klar og modig ansøgning.', 'Sagens dokumenter']) {
      expect(pdf).toContain(word)
    }
    const json = JSON.parse(Buffer.from(files['sag.json'] ?? []).toString()) as {
      application: { reference: string; answers: object }
      documents: { number: string; kind: string }[]
      rows: Record<string, object[]>
    }
    expect(json.application.reference).toBe(reference)
    expect(json.documents[0]).toMatchObject({ number: `${reference}/1`, kind: 'application' })
    for (const { number } of json.documents) expect(pdf).toContain(number)
    expect(json.rows.case_notes).toMatchObject([{ body: 'Åse er glad.' }])
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
