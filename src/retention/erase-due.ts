import { removeDraft } from '../applications/record-removal.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction, isPostgres } from '../db/connection.ts'
import { lockName, lockRow } from '../db/lock.ts'
import type { DueCase, DuePerson, Rules } from './queries.ts'
import { findDueCase, listDueCases, listDuePeople, oldMails, rulesByKind } from './queries.ts'
import { recordDraftErasure, recordErasure, recordPersonErasure } from './record-erasure.ts'

/** What goes on a day: cases, people and loose mails. */
export type Plan = { cases: DueCase[]; people: DuePerson[]; mails: number }

/** What would go on this day (`YYYY-MM-DD`). Reads only. */
export async function planErasure(db: Db, on: string): Promise<Plan> {
  const rules = await rulesByKind(db)
  const cases = await listDueCases(db, rules, on)
  const gone = new Set(cases.map((it) => it.id))
  const row = await oldMails(db, rules, on).count({ n: '*' }).first<{ n: number }>()
  return { cases, people: await listDuePeople(db, rules, on, gone), mails: Number(row.n) }
}

/**
 * Takes away what has had its time: drafts that were never sent go whole, cases and people lose
 * their words. Each in a transaction of its own, under a lock, looked at once more there: however
 * many processes run it, each case goes once. Returns what went.
 */
export async function eraseDue(db: Db, { on, now }: { on: string; now: string }): Promise<Plan> {
  const rules = await rulesByKind(db)
  const plan = await planErasure(db, on)
  const done: Plan = { cases: [], people: [], mails: 0 }
  for (const { id } of plan.cases) {
    const it = await alone(db, (trx) => eraseCase(trx, rules, { id, on, now }))
    if (it) done.cases.push(it)
  }
  if (plan.people.length > 0) {
    done.people = await alone(db, (trx) => erasePeople(trx, rules, { on, now }))
  }
  if (plan.mails > 0) done.mails = await alone(db, (trx) => oldMails(trx, rules, on).del())
  if (done.cases.length > 0 && !isPostgres(db)) {
    // What the search index has marked as gone is written over.
    await db.raw("insert into case_search(case_search) values('optimize')")
  }
  return done
}

const alone = <T>(db: Db, work: (trx: Db) => Promise<T>): Promise<T> =>
  inTransaction(db, async (trx) => {
    await lockName(trx, 'retention')
    return work(trx)
  })

type When = { on: string; now: string }

async function eraseCase(
  trx: Db,
  rules: Rules,
  { id, on, now }: When & { id: number },
): Promise<DueCase | null> {
  // Whoever moves the case now is waited for, and whoever writes in it waits.
  await lockRow(trx, 'applications', id)
  const it = await findDueCase(trx, rules, on, id)
  if (it?.kind === 'draft') {
    await recordDraftErasure(trx, it, now)
    await removeDraft(trx, id)
  } else if (it) await recordErasure(trx, it, now)
  return it
}

async function erasePeople(trx: Db, rules: Rules, { on, now }: When): Promise<DuePerson[]> {
  const people = await listDuePeople(trx, rules, on, new Set())
  for (const person of people) await recordPersonErasure(trx, person, now)
  return people
}
