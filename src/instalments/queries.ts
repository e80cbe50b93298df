import { statusesWith } from '../../workflows/lifecycle.ts'
import type { InstalmentRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { Actor } from '../shared/actor.ts'
import { poolsWithRole } from '../shared/actor.ts'

export async function listInstalments(db: Db, applicationId: number): Promise<InstalmentRow[]> {
  return db<InstalmentRow>('instalments').where({ application_id: applicationId }).orderBy('number')
}

export async function findInstalment(db: Db, id: number): Promise<InstalmentRow | undefined> {
  return db<InstalmentRow>('instalments').where({ id }).first()
}

export type PaymentLine = InstalmentRow & {
  reference: string
  organisation_name: string
  cvr: string | null
  pool_da: string
  pool_en: string
}

/** Instalments on their way to the bank, within the pools where this person is finance. */
export async function listPayments(db: Db, actor: Actor): Promise<PaymentLine[]> {
  const pools = poolsWithRole(actor, 'finance')
  const onTheirWay = statusesWith('instalment', 'payable')
  const query = db('instalments as i')
    .join('applications as a', 'a.id', 'i.application_id')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .join('pools as p', 'p.id', 'a.pool_id')
    .whereIn('i.status', onTheirWay)
    .orderBy('i.expected_on')
    .select<PaymentLine[]>(
      'i.*',
      'a.reference',
      'o.name as organisation_name',
      'o.cvr',
      'p.short_da as pool_da',
      'p.short_en as pool_en',
    )
  return pools === null ? query : query.whereIn('a.pool_id', pools)
}

/** Repayments that finance waits for, with what has been demanded (øre). */
export async function listRepayments(db: Db, actor: Actor) {
  const pools = poolsWithRole(actor, 'finance')
  const query = db('applications as a')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .join('grants as g', 'g.application_id', 'a.id')
    .whereIn('a.status', statusesWith('application', 'repaying'))
    .whereNull('g.ended_at')
    .orderBy('a.id')
    .select<{ reference: string; organisation_name: string; demanded_ore: number }[]>(
      'a.reference',
      'o.name as organisation_name',
      'g.demanded_ore',
    )
  return pools === null ? query : query.whereIn('a.pool_id', pools)
}
