import { bases } from '../../seeds/contributors.ts'
import { demoActor } from '../../seeds/people.ts'
import { advanceContribution } from '../../src/contributions/advance-contribution.ts'
import { proposeContribution } from '../../src/contributions/propose-contribution.ts'
import type { Db } from '../../src/db/connection.ts'
import type { ContributorRow } from '../../src/db/tables.ts'
import type { MailSettings } from '../../src/shared/asked.ts'
import { copenhagenYear } from '../../src/shared/danish.ts'
import { formatOreExact } from '../../src/shared/money.ts'

type Planned = {
  code: string
  baseOre: number
  percentPpm: number
  upTo: 'promised' | 'decided' | 'transferred'
}

/** Every contribution as published, some of them only so far on their way. */
export const published = (upTo: Partial<Record<string, Planned['upTo']>> = {}): Planned[] =>
  Object.values(bases)
    .flat()
    .map(({ code, ore, percentPpm }) => ({
      code,
      baseOre: ore,
      percentPpm,
      upTo: upTo[code] ?? 'transferred',
    }))

/** Puts just this money into the pools, by the operations of the secretariat and of finance. */
export const moneyOf = (plan: Planned[]) =>
  async function put(db: Db, mail: MailSettings, now: string): Promise<void> {
    for (const { code, baseOre, percentPpm, upTo } of plan) {
      const contributor = await db<ContributorRow>('contributors').where({ code }).first()
      if (!contributor) throw new Error(`no contributor ${code}`)
      const id = await proposeContribution(db, {
        poolId: contributor.pool_id,
        contributorId: contributor.id,
        year: copenhagenYear(now),
        baseOre,
        percentPpm,
        baseNoteDa: 'Prøve',
        baseNoteEn: 'Test',
        isPlaceholder: false,
        actor: null,
        now,
      })
      await bring(db, id, upTo, mail, now)
    }
  }

/** Takes one contribution on to where it is to stand. */
export async function bring(
  db: Db,
  id: number,
  upTo: Planned['upTo'],
  mail: MailSettings,
  now: string,
): Promise<void> {
  const secretariat = await demoActor(db, 'sagsbehandler')
  const step = { id, version: null, now, mail }
  const { status } = await db('contributions').where({ id }).first<{ status: string }>('status')
  if (status === 'proposed') {
    await advanceContribution(db, { ...step, event: 'promise', actor: secretariat })
  }
  if (upTo === 'promised') return
  await advanceContribution(db, {
    ...step,
    event: 'decideContribution',
    actor: secretariat,
    caseNumber: '2025-0200001',
    decidedOn: '2025-11-27',
  })
  if (upTo === 'decided') return
  const finance = await demoActor(db, 'oekonomi')
  await advanceContribution(db, { ...step, event: 'transfer', actor: finance })
}

type Line = { seq: number; kind: string; code: string; account: string; side: string; ore: number }

/** A pool's whole ledger as lines: number, kind, whose, from → to, øre in kroner. */
export async function ledgerOf(db: Db, poolCode: string): Promise<string[]> {
  const rows = await db('ledger_entries as e')
    .join('ledger_postings as p', 'p.id', 'e.posting_id')
    .join('pool_years as y', 'y.id', 'p.pool_year_id')
    .join('pools as o', 'o.id', 'y.pool_id')
    .join('contributors as c', 'c.id', 'e.contributor_id')
    .where('o.code', poolCode)
    .orderBy(['p.id', 'e.line'])
    .select<Line[]>('p.seq', 'p.kind', 'c.code', 'e.account', 'e.side', 'e.amount_ore as ore')
  return rows.flatMap((to, i) => {
    const from = rows[i + 1]
    if (i % 2 === 1 || !from) return []
    const way = `${from.account} → ${to.account}`
    return [`${to.seq} ${to.kind} ${to.code} ${way} ${kroner(to.ore)}`]
  })
}

/** `11674,03` as `11.674,03`. */
export const kroner = (ore: number): string => formatOreExact(ore, 'da').replace('\u00a0kr.', '')
