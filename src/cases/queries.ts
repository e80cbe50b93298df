import { exclusionOf } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import { isPostgres } from '../db/connection.ts'
import { containing } from '../db/like.ts'
import type { Actor } from '../shared/actor.ts'
import { poolsWithRole } from '../shared/actor.ts'
import { foldForSearch } from '../shared/danish.ts'

export type CaseListLine = {
  id: number
  reference: string
  title: string
  status: string
  requested_ore: number
  submitted_at: string
  decision_expected_on: string | null
  sort_key: string
  organisation_name: string
  cvr: string | null
  pool_da: string
  pool_en: string
  pool_name_da: string
  pool_name_en: string
  handler_name: string | null
}

/** The orders of the list: a column, which way, and each has an index. */
export const orders = {
  newest: { column: 'submitted_at', direction: 'desc' },
  oldest: { column: 'submitted_at', direction: 'asc' },
  expected: { column: 'decision_expected_on', direction: 'asc' },
  title: { column: 'sort_key', direction: 'asc' },
  amount: { column: 'requested_ore', direction: 'desc' },
} as const
export type Order = keyof typeof orders

export type CaseFilter = {
  search: string
  statuses: string[]
  poolCode: string
  handler: 'any' | 'mine' | 'nobody'
  /** The calendar year it was sent in, or ''. */
  year: string
  order: Order
}

/** Where a page begins or ends: the value it is sorted by, and the row's id. */
export type Cursor = { value: string | number; id: number; way: 'after' | 'before' }

const readers = ['secretariat', 'decisionMaker', 'adviser', 'finance'] as const

/** The pools whose cases this person may list; null is every pool. */
function poolsOf(actor: Actor): number[] | null {
  const pools = readers.map((role) => poolsWithRole(actor, role))
  return pools.includes(null) ? null : [...new Set(pools.flatMap((p) => p ?? []))]
}

/** Every case that this person may know of and that the filter lets through, in no order. */
function found(db: Db, actor: Actor, filter: CaseFilter, isCommon: boolean) {
  const [first, ...others] = wordsOf(filter.search)
  const query = startingFrom(db, first, isCommon).whereIn('a.status', filter.statuses)
  const pools = poolsOf(actor)
  if (pools !== null) void query.whereIn('a.pool_id', pools)
  if (filter.poolCode !== '') {
    void query.whereIn('a.pool_id', db('pools').where({ code: filter.poolCode }).select('id'))
  }
  if (filter.handler === 'mine') void query.where('a.case_handler_id', actor.personId)
  if (filter.handler === 'nobody') void query.whereNull('a.case_handler_id')
  if (filter.year !== '') {
    void query
      .where('a.submitted_at', '>=', `${filter.year}-01-01`)
      .andWhere('a.submitted_at', '<', `${Number(filter.year) + 1}-01-01`)
  }
  for (const word of others) void query.whereRaw(textHas, [containing(word)])
  return query.whereNotExists(exclusionOf(db, actor, 'a.id'))
}

/** Each word on its own, folded; a CVR number typed with spaces is one word. */
export function wordsOf(search: string): string[] {
  const cvr = search.replace(/\s/g, '')
  if (/^\d{8}$/.test(cvr)) return [cvr]
  return foldForSearch(search).split(' ').filter(Boolean).slice(0, 8)
}

const textHas = "a.search_text like ? escape '\\'"

/**
 * The cases with a word anywhere in their text. SQLite is told where to begin: a rare word is looked
 * up in the trigram index (which knows it from three letters up), a common one is soon met while
 * the list is read in its order. PostgreSQL knows by itself.
 */
function startingFrom(db: Db, word: string | undefined, isCommon: boolean) {
  const query = db('applications as a')
  if (word === undefined) return query
  if (isPostgres(db) || isCommon || word.length < 3 || /[\\%_]/.test(word)) {
    return query.whereRaw(textHas, [containing(word)])
  }
  void query.from(db.raw('case_search as s cross join applications as a') as never)
  return query.whereRaw('a.id = s.rowid and s.search_text like ?', [`%${word}%`])
}

export const casesPerPage = 50

export type ListPart = { cursor?: Cursor | null; limit?: number; isCommon?: boolean }

/**
 * One page of the list, in its order; with one row more than a page when there are more. A search
 * that was counted and found much is common.
 */
export async function listCases(
  db: Db,
  actor: Actor,
  filter: CaseFilter,
  { cursor = null, limit = casesPerPage + 1, isCommon = false }: ListPart = {},
): Promise<CaseListLine[]> {
  const { column, direction } = orders[filter.order]
  const isBack = cursor?.way === 'before'
  const runs = isBack ? (direction === 'asc' ? 'desc' : 'asc') : direction
  const page = found(db, actor, filter, isCommon)
    .whereNotNull(`a.${column}`)
    .modify((q) => {
      if (cursor) {
        void q.whereRaw(`(a.${column}, a.id) ${runs === 'asc' ? '>' : '<'} (?, ?)`, [
          cursor.value,
          cursor.id,
        ])
      }
    })
    .orderBy(`a.${column}`, runs)
    .orderBy('a.id', runs)
    .limit(limit)
    .select('a.*')
  const rows = await db
    .from(page.as('a'))
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .join('pools as p', 'p.id', 'a.pool_id')
    .leftJoin('people as h', 'h.id', 'a.case_handler_id')
    .orderBy(`a.${column}`, runs)
    .orderBy('a.id', runs)
    .select<CaseListLine[]>(
      'a.id',
      'a.reference',
      'a.title',
      'a.status',
      'a.requested_ore',
      'a.submitted_at',
      'a.decision_expected_on',
      'a.sort_key',
      'o.name as organisation_name',
      'o.cvr',
      'p.short_da as pool_da',
      'p.short_en as pool_en',
      'p.name_da as pool_name_da',
      'p.name_en as pool_name_en',
      'h.name as handler_name',
    )
  return isBack ? rows.reverse() : rows
}

/** How many are counted before it is only said that there are more. */
export const countedMost = 1000

/** How many there are, up to one more than are counted. */
export async function countCases(db: Db, actor: Actor, filter: CaseFilter): Promise<number> {
  const some = found(db, actor, filter, false)
    .limit(countedMost + 1)
    .select('a.id')
  const row = await db.from(some.as('f')).count({ n: '*' }).first<{ n: number }>()
  return Number(row.n)
}
