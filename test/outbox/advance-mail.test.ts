import { describe, expect, it } from 'vitest'
import type { OutboxRow } from '../../src/db/case-tables.ts'
import type { Db } from '../../src/db/connection.ts'
import { advanceMail } from '../../src/outbox/advance-mail.ts'
import { enqueueCaseMail } from '../../src/outbox/enqueue-case-mail.ts'
import { enqueueDirect } from '../../src/outbox/enqueue.ts'
import { countMails, getMailboxMail, listMailbox, listMails } from '../../src/outbox/queries.ts'
import { getActor } from '../../src/people/queries.ts'
import { Blocked, NotAllowed, NotFound, Stale } from '../../src/shared/errors.ts'
import { engines, freshDatabase } from '../support/database.ts'
import { aCase, aPerson, aRole, at, settings } from './a-case.ts'

const all = { status: null, page: 1 }

/** A case mail that is dead, a code that was sent, and the people around them. */
async function aMailedCase(db: Db) {
  const { applicationId, poolId, contactId } = await aCase(db)
  const official = async (role: string, pool: number | null) => {
    const id = await aPerson(db, `${role}-${pool ?? 'all'}@example.org`)
    await aRole(db, id, role, pool)
    return getActor(db, id)
  }
  await enqueueCaseMail(db, {
    applicationId,
    historyId: null,
    event: 'application.submit',
    template: 'application-received',
    to: 'applicants',
    asked: {},
    actorId: null,
    now: at,
    mail: settings,
  })
  await enqueueDirect(db, {
    template: 'sign-in',
    to: { address: 'ny@example.org', name: '', language: 'da', personId: null },
    data: { code: '1', link: 'https://puljer.example.org/log-ind', minutes: '10' },
    event: 'signIn',
    now: at,
    mail: settings,
  })
  const [mail, code] = await db<OutboxRow>('outbox').orderBy('id')
  if (!mail || !code) throw new Error('two mails are needed')
  await db('outbox').where({ id: mail.id }).update({ status: 'dead', attempts: 17 })
  const [otherPool] = await db('pools')
    .insert({
      ...(await db('pools').where({ id: poolId }).first<Record<string, unknown>>()),
      id: 999,
      code: 'LOKAL',
    })
    .returning<{ id: number }[]>('id')
  return {
    mail,
    code,
    applicationId,
    contactId,
    secretariat: await official('secretariat', poolId),
    stranger: await official('secretariat', otherPool?.id ?? 999),
    administrator: await official('administrator', null),
  }
}

const step = (it: Awaited<ReturnType<typeof aMailedCase>>, more: object) => ({
  id: it.mail.id,
  event: 'resend',
  actor: it.secretariat,
  version: 1,
  reason: null,
  now: '2026-03-05T09:00:00.000Z',
  ...more,
})

describe.each(engines)('officials and mails on %s', (engine) => {
  it('sends a dead mail again: the same bytes, as if it were new', async () => {
    const db = await freshDatabase(engine)
    const it = await aMailedCase(db)
    await advanceMail(db, step(it, {}))
    expect(await db<OutboxRow>('outbox').where({ id: it.mail.id }).first()).toEqual({
      ...it.mail,
      status: 'pending',
      attempts: 0,
      next_at: '2026-03-05T09:00:00.000Z',
      version: 2,
    })
  })

  it('leaves a line in the history of the case: who sent again or stopped which mail, and why', async () => {
    const db = await freshDatabase(engine)
    const it = await aMailedCase(db)
    await advanceMail(db, step(it, { reason: 'Ringede: adressen virker nu' }))
    const stopping = { actor: it.administrator, event: 'suppress', reason: 'Ringet', version: 2 }
    await advanceMail(db, step(it, stopping))
    const line = {
      chain: `application:${it.applicationId}`,
      application_id: it.applicationId,
      machine: 'mail',
      row_id: it.mail.id,
    }
    const { subject } = it.mail
    expect(await db('history').orderBy('seq')).toMatchObject([
      {
        ...line,
        seq: 1,
        event: 'resend',
        from_status: 'dead',
        to_status: 'pending',
        actor_id: it.secretariat.personId,
        actor_role: 'secretariat',
        details: JSON.stringify({ subject, reason: 'Ringede: adressen virker nu' }),
      },
      { ...line, seq: 2, event: 'suppress', actor_role: 'administrator' },
    ])
  })

  it('refuses what the machine, the role or a newer version refuses', async () => {
    const db = await freshDatabase(engine)
    const it = await aMailedCase(db)
    const take = (more: object) => advanceMail(db, step(it, more))
    await expect(take({ event: 'suppress' })).rejects.toThrow(NotAllowed)
    await expect(take({ version: 7 })).rejects.toThrow(Stale)
    await expect(take({ actor: it.stranger })).rejects.toThrow(NotFound)
    await expect(take({ actor: it.administrator, id: it.code.id })).rejects.toThrow(Blocked)
    expect(await db('outbox').where({ status: 'dead', version: 1 })).toHaveLength(1)
    await take({ actor: it.administrator, event: 'suppress', reason: 'Forkert adresse' })
    expect(await db<OutboxRow>('outbox').where({ id: it.mail.id }).first()).toMatchObject({
      status: 'suppressed',
      last_error: 'Forkert adresse',
    })
  })

  it('shows the secretariat the mails of its pools, an administrator all, the barred none', async () => {
    const db = await freshDatabase(engine)
    const it = await aMailedCase(db)
    const seen = async (actor: typeof it.secretariat) =>
      (await listMails(db, actor, all)).map((m) => m.id)
    expect(await seen(it.secretariat)).toEqual([it.mail.id])
    expect(await seen(it.stranger)).toEqual([])
    expect(await seen(it.administrator)).toEqual([it.code.id, it.mail.id])
    expect(await countMails(db, it.administrator)).toContainEqual({ status: 'dead', count: 1 })
    await db('reviews').insert({
      application_id: it.applicationId,
      reviewer_id: it.secretariat.personId,
      status: 'excluded',
      due_on: '2026-04-01',
      invited_at: at,
    })
    expect(await seen(it.secretariat)).toEqual([])
  })

  it('gives everybody their own mailbox, and an address only its codes', async () => {
    const db = await freshDatabase(engine)
    const it = await aMailedCase(db)
    const own = { personId: it.contactId, email: 'kontakt@example.org' }
    expect((await listMailbox(db, own)).map((m) => m.id)).toEqual([it.mail.id])
    expect(await listMailbox(db, { signInAddress: 'kontakt@example.org' })).toEqual([])
    const codes = { signInAddress: 'ny@example.org' }
    expect((await getMailboxMail(db, codes, it.code.id)).to_address).toBe('ny@example.org')
    await expect(getMailboxMail(db, codes, it.mail.id)).rejects.toThrow(NotFound)
  })
})
