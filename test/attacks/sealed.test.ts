import { describe, expect, it } from 'vitest'
import { review } from '../../src/journey/stages.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aTown } from '../support/town.ts'
import { download, pdfText } from '../support/pdf-text.ts'

describe.each(engines)('an assessment before the decision, on %s', (engine) => {
  it('is in no answer to who asks for the files: neither its words, nor who wrote it, nor why not', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const [first, second] = cast.reviewers
    await town.db('people').where({ email: first.email }).update({ name: 'Berta Bedømmer' })
    await review(reference, cast)
    await town.db('people').where({ email: second.email }).update({ name: 'Bodil Bedømmer' })
    const page = `/ansoegninger/${reference}`
    await cast.applicant.browser.complete(`${page}/aktindsigt`, { body: 'Alt' })
    const request = `${page}/aktindsigt/1`
    const mails = await town
      .db('outbox')
      .where('template', 'review-submitted')
      .orderBy('id')
      .first<{ id: number }>('id')
    const opened = await cast.secretariat.browser.submit(request, {
      rest: 'yes',
      [`decision-mail-${mails.id}`]: 'full',
    })
    expect(opened.status).toBe(422)
    await cast.secretariat.browser.complete(request, { rest: 'yes' })
    const shown = textOf((await cast.applicant.browser.open(request)).body)
    const pdf = await download(cast.applicant.browser, town.url, `${request}/svar.pdf`)
    const paper = pdfText(pdf.bytes)
    for (const text of [shown, paper]) {
      expect(text).toContain('Bedømmelse')
      for (const hidden of ['Berta', 'Bodil', 'Klart tænkt', '4 / 5']) {
        expect(text).not.toContain(hidden)
      }
    }
    expect(await town.db('file_request_documents').where({ kind: 'review' })).toMatchObject([
      { title: 'Bedømmelse', decision: 'refused', body: '' },
      { title: 'Bedømmelse', decision: 'refused', body: '' },
    ])
  }, 60_000)

  it('is closed to an official who has one to give: no export and no file request shows it', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    await review(reference, cast)
    const page = `/ansoegninger/${reference}`
    await cast.applicant.browser.complete(`${page}/aktindsigt`, { body: 'Alt' })
    await town.db('reviews').where({ id: 1 }).update({ status: 'accepted' })
    const { reviewer_id } = await town.db('reviews').where({ id: 1 }).first<{
      reviewer_id: number
    }>()
    await town.db('roles').insert({
      person_id: reviewer_id,
      role: 'secretariat',
      granted_at: town.now(),
      granted_by: reviewer_id,
    })
    const browser = await town.signedIn(reviewer_id)
    const { _csrf } = (await browser.formOf('/profil')).fields
    const answers = [
      await browser.get(`${page}/aktindsigt/1`),
      await browser.post(`${page}/aktindsigt/1`, { _csrf: String(_csrf), rest: 'yes' }),
      await browser.post(`${page}/eksport`, { _csrf: String(_csrf) }),
    ]
    for (const { status, body } of answers) {
      expect(status).toBe(409)
      expect(textOf(body)).toContain('Du skal selv give din bedømmelse')
    }
    expect(await town.db('history').where({ machine: 'export' })).toEqual([])
    expect(await town.db('file_request_documents')).toEqual([])
  }, 60_000)
})
