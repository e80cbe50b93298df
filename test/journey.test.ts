import { describe, expect, it } from 'vitest'
import { runJourney } from '../src/journey/journey.ts'
import { engines, freshDatabaseAt } from './support/database.ts'

const sumOf = (shares: { ore: number }[]) => shares.reduce((sum, { ore }) => sum + ore, 0)

describe.each(engines)('the journey on %s', (engine) => {
  it('takes four cases from an empty form to a closed case, every step told, every øre traced', async () => {
    const where = await freshDatabaseAt(engine)
    const { result, problems } = await runJourney('databaseUrl' in where ? where.databaseUrl : null)
    expect(problems).toEqual([])
    expect(
      result.applications.map(({ reference: _, shares, ...it }) => ({
        ...it,
        path: it.path.join(' '),
        sharesOre: sumOf(shares),
      })),
    ).toEqual([
      {
        pool: 'TVAER',
        path: 'draft submitted awaitingInformation submitted underReview reviewed granted proofOfConcept tapering followUpAdvice closed',
        requestedOre: 250_000_00,
        grantedOre: 250_000_00,
        paidOre: 250_000_00,
        returnedOre: 0,
        sharesOre: 250_000_00,
      },
      {
        pool: 'LOKAL',
        path: 'draft submitted underReview reviewed granted proofOfConcept tapering followUpAdvice closed',
        requestedOre: 80_000_00,
        grantedOre: 80_000_00,
        paidOre: 80_000_00,
        returnedOre: 0,
        sharesOre: 80_000_00,
      },
      {
        pool: 'LOKAL',
        path: 'draft submitted underReview reviewed granted proofOfConcept followUpAdvice repaymentDue followUpAdvice closed',
        requestedOre: 100_000_00,
        grantedOre: 100_000_00,
        paidOre: 70_000_00,
        returnedOre: 18_450_00,
        sharesOre: 100_000_00,
      },
      {
        pool: 'LOKAL',
        path: 'draft submitted underReview reviewed partyHearing reviewed rejected followUpAdvice closed',
        requestedOre: 150_000_00,
        grantedOre: 0,
        paidOre: 0,
        returnedOre: 0,
        sharesOre: 0,
      },
    ])
    expect(result.ledger.imbalanceOre).toBe(0)
    expect(result.doctor.failed).toBe(0)
    expect(result.doctor.checks).toBeGreaterThan(10)
    expect(new Set(result.mails.map((mail) => mail.messageId)).size).toBe(result.mails.length)
    expect(result.silent.every(({ because }) => because.length > 10)).toBe(true)
  }, 120_000)
})
