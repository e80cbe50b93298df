import type { Db } from '../db/connection.ts'
import { inTransaction, rehearse, together } from '../db/connection.ts'
import type { ApplicationRow, BulkItemRow, BulkRunRow } from '../db/tables.ts'
import { Blocked, InvalidInput, NotAllowed, NotFound, Stale } from '../shared/errors.ts'
import type { BulkAction } from './queries.ts'

/** What was typed once for all the cases. */
export type BulkAsked = {
  handler?: number
  note?: string
  reviewer?: number
  kind?: string
  newDate?: string
  reason?: string
  body?: string
}

export type ItemMail = {
  subject: string
  name: string
  who: 'applicants' | 'reviewers' | 'colleagues'
}

/** One operation on one case; what it throws is why it cannot. */
export type Act = (trx: Db) => Promise<unknown>

type Prospect = Pick<
  BulkItemRow,
  'application_id' | 'seen_version' | 'outcome' | 'becomes' | 'mails' | 'hint' | 'params'
>

/**
 * What the act would do to a case and who would be told, found by doing it and rolling it back: the
 * plan cannot say another thing than the deed.
 */
export async function foresee(
  db: Db,
  it: { id: number; version: number },
  act: Act,
): Promise<Prospect> {
  const common = { application_id: it.id, seen_version: it.version }
  try {
    const effect = await rehearse(db, (trx) => effectOf(trx, it.id, act))
    return { ...common, outcome: 'planned', ...effect, hint: null, params: '{}' }
  } catch (error) {
    const refusal = refusalOf(error)
    return { ...common, outcome: 'refused', becomes: null, mails: '[]', ...refusal }
  }
}

/** Keeps a plan: nothing is done before its person says so. Returns its number. */
export async function recordRun(
  db: Db,
  r: {
    personId: number
    action: BulkAction
    asked: BulkAsked
    prospects: Prospect[]
    now: string
  },
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const [run] = await trx<BulkRunRow>('bulk_runs')
      .insert({
        person_id: r.personId,
        action: r.action,
        asked: JSON.stringify(r.asked),
        created_at: r.now,
      })
      .returning('id')
    if (!run) throw new Error('a run was not stored')
    for (const prospect of r.prospects) {
      const settled = prospect.outcome === 'refused' ? r.now : null
      await trx('bulk_items').insert({ ...prospect, run_id: run.id, settled_at: settled })
    }
    return run.id
  })
}

/**
 * Does the act on one case of a run. The case, its mails and the word that it is done stand or fall
 * together, so that no second try can do it again; one that is refused says why.
 */
export async function settleItem(
  db: Db,
  item: { id: number; application_id: number },
  act: Act,
  now: string,
): Promise<void> {
  const open = (trx: Db) =>
    trx<BulkItemRow>('bulk_items').where({ id: item.id, outcome: 'planned' })
  try {
    await together(db, async (trx) => {
      const claimed = await open(trx).update({ outcome: 'done', settled_at: now })
      if (claimed === 0) return
      const effect = await effectOf(trx, item.application_id, act)
      await trx<BulkItemRow>('bulk_items').where({ id: item.id }).update(effect)
    })
  } catch (error) {
    const refusal = refusalOf(error)
    await open(db).update({
      outcome: 'refused',
      settled_at: now,
      becomes: null,
      mails: '[]',
      ...refusal,
    })
  }
}

/** What an act changes and sends, while it can still be undone. */
async function effectOf(
  trx: Db,
  id: number,
  act: Act,
): Promise<Pick<BulkItemRow, 'becomes' | 'mails'>> {
  const status = async () =>
    (await trx<ApplicationRow>('applications').where({ id }).first('status'))?.status ?? null
  const before = await status()
  const last = await trx('outbox')
    .where({ application_id: id })
    .max({ id: 'id' })
    .first<{ id: number | null }>()
  await act(trx)
  const after = await status()
  const mails = await mailsSince(trx, id, last.id ?? 0)
  return { becomes: after === before ? null : after, mails: JSON.stringify(mails) }
}

async function mailsSince(trx: Db, applicationId: number, last: number): Promise<ItemMail[]> {
  const members = trx('memberships as m')
    .join('applications as a', 'a.organisation_id', 'm.organisation_id')
    .where('a.id', applicationId)
    .whereNull('m.removed_at')
    .whereRaw('m.person_id = o.person_id')
  const reviewers = trx('reviews as r')
    .where('r.application_id', applicationId)
    .whereRaw('r.reviewer_id = o.person_id')
  const rows = await trx('outbox as o')
    .leftJoin('people as p', 'p.id', 'o.person_id')
    .where('o.application_id', applicationId)
    .andWhere('o.id', '>', last)
    .orderBy('o.id')
    .select<
      { subject: string; address: string; name: string | null; member: number; reviewer: number }[]
    >(
      'o.subject',
      'o.to_address as address',
      'p.name',
      members.count().as('member'),
      reviewers.count().as('reviewer'),
    )
  return rows.map((row) => ({
    subject: row.subject,
    name: row.name || row.address,
    who: row.member > 0 ? 'applicants' : row.reviewer > 0 ? 'reviewers' : 'colleagues',
  }))
}

/** Why an operation said no, as a text key; anything else is a fault of ours. */
function refusalOf(error: unknown): { hint: string; params: string } {
  const why = (hint: string, params: object = {}) => ({ hint, params: JSON.stringify(params) })
  if (error instanceof Blocked) return why(error.hint, error.params)
  if (error instanceof Stale) return why('bulk.changed')
  if (error instanceof NotAllowed) return why('bulk.notYours')
  if (error instanceof NotFound) return why('bulk.gone')
  const problem = error instanceof InvalidInput ? error.problems[0] : undefined
  if (!problem) throw error
  return problem.message === 'fields.choose'
    ? why('bulk.otherPool')
    : why(problem.message, problem.params)
}
