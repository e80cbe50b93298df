import { review as lifecycle } from '../../workflows/review.machine.ts'
import { choicesFor, metaOf, permits } from '../../workflows/lifecycle.ts'
import { answersPage } from '../applications/pages.ts'
import type { Case } from '../applications/queries.ts'
import type { ReviewRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { CriterionRow } from '../db/tables.ts'
import { scaleOf } from '../pools/pages.ts'
import { listCriteriaAt } from '../pools/queries.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { rolesInPool } from '../shared/actor.ts'
import { formatDate } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { FormError, Typed } from '../web/fields.ts'
import { fieldOf, savedText } from '../web/fields.ts'
import { reviewFacts } from './facts.ts'
import { listOwnReviews, listReviews, listScores } from './queries.ts'

/** What needs me now, by date, and what is done. */
export async function reviewListPage(db: Db, actor: Actor, lang: Lang) {
  const lines = (await listOwnReviews(db, actor)).map((r) => ({
    href: paths.review(r.id),
    reference: r.reference,
    title: r.title,
    organisation: r.organisation_name,
    due: formatDate(r.due_on, lang),
    status: t(lang, `lifecycle.review.status.${r.status}`),
    tone: metaOf('review', r.status).tone,
    waits: permits('review', r.status, 'live') && !permits('review', r.status, 'counted'),
  }))
  return { waiting: lines.filter((l) => l.waits), done: lines.filter((l) => !l.waits) }
}

/**
 * A reviewer's page of one case: the conflict question first and alone; then the application beside
 * the scores. Nobody else's score is on it, before or after.
 */
export async function reviewPage(
  db: Db,
  it: Case,
  row: ReviewRow,
  actor: Actor,
  viewer: Viewer,
  typed: Typed,
  errors: FormError[],
  isOvertaken = false,
) {
  const { lang } = viewer
  const facts = await reviewFacts(db, row, actor, viewer.now)
  const choices = choicesFor(lifecycle, row.status, facts, rolesInPool(actor, it.pool.id))
  const isScoring = permits('review', row.status, 'assessable')
  const may = (event: string) => choices.find((c) => c.event === event)
  const criteria = await listCriteriaAt(db, it.pool.id, it.round.opens_at)
  const scores = new Map((await listScores(db, [row.id])).map((s) => [s.criterion_id, s]))
  const unscored = JSON.parse(row.unscored) as Record<string, string>
  const stored: Record<string, string> = { comment: row.comment }
  for (const c of criteria) {
    const score = scores.get(c.id)
    stored[`score-${c.code}`] = score ? String(score.score) : ''
    stored[`comment-${c.code}`] = score?.comment ?? unscored[c.code] ?? ''
  }
  const values = { ...stored, ...typed }
  const isOpen = row.status === lifecycle.initial
  return {
    reference: it.application.reference,
    title: it.application.title,
    status: t(lang, `lifecycle.review.status.${row.status}`),
    tone: metaOf('review', row.status).tone,
    due: formatDate(row.due_on, lang),
    version: String(row.version),
    isInvited: isOpen,
    isScoring,
    waitsForStart:
      isScoring && may('submitReview')?.blockedHint?.endsWith('caseIsOpenForReview') === true,
    back: paths.reviews(),
    acceptAction: paths.reviewEvent(row.id, 'acceptReview'),
    declineAction: paths.reviewEvent(row.id, 'declineReview'),
    conflictAction: paths.reviewEvent(row.id, 'reportConflict'),
    saveAction: paths.reviewEvent(row.id, 'saveScores'),
    submitAction: paths.reviewEvent(row.id, 'submitReview'),
    mayReportConflict: may('reportConflict') !== undefined && !isOpen,
    reasonField: fieldOf(
      {
        name: 'reason',
        kind: 'textarea',
        label: t(lang, 'reviews.conflictReason'),
        hint: t(lang, 'reviews.conflictHint'),
        rows: 3,
      },
      values,
      errors,
    ),
    answers: isOpen ? [] : answersPage(it, lang).sections,
    organisation: it.organisation.name,
    criteria: criteria.map((c) => ({
      name: lang === 'da' ? c.name_da : c.name_en,
      help: lang === 'da' ? c.help_da : c.help_en,
      weight: String(c.weight),
      given: values[`score-${c.code}`] as string,
      comment: values[`comment-${c.code}`] as string,
      score: fieldOf(
        {
          name: `score-${c.code}`,
          kind: 'radio',
          label: `${lang === 'da' ? c.name_da : c.name_en} (${t(lang, 'reviews.weight', { weight: c.weight })})`,
          hint: lang === 'da' ? c.help_da : c.help_en,
          options: ['0', '1', '2', '3', '4', '5'].map((value) => ({
            value,
            label: t(lang, `reviews.scale.${value}`),
            hint: scaleOf(c, lang)[Number(value)] ?? '',
          })),
        },
        values,
        errors,
      ),
      why: fieldOf(
        {
          name: `comment-${c.code}`,
          kind: 'textarea',
          label: t(lang, 'reviews.why'),
          hint: '',
          optional: true,
          rows: 2,
        },
        values,
        errors,
      ),
    })),
    storedNow: isOvertaken ? differences(criteria, stored, values, lang) : [],
    saved: savedText(row.saved_at, lang),
    commentField: fieldOf(
      {
        name: 'comment',
        kind: 'textarea',
        label: t(lang, 'reviews.overall'),
        hint: t(lang, 'reviews.overallHint'),
        optional: true,
        rows: 4,
      },
      values,
      errors,
    ),
    comment: row.comment,
    errors,
  }
}

/** What is stored where something else was typed: to be read beside it. */
function differences(
  criteria: CriterionRow[],
  stored: Record<string, string>,
  typed: Typed,
  lang: Lang,
) {
  const named = criteria.flatMap((c) => {
    const name = lang === 'da' ? c.name_da : c.name_en
    return [
      [`score-${c.code}`, name],
      [`comment-${c.code}`, `${name}: ${t(lang, 'reviews.why')}`],
    ] as const
  })
  return [...named, ['comment', t(lang, 'reviews.overall')] as const]
    .filter(([field]) => stored[field] !== (typed[field] ?? ''))
    .map(([field, key]) => ({ key, value: stored[field] ?? '', change: '' }))
}

/** The reviews of a case as officials see them: who, how far, and the scores that are in. */
export async function assessmentsOf(db: Db, it: Case, actor: Actor, lang: Lang) {
  const rows = await listReviews(db, it.application.id)
  const counted = rows.filter((r) => permits('review', r.status, 'counted'))
  const isAsked = (r: ReviewRow) =>
    permits('review', r.status, 'live') && !permits('review', r.status, 'barred')
  const ownIsOpen = rows.some(
    (r) => r.reviewer_id === actor.personId && permits('review', r.status, 'assessable'),
  )
  const criteria = await listCriteriaAt(db, it.pool.id, it.round.opens_at)
  const scores = ownIsOpen
    ? []
    : await listScores(
        db,
        counted.map((r) => r.id),
      )
  return {
    /** Who takes part in the review now, and who may not be asked, again or at all. */
    asked: rows.filter(isAsked).length,
    notToAsk: rows
      .filter((r) => isAsked(r) || permits('review', r.status, 'barred'))
      .map((r) => r.reviewer_id),
    reviews: rows.map((r) => ({
      id: r.id,
      name: r.reviewer_name,
      status: t(lang, `lifecycle.review.status.${r.status}`),
      tone: metaOf('review', r.status).tone,
      due: formatDate(r.due_on, lang),
      conflict: r.conflict_reason ?? '',
      choices: officialChoices(r, it, lang),
    })),
    reviewers: counted.map((r) => r.reviewer_name),
    scores: ownIsOpen
      ? []
      : criteria.map((c) => ({
          name: lang === 'da' ? c.name_da : c.name_en,
          weight: c.weight,
          given: counted.map((r) =>
            String(
              scores.find((s) => s.review_id === r.id && s.criterion_id === c.id)?.score ?? '–',
            ),
          ),
        })),
    comments: ownIsOpen
      ? []
      : counted
          .filter((r) => r.comment !== '')
          .map((r) => ({ name: r.reviewer_name, text: r.comment })),
  }
}

/** What the secretariat can do about a review now. */
function officialChoices(row: ReviewRow, { application }: Case, lang: Lang) {
  const facts = {
    isConflicted: false,
    isOwnReview: false,
    caseIsAssessable: permits('application', application.status, 'assessable'),
    caseIsDecided:
      permits('application', application.status, 'decided') ||
      permits('application', application.status, 'ended'),
    criteriaMissing: 0,
    isOverdue: false,
  }
  return choicesFor(lifecycle, row.status, facts, ['secretariat'])
    .filter((c) => c.blockedHint === null)
    .map((c) => ({ label: t(lang, c.label), href: paths.reviewEvent(row.id, c.event) }))
}
