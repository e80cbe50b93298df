import { describe, expect, it } from 'vitest'
import { forgetTraces } from '../../src/people/forget-traces.ts'
import { startSession } from '../../src/people/session.ts'
import { engines, freshDatabase } from '../support/database.ts'
import { aPerson } from '../support/factories.ts'

describe.each(engines)('old traces on %s', (engine) => {
  it('are forgotten after their days, and not before', async () => {
    const db = await freshDatabase(engine)
    const personId = await aPerson(db)
    await startSession(db, { id: 'old', personId, now: '2026-01-01T08:00:00.000Z' })
    await startSession(db, { id: 'new', personId, now: '2026-02-20T08:00:00.000Z' })
    expect(await forgetTraces(db, '2026-03-01T08:00:00.000Z')).toBe(1)
    expect(await db('sessions').pluck('id')).toEqual(['new'])
    expect(await forgetTraces(db, '2026-03-01T08:00:00.000Z')).toBe(0)
  })
})
