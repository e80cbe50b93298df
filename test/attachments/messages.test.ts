import { describe, expect, it } from 'vitest'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { step } from '../../src/journey/stages.ts'
import { forgetTraces } from '../../src/people/forget-traces.ts'
import { sha256 } from '../../src/shared/secrets.ts'
import { fileLimits } from '../../src/shared/upload.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aFile } from '../support/factories.ts'
import { sample, sendWithFiles } from '../support/files.ts'
import { aTown } from '../support/town.ts'

describe.each(engines)('a message with files on %s', (engine) => {
  it('comes with them to the other side, who hears of them by name; the doctor finds them whole', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const page = `/ansoegninger/${reference}`
    const chosen = [
      { name: 'C:\\Mine filer\\Budget på æbler.pdf', bytes: sample.pdf },
      { name: 'tal.csv', bytes: sample.csv },
    ]
    const sent = await sendWithFiles(
      cast.applicant.browser,
      page,
      { body: 'Her er budgettet.' },
      chosen,
      `${page}/beskeder`,
    )
    expect([sent.status, sent.location]).toEqual([303, `${page}?besked=messageSent`])
    const message = await town.db('messages').first<{ id: number }>('id')
    expect(await town.db('attachments').orderBy('id')).toMatchObject([
      {
        owner_kind: 'message',
        owner_id: message.id,
        name: 'Budget på æbler.pdf',
        kind: 'pdf',
        size_bytes: sample.pdf.length,
        sha256: sha256(sample.pdf),
        side: 'applicant',
      },
      { owner_id: message.id, name: 'tal.csv', kind: 'csv' },
    ])
    const seen = await cast.secretariat.browser.open(page)
    expect(textOf(seen.body)).toContain('Budget på æbler.pdf (PDF, 1 kB) tal.csv (CSV, 1 kB)')
    const link = /href="([^"]+\/filer\/\d+)"/.exec(seen.body)?.[1] ?? ''
    const got = await cast.secretariat.browser.get(link)
    expect([got.status, got.body]).toEqual([200, sample.pdf.toString()])
    const [mail] = (await town.mails()).filter((m) => m.template === 'message-from-applicant')
    expect(mail?.text).toContain('Der fulgte filer med:\n\n- Budget på æbler.pdf\n- tal.csv')

    // And the other way.
    await sendWithFiles(
      cast.secretariat.browser,
      page,
      { body: 'Tak.' },
      chosen,
      `${page}/beskeder`,
    )
    expect(await town.db('attachments').where({ side: 'municipality' })).toHaveLength(2)
    expect((await cast.applicant.browser.open(page)).body.match(/\/filer\/\d+"/g)).toHaveLength(4)

    const faults = async () => (await runDoctor(town.db)).filter((f) => !f.ok).map((f) => f.detail)
    expect(await faults()).toEqual([])
    const [first] = await town.db('attachments').orderBy('id').pluck<number[]>('id')
    await town
      .db('attachment_parts')
      .where({ attachment_id: first })
      .update({ bytes: Buffer.from(sample.pdf).fill('A', 12, 13) })
    await town
      .db('attachments')
      .where('id', '>', first ?? 0)
      .update({ owner_id: 999 })
    expect((await faults()).join()).toMatch(/attachment 1: was changed.*there is no message 999/)
  })

  it('that is refused keeps its words and its good files, which come along the next time or are gone in a day', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const { browser } = cast.applicant
    const page = `/ansoegninger/${reference}/beskeder`
    const refused = await sendWithFiles(browser, page, { body: 'Se her.' }, [
      { name: 'godt.pdf', bytes: sample.jpg },
      { name: 'budget.xlsx', bytes: sample.xlsx },
      { name: 'makro.docx', bytes: sample.docm },
    ])
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('Se her.</textarea>')
    const words = textOf(refused.body)
    expect(words).toContain('“godt.pdf” er noget andet, end navnet siger')
    expect(words).toContain('“makro.docx” indeholder makroer')
    expect(words).toContain('budget.xlsx (XLSX, 1 kB)')
    expect(refused.body).toContain('href="#files"')
    expect(refused.body).toMatch(
      /id="files-error"[^]*<input[^>]*id="files"[^>]*aria-invalid="true"/,
    )
    expect(await town.db('messages')).toEqual([])
    const waiting = await town.db('attachments').first<{ id: number }>()
    expect(await town.db('attachments')).toMatchObject([{ owner_id: null, name: 'budget.xlsx' }])

    // Another person's waiting file is nobody's to send.
    const thief = await sendWithFiles(
      cast.secretariat.browser,
      page,
      { body: 'Min.', 'files-waiting': String(waiting.id) },
      [],
    )
    expect(thief.status).toBe(422)
    expect(textOf(thief.body)).toContain('En af filerne ligger her ikke længere')

    // An empty message keeps it too; then it is sent, with one more.
    const again = { 'files-waiting': String(waiting.id) }
    const empty = await sendWithFiles(browser, page, { ...again, body: ' ' }, [])
    expect(empty.status).toBe(422)
    expect(empty.body).toContain(`name="files-waiting" value="${waiting.id}" checked`)
    const more = [{ name: 'foto', bytes: sample.png }]
    expect((await sendWithFiles(browser, page, { ...again, body: 'Nu.' }, more)).status).toBe(303)
    expect(await town.db('attachments').whereNotNull('owner_id').orderBy('id')).toMatchObject([
      { name: 'budget.xlsx' },
      { name: 'foto.png' },
    ])
    expect((await sendWithFiles(browser, page, { ...again, body: 'To gange.' }, [])).status).toBe(
      422,
    )

    await sendWithFiles(browser, page, { body: '' }, more)
    expect(await town.db('attachments').whereNull('owner_id')).toHaveLength(1)
    const in25Hours = new Date(Date.parse(town.now()) + 25 * 3_600_000).toISOString()
    await forgetTraces(town.db, in25Hours)
    expect(await town.db('attachments').whereNull('owner_id')).toEqual([])
    expect(await town.db('attachment_parts').distinct('attachment_id')).toHaveLength(2)
  })
})

it('has a limit for each file, for one message, for what waits and for the case, and says which', async () => {
  const town = await aTown('SQLite')
  const { reference, cast } = await town.sent()
  const { browser } = cast.applicant
  const page = `/ansoegninger/${reference}/beskeder`
  const ofSize = (n: number) => Buffer.concat([sample.pdf, Buffer.alloc(n - sample.pdf.length, 32)])
  const exact = { name: 'præcis.pdf', bytes: ofSize(fileLimits.fileBytes) }
  const over = { name: 'for stor.pdf', bytes: ofSize(fileLimits.fileBytes + 1) }
  const large = await sendWithFiles(browser, page, { body: 'Kort tekst.' }, [over, exact])
  expect(large.status).toBe(422)
  expect(textOf(large.body)).toContain('“for stor.pdf” fylder mere end 10 MB')
  expect(large.body).toContain('Kort tekst.</textarea>')
  expect(await town.db('attachments')).toMatchObject([
    { name: 'præcis.pdf', size_bytes: 10_485_760 },
  ])

  const six = Array.from({ length: 6 }, (_, i) => ({ name: `${i}.txt`, bytes: sample.txt }))
  const many = await sendWithFiles(browser, page, { body: 'Seks.' }, six)
  expect([many.status, textOf(many.body).includes('højst sendes 5 filer')]).toEqual([422, true])
  for (let i = 0; i < 4; i += 1) await sendWithFiles(browser, page, { body: '' }, six.slice(0, 5))
  expect(await town.db('attachments').whereNull('owner_id')).toHaveLength(15)

  const { id } = await town.db('applications').where({ reference }).first<{ id: number }>('id')
  const file = await aFile(town.db, { applicationId: id, personId: 1 })
  await town.db('attachments').where({ id: file }).update({ size_bytes: fileLimits.caseBytes })
  const full = await sendWithFiles(browser, page, { body: 'Fuld.' }, six.slice(0, 1))
  expect([full.status, textOf(full.body).includes('ikke plads til flere filer')]).toEqual([
    422,
    true,
  ])
  expect(await town.db('messages').where({ body: 'Fuld.' })).toEqual([])
}, 60_000)

it('that is sent after the session ran out keeps its words, and says that files are chosen again', async () => {
  const town = await aTown('SQLite')
  const { reference, cast } = await town.sent()
  const { browser } = cast.applicant
  const page = `/ansoegninger/${reference}/beskeder`
  const form = await browser.formOf(page)
  town.clock.advanceMinutes(180)
  const late = await sendWithFiles(
    { ...browser, formOf: () => Promise.resolve(form) },
    page,
    { body: 'Skrevet længe.' },
    [{ name: 'a.pdf', bytes: sample.pdf }],
  )
  expect(late.location).toContain('/log-ind?videre=')
  expect(await town.db('attachments')).toEqual([])
  const kept = decodeURIComponent(late.location.replace('/log-ind?videre=', ''))
  const { id } = await town.person(cast.applicant.email)
  browser.cookies.set('session', (await town.signedIn(id)).cookies.get('session') ?? '')
  const shown = await browser.get(kept)
  expect(textOf(shown.body)).toContain('Skrevet længe.')
  expect(textOf(shown.body)).toContain(
    'Filer kan vi ikke gemme, mens du er logget ud. Vælg dem igen',
  )
  const sent = await sendWithFiles(browser, kept, {}, [{ name: 'a.pdf', bytes: sample.pdf }])
  expect(sent.location).toContain('besked=messageSent')
  expect(await town.db('attachments')).toMatchObject([{ name: 'a.pdf', owner_kind: 'message' }])
})

it('come with answers as well, and belong to the question they answer', async () => {
  const town = await aTown('SQLite')
  const { reference, cast } = await town.sent()
  const page = `/ansoegninger/${reference}`
  const answerBy = { 'answerBy-day': '1', 'answerBy-month': '12', 'answerBy-year': '2099' }
  const question = { question: 'Hvem låser op?', ...answerBy }
  await step(cast.secretariat, reference, 'requestInformation', question)
  const form = `${page}/trin/provideInformation`
  const lease = { name: 'lejekontrakt.pdf', bytes: sample.pdf }
  const refused = await sendWithFiles(cast.applicant.browser, form, { answer: '' }, [lease])
  expect(refused.status).toBe(422)
  const [waiting] = await town.db('attachments').pluck<number[]>('id')
  expect(refused.body).toContain(`name="files-waiting" value="${waiting}" checked`)
  const answer = { answer: 'Kassereren.', 'files-waiting': String(waiting) }
  const photo = { name: 'nøgle.jpg', bytes: sample.jpg }
  expect((await sendWithFiles(cast.applicant.browser, form, answer, [photo])).status).toBe(303)
  expect(await town.db('attachments').orderBy('id')).toMatchObject([
    { owner_kind: 'answer', owner_id: 1, name: 'lejekontrakt.pdf', side: 'applicant' },
    { owner_kind: 'answer', owner_id: 1, name: 'nøgle.jpg', side: 'applicant' },
  ])
  for (const { browser } of [cast.applicant, cast.secretariat]) {
    expect(textOf((await browser.open(page)).body)).toContain(
      'Kassereren. lejekontrakt.pdf (PDF, 1 kB) nøgle.jpg (JPG, 1 kB)',
    )
  }
  const told = (await town.mails()).filter((m) => m.event === 'application.provideInformation')
  expect(told.length).toBeGreaterThan(1)
  expect(told.filter((m) => !m.text.includes('- lejekontrakt.pdf\n- nøgle.jpg'))).toEqual([])
  const line = await town
    .db('history')
    .where({ event: 'provideInformation' })
    .first<{ details: string }>()
  expect(JSON.parse(line.details)).toMatchObject({ files: ['lejekontrakt.pdf', 'nøgle.jpg'] })
  // A step that answers nothing has no room for files.
  expect((await cast.applicant.browser.open(`${page}/trin/withdraw`)).body).not.toContain(
    'type="file"',
  )
})
