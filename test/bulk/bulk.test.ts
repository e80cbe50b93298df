import { describe, expect, it } from 'vitest'
import { settleItem } from '../../src/bulk/record-run.ts'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { date } from '../../src/journey/application.ts'
import type { Fields } from '../../src/journey/forms.ts'
import type { Person } from '../../src/journey/person.ts'
import { sendMessage } from '../../src/applications/send-message.ts'
import { getActor } from '../../src/people/queries.ts'
import { addDays, copenhagenDate } from '../../src/shared/danish.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { manyCases } from '../support/many-cases.ts'
import type { Town } from '../support/town.ts'
import { aTown } from '../support/town.ts'

const address = (handling: string, references: string[]) =>
  `/sager/samlet?${new URLSearchParams([['handling', handling], ...references.map((r): [string, string] => ['sag', r])]).toString()}`

/** Ticks the cases, fills in the form, and stands on the page that says what will happen. */
async function plan(who: Person, handling: string, references: string[], fields: Fields = {}) {
  const page = await who.browser.complete(address(handling, references), fields)
  return { path: page.location, text: textOf(page.body) }
}

const itemsOf = async (town: Town, path: string) => {
  const rows = await town
    .db('bulk_items')
    .where({ run_id: Number(path.split('/').at(-1)) })
    .orderBy('id')
    .select<{ outcome: string; becomes: string | null; mails: string; hint: string | null }[]>(
      'outcome',
      'becomes',
      'mails',
      'hint',
    )
  return rows.map((row) => ({ ...row, mails: JSON.parse(row.mails) as unknown }))
}

describe.each(engines)('one step on many cases on %s', (engine) => {
  it('says who gets which mail before anything happens, then does just that, once', async () => {
    const town = await aTown(engine)
    const cases = [await town.sent(), await town.sent(), await town.sent()]
    const references = cases.map((c) => c.reference)
    const who = await town.official('sagsbehandler')
    const before = (await town.mails()).length
    const { path, text } = await plan(who, 'sendMessage', references, {
      body: 'Vi holder lukket i påsken.',
    })
    expect(text).toContain('Intet er sket endnu.')
    expect(text).toContain('Der bliver sendt 3 mails: 3 til ansøgere.')
    expect(text).toContain('Vi holder lukket i påsken.')
    expect(await town.mails()).toHaveLength(before)
    expect(await town.db('messages').select('id')).toEqual([])
    const planned = await itemsOf(town, path)

    const form = await who.browser.formOf(path, path)
    const answers = await Promise.all([
      who.browser.post(path, form.fields),
      who.browser.post(path, form.fields),
      who.browser.post(path, { ...form.fields, requestKey: crypto.randomUUID() }),
    ])
    expect(answers.map((a) => a.status)).toEqual([303, 303, 303])
    const done = await itemsOf(town, path)
    expect(done.map((i) => i.outcome)).toEqual(['done', 'done', 'done'])
    expect(done.map((i) => i.mails)).toEqual(planned.map((i) => i.mails))
    const sent = (await town.mails()).slice(before)
    expect(sent.map((m) => [m.template, m.to_address])).toEqual(
      cases.map((c) => ['message-to-applicant', c.cast.applicant.email]),
    )
    expect(await town.db('messages').pluck('body')).toEqual(
      references.map(() => 'Vi holder lukket i påsken.'),
    )
    const result = textOf((await who.browser.open(path)).body)
    expect(result).toContain('3 sager er klaret')
    expect(result).toContain('Der er sendt 3 mails: 3 til ansøgere.')
    const other = await town.official('sagsbehandler2')
    expect((await other.browser.get(path)).status).toBe(404)
    expect((await runDoctor(town.db)).filter((f) => !f.ok)).toEqual([])
  })

  it('says for each case that cannot why not, in the words of its own page, and leaves it alone', async () => {
    const town = await aTown(engine)
    const [ready, bare] = [await town.sent(), await town.sent()]
    const who = await town.official('sagsbehandler')
    for (const [i, reviewer] of ready.cast.reviewers.entries()) {
      const { id } = await town
        .db('people')
        .where({ email: reviewer.email })
        .first<{ id: number }>()
      // The first is asked about both: in the second it is not enough.
      const these = i === 0 ? [ready.reference, bare.reference] : [ready.reference]
      const { path, text } = await plan(who, 'inviteReviewer', these, { reviewer: String(id) })
      expect(text).toContain(i === 0 ? '2 mails: 2 til bedømmere' : '1 mail: 1 til en bedømmer')
      await who.browser.complete(path, {}, path)
      const row = await town.db('reviews').where({ reviewer_id: id }).first<{ id: number }>('id')
      await reviewer.browser.complete(`/bedoemmelser/${row.id}`)
    }
    const { path, text } = await plan(who, 'startReview', [ready.reference, bare.reference])
    const own = textOf((await who.browser.open(`/ansoegninger/${bare.reference}`)).body)
    const hint = /1 sag bliver ikke rørt Sag Hvorfor ikke .* · Nabohjælp ([^.]+\.)/.exec(text)?.[1]
    expect(own).toContain(hint)
    expect(text).toContain('1 sag bliver ikke rørt')
    expect(text).toContain('Bliver til “Under bedømmelse”')
    expect(text).toContain('3 mails: 1 til ansøgere, 2 til bedømmere')
    await who.browser.complete(path, {}, path)
    expect(await itemsOf(town, path)).toMatchObject([
      { outcome: 'done', becomes: 'underReview', hint: null },
      { outcome: 'refused', becomes: null, mails: [], hint: expect.stringContaining('hint') },
    ])
    const statuses = await town.db('applications').orderBy('id').pluck('status')
    expect(statuses).toEqual(['underReview', 'submitted'])
    const again = await plan(who, 'startReview', [ready.reference])
    expect(again.text).toContain('Intet er ændret, og ingen har fået mail.')
    expect((await runDoctor(town.db)).filter((f) => !f.ok)).toEqual([])
  })

  it('does nothing twice, and nothing to a case that changed after the plan', async () => {
    const town = await aTown(engine)
    const [one, two] = [await town.sent(), await town.sent()]
    const who = await town.official('sagsbehandler')
    const other = await town.official('sagsbehandler2')
    const both = [one.reference, two.reference]
    const given = { handler: String(other.id), note: 'Tag dem begge.' }
    const first = await plan(who, 'assignHandler', both, given)
    expect(first.text).toContain('2 mails: 2 til kolleger')
    await who.browser.complete(first.path, {}, first.path)
    const again = await plan(who, 'assignHandler', both, given)
    expect(again.text).toContain('Personen har sagen allerede.')
    expect(again.text).not.toContain('Gør det')

    const soon = new Date(`${addDays(copenhagenDate(town.now()), 30)}T12:00:00Z`)
    await who.browser.complete(`/ansoegninger/${one.reference}/trin/requestInformation`, {
      question: 'Hvem låser op?',
      ...date('answerBy', soon),
    })
    const longer = {
      kind: 'informationDue',
      reason: 'Påske',
      ...date('newDate', new Date(soon.getTime() + 9e8)),
    }
    const more = await plan(who, 'extendDeadline', both, longer)
    expect(more.text).toContain('Der løber ingen frist af den slags.')
    await who.browser.complete(more.path, {}, more.path)
    expect((await plan(who, 'extendDeadline', [one.reference], longer)).text).toContain(
      'Den nye frist skal være senere end den gamle',
    )

    await town.db('applications').update({ status: 'reviewed' })
    const later = { reason: 'Ferie', ...date('newDate', new Date(soon.getTime() + 9e9)) }
    const postponed = await plan(who, 'postpone', both, later)
    await town.db('applications').where({ reference: two.reference }).increment('version', 1)
    await who.browser.complete(postponed.path, {}, postponed.path)
    expect(await itemsOf(town, postponed.path)).toMatchObject([
      { outcome: 'done' },
      { outcome: 'refused', hint: 'bulk.changed', mails: [] },
    ])
    const told = (await town.mails()).filter((m) => m.template === 'decision-postponed')
    expect(told.map((m) => m.to_address)).toEqual([one.cast.applicant.email])
  })

  it('shows nothing of a case that its person is barred from since, and leaves it alone', async () => {
    const town = await aTown(engine)
    const [open, barred] = [await town.sent(), await town.sent({ title: 'Lukket land' })]
    const who = await town.official('sagsbehandler')
    const { path, text } = await plan(who, 'sendMessage', [open.reference, barred.reference], {
      body: 'Hej',
    })
    expect(text).toContain('Lukket land')
    await town.db('reviews').insert({
      application_id: town.db('applications').where({ reference: barred.reference }).select('id'),
      reviewer_id: who.id,
      status: 'excluded',
      due_on: '2027-01-01',
      invited_at: town.now(),
    })
    expect(textOf((await who.browser.open(path)).body)).not.toContain('Lukket land')
    await who.browser.complete(path, {}, path)
    expect((await itemsOf(town, path)).map((i) => i.outcome)).toEqual(['done', 'planned'])
    expect(await town.db('messages')).toHaveLength(1)
  })

  it('leaves the case, its mail and the word that it is done as they were when something breaks', async () => {
    const town = await aTown(engine)
    const { reference } = await town.sent()
    const who = await town.official('sagsbehandler')
    const { path } = await plan(who, 'sendMessage', [reference], { body: 'Hej' })
    const item = await town.db('bulk_items').first<{ id: number; application_id: number }>()
    const before = (await town.mails()).length
    const actor = await getActor(town.db, who.id)
    const breaks = settleItem(
      town.db,
      item,
      async (trx) => {
        const common = { actor, reference, now: town.now(), mail: town.config }
        await sendMessage(trx, { ...common, body: 'Hej' })
        throw new Error('the power went')
      },
      town.now(),
    )
    await expect(breaks).rejects.toThrow('the power went')
    expect(await town.mails()).toHaveLength(before)
    expect(await itemsOf(town, path)).toMatchObject([{ outcome: 'planned' }])
    await who.browser.complete(path, {}, path)
    expect(await town.db('messages').pluck('body')).toEqual(['Hej'])
  })

  it('takes a page or all that was searched for by one tick, two hundred at most, none of others', async () => {
    const town = await aTown(engine)
    await manyCases(town.db, 60)
    const who = await town.official('sagsbehandler')
    const html = (await who.browser.open('/sager?q=gade')).body
    expect(textOf(html)).toContain('Alle 60 sager i søgningen')
    const searched = '/sager/samlet?handling=sendMessage&soegning=q%3Dgade&sag=alle'
    expect(textOf((await who.browser.open(searched)).body)).toContain('60 sager er valgt')
    const page = /id="tick-page" name="sag" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const whole = await who.browser.open(`/sager/samlet?handling=sendMessage&sag=${page}`)
    expect(textOf(whole.body)).toContain('50 sager er valgt')
    expect(textOf(whole.body)).toContain('KK-2025-000059')
    expect((await who.browser.get('/sager/samlet?handling=sendMessage')).status).toBe(422)
    expect((await who.browser.get('/sager/samlet?handling=grant&sag=x')).status).toBe(404)
    const crowd = Array.from({ length: 201 }, (_, i) => `KK-2025-${i}`).join(',')
    const many = await who.browser.get(`/sager/samlet?handling=sendMessage&sag=${crowd}`)
    expect(textOf(many.body)).toContain('højst 200 sager')
    const shared = await town.sent({ pool: 'TVAER', kroner: '200.000', budgetKroner: '300.000' })
    await town
      .db('roles')
      .where({ person_id: who.id, role: 'secretariat' })
      .update({
        pool_id: (await town.db('pools').where({ code: 'LOKAL' }).first<{ id: number }>('id')).id,
      })
    const foreign = await who.browser.get(address('sendMessage', [shared.reference]))
    expect(foreign.status).toBe(422)
    expect(textOf(foreign.body)).not.toContain(shared.reference)
    const adviser = await town.official('raadgiver')
    expect((await adviser.browser.open('/sager')).body).not.toContain('tick-page')
  })
})
