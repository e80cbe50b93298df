import { describe, expect, it } from 'vitest'
import { grant, pay, report, review, step } from '../../src/journey/stages.ts'
import { ownCopy } from '../../src/documents/letter-page.ts'
import { findCase } from '../../src/applications/queries.ts'
import { pdfOf } from '../../src/web/pdf-file.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { download, pdfText } from '../support/pdf-text.ts'
import { aTown } from '../support/town.ts'

describe.each(engines)('the own copy of a case on %s', (engine) => {
  it('has everything they may see, on the page and as PDF alike, and nothing internal', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent({ summary: 'Vi laver smørrebrød på Ærø. – "Æh"' })
    const page = `/ansoegninger/${reference}`
    await cast.secretariat.browser.complete(`${page}/notater`, {
      kind: 'call',
      party: 'Naboen',
      body: 'Naboen er hemmeligt imod.',
    })
    await cast.applicant.browser.complete(
      page,
      { body: 'Må vi begynde?\n\n<b>i morgen</b>' },
      `${page}/beskeder`,
    )
    await review(reference, cast)
    await grant(reference, cast, { amount: '80.000', conditions: 'Send os lejeaftalen.' })
    await pay(reference, cast)
    await report(reference, 1, cast, '56.000')
    await step(cast.secretariat, reference, 'concludeUnproven', {
      learning: 'Det var for dyrt.',
      spent: '56.000',
    })
    const { browser } = cast.applicant
    const shown = textOf((await browser.open(`${page}/udskrift`)).body)
    const { answer, bytes } = await download(browser, town.url, `${page}/udskrift.pdf`)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename=${reference}.pdf`)
    const file = bytes.toString('latin1')
    expect(file.startsWith('%PDF-1.7')).toBe(true)
    expect(file).toMatch(/\/Marked true/)
    expect(file).toMatch(/\/Lang \(da\)/)
    for (const tag of ['Document', 'Sect', 'H1', 'H2', 'H3', 'P']) {
      expect(file).toContain(`/S /${tag}\n`)
    }
    const inFile = pdfText(bytes)
    const it = await findCase(town.db, reference)
    if (!it) throw new Error('no case')
    const letter = await ownCopy(town.db, it, { lang: 'da', from: town.config.authorityName })
    const words = letter.sections.flatMap(({ heading, blocks }) => [
      heading,
      ...blocks.flatMap((b) => [b.heading, b.text, ...b.rows.flatMap((r) => [r.key, r.value])]),
    ])
    expect(words.length).toBeGreaterThan(60)
    const flat = (text: string) => text.replace(/\s+/g, ' ').trim()
    for (const word of words) {
      expect(inFile).toContain(flat(word))
      expect(shown).toContain(flat(word))
    }
    for (const told of ['smørrebrød på Ærø. – "Æh"', '<b>i morgen</b>', 'Send os lejeaftalen.']) {
      expect(inFile).toContain(told)
    }
    expect(inFile).toMatch(/Side 1 af \d/)
    expect(inFile + shown).not.toMatch(/hemmeligt imod|modig ansøgning/)
    expect((await pdfOf(letter)).equals(bytes)).toBe(true)

    const { id } = await town.db('decisions').first<{ id: number }>('id')
    const decision = await download(browser, town.url, `${page}/afgoerelser/${id}.pdf`)
    expect(pdfText(decision.bytes)).toContain('Send os lejeaftalen.')
    expect((await browser.get(`${page}/afgoerelser/${id + 1}.pdf`)).status).toBe(404)
  })
})

it('takes text of every kind, fetches nothing and reads no file', async () => {
  const hostile = 'file:///etc/passwd ![x](http://127.0.0.1:1/x) \u202e😀 عربي {{7*7}}\t\u0007'
  const pdf = await pdfOf({
    lang: 'en',
    from: 'x',
    title: hostile,
    about: hostile.repeat(9),
    facts: [],
    sections: [
      {
        heading: hostile,
        meta: '',
        blocks: [{ heading: '', text: `${'ord '.repeat(9000)}\n\n${'x'.repeat(900)}`, rows: [] }],
      },
    ],
    asOf: '2026-03-02T09:00:00.000Z',
  })
  expect(pdfText(pdf)).toContain('{{7*7}}')
  expect(pdf.toString('latin1')).not.toMatch(/\/URI|\/EmbeddedFile|root:/)
})
