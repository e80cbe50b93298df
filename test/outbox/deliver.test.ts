import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'
import { describe, expect, it } from 'vitest'
import type { OutboxRow } from '../../src/db/case-tables.ts'
import type { Db } from '../../src/db/connection.ts'
import type { TaskRow } from '../../src/db/tables.ts'
import { deliverDue } from '../../src/outbox/deliver.ts'
import type { Delivery } from '../../src/outbox/deliver.ts'
import { enqueueDirect } from '../../src/outbox/enqueue.ts'
import { createTransport } from '../../src/outbox/transport.ts'
import { delayAfter, maxAttempts } from '../../src/shared/backoff.ts'
import { frozenClock } from '../support/clock.ts'
import type { FrozenClock } from '../support/clock.ts'
import { atEnd, engines, freshDatabase } from '../support/database.ts'
import { aCase, settings } from './a-case.ts'

/** The same throws of the dice in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

type Answer = (to: string, raw: string) => { code: number; text: string } | 'drop' | null

/** A real mail server on loopback: what it took, byte for byte, and what it is told to answer. */
async function aMailServer(answer: Answer = () => null) {
  const taken: { to: string; raw: string }[] = []
  const onData: NonNullable<SMTPServerOptions['onData']> = (stream, session, callback) => {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => {
      const raw = Buffer.concat(parts).toString('latin1')
      const to = session.envelope.rcptTo.map((r) => r.address).join()
      const said = answer(to, raw)
      if (said !== 'drop' && said !== null) {
        callback(Object.assign(new Error(said.text), { responseCode: said.code }))
        return
      }
      taken.push({ to, raw })
      if (said === 'drop') drop(session.id)
      else callback()
    })
  }
  const drop = (id: string) =>
    server.connections.forEach((c) => (c.id === id ? c._socket.destroy() : undefined))
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData,
  }) as SMTPServer & { connections: Set<{ id: string; _socket: { destroy(): void } }> }
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atEnd(() => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as { port: number }
  return { taken, url: `smtp://127.0.0.1:${port}`, stop: () => server.close() }
}

function aDelivery(db: Delivery['db'], clock: FrozenClock, smtpUrl: string | null): Delivery {
  const transport = createTransport({ smtpUrl, mailFrom: settings.mailFrom })
  atEnd(() => Promise.resolve(transport.close()))
  const quiet = () => undefined
  return {
    db,
    clock,
    transport,
    log: { warn: quiet, error: quiet },
    random: () => 0.5,
    worker: 'test',
  }
}

const enqueue = (db: Db, address: string, more: { code?: string; applicationId?: number } = {}) =>
  enqueueDirect(db, {
    template: 'sign-in',
    to: { address, name: 'Åse', language: 'da', personId: null },
    data: { code: more.code ?? '1', link: 'https://puljer.example.org/log-ind', minutes: 10 },
    event: 'signIn',
    now: '2026-03-02T09:00:00.000Z',
    mail: settings,
    applicationId: more.applicationId ?? null,
  })

const row = (db: Db, id: number) =>
  db<OutboxRow>('outbox').where({ id }).first() as Promise<OutboxRow>

describe.each(engines)('the outbox on %s', (engine) => {
  it('delivers what is due, byte for byte as it was stored', async () => {
    const db = await freshDatabase(engine)
    const clock = frozenClock()
    const server = await aMailServer()
    const id = await enqueue(db, 'a@example.org')
    const before = await row(db, id)
    expect(await deliverDue(aDelivery(db, clock, server.url))).toEqual({
      sent: 1,
      retrying: 0,
      dead: 0,
    })
    expect(server.taken).toEqual([{ to: 'a@example.org', raw: before.raw }])
    expect((await simpleParser(server.taken[0]?.raw ?? '')).subject).toBe(before.subject)
    expect(await row(db, id)).toEqual({
      ...before,
      status: 'sent',
      attempts: 1,
      sent_at: clock().toISOString(),
      version: 3,
    })
  })

  it('tries again later and later with the same bytes, then gives up where somebody sees it', async () => {
    const db = await freshDatabase(engine)
    const clock = frozenClock()
    const seen: string[] = []
    const server = await aMailServer((_, raw) => {
      seen.push(raw)
      return { code: 451, text: 'later, please' }
    })
    const { applicationId } = await aCase(db)
    const id = await enqueue(db, 'a@example.org', { applicationId })
    const delivery = aDelivery(db, clock, server.url)
    const started = clock().getTime()
    for (let attempt = 1; attempt < maxAttempts; attempt += 1) {
      await deliverDue(delivery)
      const waiting = await row(db, id)
      expect(waiting).toMatchObject({ status: 'retrying', attempts: attempt, lease_until: null })
      expect(waiting.last_error).toContain('451')
      expect(Date.parse(waiting.next_at) - clock().getTime()).toBe(delayAfter(attempt, 0.5))
      clock.set(new Date(Date.parse(waiting.next_at) - 1).toISOString())
      expect(await deliverDue(delivery)).toEqual({ sent: 0, retrying: 0, dead: 0 })
      clock.set(waiting.next_at)
    }
    expect(await deliverDue(delivery)).toEqual({ sent: 0, retrying: 0, dead: 1 })
    expect(clock().getTime() - started).toBeLessThanOrEqual(72 * 3_600_000)
    expect(await row(db, id)).toMatchObject({ status: 'dead', attempts: maxAttempts })
    expect(new Set(seen).size).toBe(1)
    expect(seen).toHaveLength(maxAttempts)
    const tasks = await db<TaskRow>('tasks').where({ application_id: applicationId })
    expect(tasks).toEqual([expect.objectContaining({ kind: 'deadMail', done_at: null })])
    expect(tasks[0]?.detail).toContain('a@example.org')
  })

  it('does not try again what the server will never take', async () => {
    const db = await freshDatabase(engine)
    const server = await aMailServer(() => ({ code: 550, text: 'no such person' }))
    const id = await enqueue(db, 'gone@example.org')
    await deliverDue(aDelivery(db, frozenClock(), server.url))
    expect(await row(db, id)).toMatchObject({ status: 'dead', attempts: 1 })
  })

  it('keeps the order of a case: a later mail waits for the earlier one, another person does not', async () => {
    const db = await freshDatabase(engine)
    const clock = frozenClock()
    let isAngry = true
    const server = await aMailServer((to) =>
      to === 'a@example.org' && isAngry ? { code: 451, text: 'later' } : null,
    )
    const { applicationId } = await aCase(db)
    const first = await enqueue(db, 'a@example.org', { applicationId, code: 'first' })
    const second = await enqueue(db, 'a@example.org', { applicationId, code: 'second' })
    await enqueue(db, 'b@example.org', { applicationId, code: 'other' })
    await enqueue(db, 'a@example.org', { code: 'noCase' })
    const delivery = aDelivery(db, clock, server.url)
    await deliverDue(delivery)
    expect(server.taken.map((m) => m.to)).toEqual(['b@example.org'])
    expect(await row(db, second)).toMatchObject({ status: 'pending', attempts: 0 })
    isAngry = false
    clock.set((await row(db, first)).next_at)
    await deliverDue(delivery)
    const codes = server.taken.map((m) => /kode er (\w+)\./.exec(m.raw)?.[1])
    expect(codes.indexOf('first')).toBeLessThan(codes.indexOf('second'))
    expect(codes).toHaveLength(4)
  })

  it('lets the later mail go when the earlier one is dead', async () => {
    const db = await freshDatabase(engine)
    const server = await aMailServer((_, raw) =>
      raw.includes('kode er poison.') ? { code: 554, text: 'never' } : null,
    )
    const { applicationId } = await aCase(db)
    await enqueue(db, 'a@example.org', { applicationId, code: 'poison' })
    const later = await enqueue(db, 'a@example.org', { applicationId, code: 'fine' })
    await deliverDue(aDelivery(db, frozenClock(), server.url))
    expect(await row(db, later)).toMatchObject({ status: 'sent' })
  })

  it('takes back a mail whose worker died, and not before its lease is over', async () => {
    const db = await freshDatabase(engine)
    const clock = frozenClock()
    const server = await aMailServer()
    const id = await enqueue(db, 'a@example.org')
    const delivery = aDelivery(db, clock, server.url)
    const never = new Promise<never>(() => undefined)
    void deliverDue({ ...delivery, transport: { ...delivery.transport, send: () => never } })
    while ((await row(db, id)).status !== 'sending') await new Promise((r) => setTimeout(r, 5))
    clock.advanceMinutes(1)
    await deliverDue(delivery)
    expect(server.taken).toEqual([])
    clock.advanceMinutes(2)
    await deliverDue({ ...delivery, worker: 'another' })
    expect(server.taken).toHaveLength(1)
    expect(await row(db, id)).toMatchObject({ status: 'sent', attempts: 2, worker: null })
  })

  it('sends twice rather than never when the answer is lost, with the same Message-ID', async () => {
    const db = await freshDatabase(engine)
    const clock = frozenClock()
    let drops = 1
    const server = await aMailServer(() => (drops-- > 0 ? 'drop' : null))
    const id = await enqueue(db, 'a@example.org')
    const delivery = aDelivery(db, clock, server.url)
    await deliverDue(delivery)
    clock.set((await row(db, id)).next_at)
    await deliverDue(delivery)
    expect(server.taken).toHaveLength(2)
    expect(new Set(server.taken.map((m) => m.raw)).size).toBe(1)
    expect(await row(db, id)).toMatchObject({ status: 'sent', attempts: 2 })
  })

  it('keeps every mail when the server is away, and catches up when it is back', async () => {
    const db = await freshDatabase(engine)
    const clock = frozenClock()
    for (let n = 0; n < 30; n += 1) await enqueue(db, `p${n}@example.org`)
    const away = await aMailServer()
    away.stop()
    await deliverDue(aDelivery(db, clock, away.url))
    expect(await db('outbox').where({ status: 'retrying' })).toHaveLength(30)
    const server = await aMailServer()
    clock.advanceMinutes(60)
    expect(await deliverDue(aDelivery(db, clock, server.url))).toMatchObject({ sent: 30 })
    expect(new Set(server.taken.map((m) => m.to)).size).toBe(30)
  })

  it('gives each mail to one of two workers', async () => {
    const db = await freshDatabase(engine)
    const server = await aMailServer()
    for (let n = 0; n < 40; n += 1) await enqueue(db, `p${n}@example.org`)
    const delivery = aDelivery(db, frozenClock(), server.url)
    const done = await Promise.all([
      deliverDue({ ...delivery, worker: 'one' }),
      deliverDue({ ...delivery, worker: 'two' }),
    ])
    expect(done.reduce((sum, d) => sum + d.sent, 0)).toBe(40)
    expect(server.taken).toHaveLength(40)
  })

  it('loses nothing to a hostile server, and sends twice only where the answer was lost', async () => {
    const db = await freshDatabase(engine)
    const clock = frozenClock()
    const dice = seeded(20260302)
    let drops = 0
    const server = await aMailServer((to) => {
      if (to.startsWith('gone')) return { code: 550, text: 'no such person' }
      const roll = dice()
      if (roll < 0.2) return { code: 451, text: 'later' }
      if (roll > 0.05 + 0.2) return null
      drops += 1
      return 'drop'
    })
    for (let n = 0; n < 120; n += 1) {
      await enqueue(db, `${n % 40 === 0 ? 'gone' : 'p'}${n}@example.org`)
    }
    const delivery = { ...aDelivery(db, clock, server.url), random: dice }
    for (let round = 0; round < 20; round += 1) {
      await deliverDue(delivery)
      clock.advanceMinutes(7 * 60)
    }
    const counts = await db('outbox')
      .groupBy('status')
      .orderBy('status')
      .select('status')
      .count('* as n')
    expect(counts).toEqual([
      { status: 'dead', n: 3 },
      { status: 'sent', n: 117 },
    ])
    expect(new Set(server.taken.map((m) => m.to)).size).toBe(117)
    expect(server.taken.length - 117).toBeLessThanOrEqual(drops)
    expect(new Set(server.taken.map((m) => m.raw)).size).toBe(117)
  })

  it('needs no network in demo mode: the built-in mailbox has the mail already', async () => {
    const db = await freshDatabase(engine)
    const id = await enqueue(db, 'a@example.org')
    await deliverDue(aDelivery(db, frozenClock(), null))
    expect(await row(db, id)).toMatchObject({ status: 'sent', attempts: 1 })
  })
})
