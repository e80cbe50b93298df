import { statusesWith } from '../../workflows/lifecycle.ts'
import type { Role } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import { copenhagenDate } from '../shared/danish.ts'

/** Who asks, and when (UTC ISO). */
export type CountsFor = { actorId: number | null; roles: readonly Role[]; now: string }

type Counts = {
  conflicts: number
  reviewers_ready: number
  reviews_submitted: number
  delegation_ore: number | null
  prepared_by: number | null
  recommended_ore: number | null
  took_part: number
  available_ore: number | null
  aid_ore: number | null
  information_overdue: number
  hearing_overdue: number
  acceptance_due: string | null
  advice_offer_due: string | null
  reminders_sent: number
  calls_made: number
  concept_reports: number
  final_reports: number
  instalments_left: number
  paid_ore: number
  open_order_ore: number | null
  returned_ore: number
  final_ore: number | null
  demanded_ore: number
  forgiven_ore: number
  plan_where: number
  plan_who: number
  own_tasks_open: number
  unanswered_notices: number
  reviewers_asked: number
  rounds_there: number
}

/** Everything a case's guards count or sum, in one statement; amounts in øre. */
export async function countAll(
  db: Db,
  id: number,
  who: CountsFor,
  year: number,
  poolId: number,
): Promise<Counts> {
  const me = who.actorId ?? -1
  const live = { application_id: id }
  const grant = () => db('grants').where(live).whereNull('ended_at').orderBy('id', 'desc').limit(1)
  const count = (table: string) => db(table).where(live).count()
  const lastDue = (kind: string) =>
    db('deadlines')
      .where({ ...live, kind })
      .max('due_at')
  const unanswered = (kind: string) =>
    count('information_requests')
      .where({ kind })
      .whereNull('answered_at')
      .andWhere('due_at', '<=', who.now)
  const delegatedRoles = who.roles.filter((r) => r === 'secretariat' || r === 'decisionMaker')
  const grantedAt = db('decisions')
    .where({ ...live, kind: 'grant' })
    .max('decided_at')
  const noticesSince = db('messages')
    .where({ ...live, side: 'applicant' })
    .max('id')
  const aidSince = `${Number(who.now.slice(0, 4)) - 3}${who.now.slice(4)}`
  const parts: Record<keyof Counts, ReturnType<Db['select']>> = {
    conflicts: count('reviews')
      .where({ reviewer_id: me })
      .whereIn('status', statusesWith('review', 'barred')),
    reviewers_ready: count('reviews').whereIn('status', statusesWith('review', 'ready')),
    reviews_submitted: count('reviews').whereIn('status', statusesWith('review', 'counted')),
    delegation_ore: db('delegations')
      .where({ pool_id: poolId, ended_at: null })
      .whereIn('role', delegatedRoles)
      .andWhere('valid_to', '>=', copenhagenDate(who.now))
      .max('limit_ore'),
    prepared_by: db('recommendations')
      .where(live)
      .orderBy('id', 'desc')
      .limit(1)
      .select('prepared_by'),
    recommended_ore: db('recommendations')
      .where({ ...live, outcome: 'grant' })
      .orderBy('id', 'desc')
      .limit(1)
      .select('amount_ore'),
    took_part: count('reviews')
      .where({ reviewer_id: me })
      .whereIn('status', [
        ...statusesWith('review', 'assessable'),
        ...statusesWith('review', 'counted'),
      ]),
    available_ore: db('pool_years').where({ pool_id: poolId, year }).select('available_ore'),
    aid_ore: db('grants as g')
      .join('decisions as d', 'd.id', 'g.decision_id')
      .join('applications as a', 'a.id', 'g.application_id')
      .whereIn('a.organisation_id', db('applications').where({ id }).select('organisation_id'))
      .whereNot('a.id', id)
      .whereNull('g.ended_at')
      .andWhere('d.decided_at', '>', aidSince)
      .whereNot('d.state_aid', 'no')
      .sum('g.amount_ore'),
    information_overdue: unanswered('information'),
    hearing_overdue: unanswered('hearing'),
    acceptance_due: lastDue('acceptanceDue'),
    advice_offer_due: lastDue('adviceOfferDue'),
    reminders_sent: db('outbox')
      .where({ ...live, event: 'deadline.acceptanceReminder' })
      .andWhere('created_at', '>', grantedAt)
      .countDistinct('created_at'),
    calls_made: count('tasks')
      .where({ kind: 'callApplicant' })
      .whereNotNull('done_at')
      .andWhere('created_at', '>', grantedAt),
    concept_reports: count('reports')
      .where({ kind: 'proofOfConcept' })
      .whereIn('status', statusesWith('report', 'accepted')),
    final_reports: count('reports')
      .where({ kind: 'final' })
      .whereIn('status', statusesWith('report', 'accepted')),
    instalments_left: count('instalments').whereIn(
      'status',
      statusesWith('instalment', 'unsettled'),
    ),
    paid_ore: db('instalments')
      .where(live)
      .whereIn('status', statusesWith('instalment', 'paidOut'))
      .select(db.raw('coalesce(sum(amount_ore), 0)')),
    open_order_ore: db('instalments')
      .where(live)
      .whereIn('status', statusesWith('instalment', 'inFlight'))
      .select(db.raw('coalesce(sum(amount_ore), 0)')),
    returned_ore: db('ledger_entries as e')
      .join('ledger_postings as p', 'p.id', 'e.posting_id')
      .where({ 'p.application_id': id, 'e.account': 'returned' })
      .select(
        db.raw(
          "coalesce(sum(case when e.side = 'credit' then e.amount_ore else -e.amount_ore end), 0)",
        ),
      ),
    final_ore: grant().select('final_ore'),
    demanded_ore: db('grants').where(live).select(db.raw('coalesce(max(demanded_ore), 0)')),
    forgiven_ore: db('grants').where(live).select(db.raw('coalesce(max(forgiven_ore), 0)')),
    plan_where: count('onward_items').where({ kind: 'where' }),
    plan_who: count('onward_items').where({ kind: 'who' }),
    own_tasks_open: count('onward_items')
      .where({ kind: 'task' })
      .whereNull('done_at')
      .whereNull('waiver_seen_at'),
    reviewers_asked: count('reviews').whereNotIn('status', [
      ...statusesWith('review', 'withdrawnFrom'),
      ...statusesWith('review', 'barred'),
    ]),
    rounds_there: db('rounds as r')
      .join('pool_moves as m', 'm.to_pool_id', 'r.pool_id')
      .where('m.application_id', id)
      .whereNull('m.answered_at')
      .andWhere('r.closes_at', '>=', who.now)
      .count(),
    unanswered_notices: count('messages')
      .where({ kind: 'adviceNotice' })
      .andWhere(
        (q) =>
          void q.where('id', '>', noticesSince).orWhereNotExists(
            db('messages')
              .where({ ...live, side: 'applicant' })
              .select('id'),
          ),
      ),
  }
  const row = await db
    .select(Object.entries(parts).map(([name, part]) => db.raw('(?) as ??', [part, name])))
    .first<Counts>()
  return row
}
