import { simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import type { OutboxRow } from '../../src/db/case-tables.ts'
import type { Db } from '../../src/db/connection.ts'
import { enqueueCaseMail } from '../../src/outbox/enqueue-case-mail.ts'
import type { CaseMail } from '../../src/outbox/enqueue-case-mail.ts'
import { enqueueDirect } from '../../src/outbox/enqueue.ts'
import { renderMail } from '../../src/outbox/render.ts'
import { InvalidInput } from '../../src/shared/errors.ts'
import { engines, freshDatabase } from '../support/database.ts'
import { aCase, aMember, aPerson, aRole, at, settings } from './a-case.ts'

const direct = (db: Db, address: string, name = 'Åse', more: object = {}) =>
  enqueueDirect(db, {
    template: 'sign-in',
    to: { address, name, language: 'da', personId: null },
    data: { code: '1234 5678', link: 'https://puljer.example.org/log-ind', minutes: 10 },
    event: 'signIn',
    now: at,
    mail: settings,
    ...more,
  })

const tell = (db: Db, applicationId: number, more: Partial<CaseMail>) =>
  enqueueCaseMail(db, {
    applicationId,
    historyId: null,
    event: 'application.submit',
    template: 'application-received',
    to: 'applicants',
    asked: {},
    actorId: null,
    now: at,
    mail: settings,
    ...more,
  })

const outbox = (db: Db) => db<OutboxRow>('outbox').orderBy('id')
const addresses = async (db: Db) => (await outbox(db)).map((m) => m.to_address)

describe.each(engines)('putting mails in the outbox on %s', (engine) => {
  it('stores the whole mail with its headers, as it will be sent', async () => {
    const db = await freshDatabase(engine)
    await direct(db, 'a@example.org', 'Åse', { reference: 'KK-2026-0007' })
    const [row] = await outbox(db)
    if (!row) throw new Error('nothing stored')
    expect(row).toMatchObject({ status: 'pending', attempts: 0, next_at: at, created_at: at })
    const mail = await simpleParser(row.raw)
    const header = (name: string) => mail.headers.get(name)
    expect(mail.messageId).toBe(row.message_id)
    expect(row.message_id).toMatch(/^<[0-9a-f-]{36}@puljer\.example\.org>$/)
    expect(mail.date?.toISOString()).toBe(at)
    expect(mail.from?.value).toEqual([{ name: settings.authorityName, address: settings.mailFrom }])
    expect(mail.replyTo?.value[0]?.address).toBe(settings.mailFrom)
    expect(mail.inReplyTo).toBe('<KK-2026-0007@puljer.example.org>')
    expect(mail.references).toBe('<KK-2026-0007@puljer.example.org>')
    expect(header('auto-submitted')).toBe('auto-generated')
    expect(header('x-auto-response-suppress')).toBe('All')
    expect([...mail.headers.keys()].filter((key) => key.startsWith('list'))).toEqual([])
    expect(mail.text).toBe(row.text)
    expect(row.raw).toMatch(/^[\t\r\n -~]*$/)
    expect(row.raw.split('\r\n').every((line) => line.length <= 998)).toBe(true)
  })

  it('lets nothing that people typed become a header, a recipient, a link or a template', async () => {
    const db = await freshDatabase(engine)
    const evil = 'Eva\r\nBcc: x@evil.example\r\n\r\n<b> {{code}} [[x|https://evil.example]]'
    await direct(db, 'a@example.org', evil)
    const [row] = await outbox(db)
    const mail = await simpleParser(row?.raw ?? '')
    expect(mail.bcc).toBeUndefined()
    expect(mail.headers.get('bcc')).toBeUndefined()
    expect(mail.to).toMatchObject({ value: [{ address: 'a@example.org' }] })
    expect(row?.html.match(/<a /g)).toHaveLength(1)
    expect(row?.html).not.toContain('<b>')
    expect(row?.text).toContain('{{code}}')
  })

  it('refuses what is not one plain address, and writes nothing', async () => {
    const db = await freshDatabase(engine)
    const bad = ['', 'a@', 'a b@example.org', '"x@evil.dk a"@kk.dk', 'a@kk.dk,b@evil.dk', 'Å@kk.dk']
    for (const address of [...bad, 'a@kk.dk\r\nBcc: x@y.dk', '<a@kk.dk>']) {
      await expect(direct(db, address)).rejects.toThrow(InvalidInput)
    }
    expect(await outbox(db)).toEqual([])
  })

  it('tells every approved member, the contact first, each in their own language', async () => {
    const db = await freshDatabase(engine)
    const first = await aPerson(db, 'foerst@example.org', { language: 'en' })
    const { applicationId, organisationId } = await aCase(db)
    await aMember(db, organisationId, first)
    const asks = await aPerson(db, 'vil-med@example.org')
    await aMember(db, organisationId, asks, { approved_at: null })
    const left = await aPerson(db, 'gaaet@example.org')
    await aMember(db, organisationId, left, { removed_at: at })
    const shut = await aPerson(db, 'lukket@example.org', { disabled_at: at })
    await aMember(db, organisationId, shut)
    await tell(db, applicationId, {})
    expect((await outbox(db)).map((m) => [m.to_address, m.language, m.subject])).toEqual([
      ['kontakt@example.org', 'da', '[KK-2026-0007] Vi har modtaget jeres ansøgning'],
      ['foerst@example.org', 'en', '[KK-2026-0007] We have received your application'],
    ])
    expect((await outbox(db))[0]?.text).toContain('33 66 00 00')
  })

  it('tells the case handler, else the secretariat, else the pool itself', async () => {
    const db = await freshDatabase(engine)
    const { applicationId, poolId } = await aCase(db)
    const arrived = { template: 'application-arrived', to: 'secretariat' } as const
    await tell(db, applicationId, arrived)
    expect(await addresses(db)).toEqual(['puljen@example.org'])
    const one = await aPerson(db, 'en@example.org')
    const two = await aPerson(db, 'to@example.org')
    await aRole(db, one, 'secretariat', poolId)
    await aRole(db, two, 'secretariat', null)
    await tell(db, applicationId, arrived)
    expect((await addresses(db)).slice(1)).toEqual(['en@example.org', 'to@example.org'])
    await db('applications').update({ case_handler_id: two })
    await tell(db, applicationId, arrived)
    expect((await addresses(db)).slice(3)).toEqual(['to@example.org'])
  })

  it('tells nothing of a case to somebody who is excluded from it', async () => {
    const db = await freshDatabase(engine)
    const { applicationId, poolId } = await aCase(db)
    const one = await aPerson(db, 'inhabil@example.org')
    const two = await aPerson(db, 'habil@example.org')
    for (const person of [one, two]) await aRole(db, person, 'decisionMaker', poolId)
    await db('reviews').insert({
      application_id: applicationId,
      reviewer_id: one,
      status: 'excluded',
      due_on: '2026-04-01',
      invited_at: at,
    })
    await tell(db, applicationId, { template: 'case-ready', to: 'decisionMakers' })
    expect(await addresses(db)).toEqual(['habil@example.org'])
  })

  it('gives each reviewer the date and the link of their own review', async () => {
    const db = await freshDatabase(engine)
    const { applicationId } = await aCase(db)
    for (const [n, status] of ['accepted', 'drafted', 'declined'].entries()) {
      await db('reviews').insert({
        application_id: applicationId,
        reviewer_id: await aPerson(db, `r${n}@example.org`),
        status,
        due_on: `2026-04-0${n + 1}`,
        invited_at: at,
      })
    }
    await tell(db, applicationId, { template: 'review-open', to: 'reviewers' })
    const rows = await outbox(db)
    expect(rows.map((m) => m.to_address)).toEqual(['r0@example.org', 'r1@example.org'])
    expect(rows[1]?.text).toContain('2. april 2026')
    expect(rows[1]?.text).toMatch(/\/bedoemmelser\/\d+\n/)
  })

  it('has one mail for each step, address and template', async () => {
    const db = await freshDatabase(engine)
    const { applicationId } = await aCase(db)
    const [line] = await db('history')
      .insert({
        chain: 'application:1',
        seq: 1,
        application_id: applicationId,
        machine: 'application',
        row_id: applicationId,
        event: 'submit',
        actor_role: 'applicant',
        details: '{}',
        at,
        prev_hash: '',
        hash: 'x',
      })
      .returning<{ id: number }[]>('id')
    await tell(db, applicationId, { historyId: line?.id ?? null })
    await expect(tell(db, applicationId, { historyId: line?.id ?? null })).rejects.toThrow()
    expect(await outbox(db)).toHaveLength(1)
  })
})

describe('rendering a mail', () => {
  it('keeps typed line breaks, dashes and quotation marks as they were typed', () => {
    const question = '- ikke en liste\n\n> ikke et citat <i>\n[[a|b]]'
    const data = { reference: 'KK-1', name: '', pool: 'P', authorityName: 'A', contactName: 'M' }
    const more = { contactPhone: '1', answerBy: 'i dag', link: 'https://x.example', question }
    const mail = renderMail('information-requested', 'da', { ...data, ...more }, 'A')
    expect(mail.text).toContain('  - ikke en liste\n\n  > ikke et citat <i>\n  [[a|b]]')
    expect(mail.html).toContain(
      '- ikke en liste<br>\n<br>\n&gt; ikke et citat &lt;i&gt;<br>\n[[a|b]]',
    )
    expect(mail.html).not.toContain('<ul')
  })

  it('refuses a field that is not there', () => {
    expect(() => renderMail('sign-in', 'da', {}, 'A')).toThrow(/not defined/)
  })
})
