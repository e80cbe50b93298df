import { metaOf, permits } from '../../workflows/lifecycle.ts'
import type { Role } from '../../workflows/vocabulary.ts'
import { caseworkPart } from '../casework/pages.ts'
import type { Db } from '../db/connection.ts'
import { findRecommendation } from '../decisions/queries.ts'
import { listPeopleWithRole } from '../people/queries.ts'
import { assessmentsOf } from '../reviews/pages.ts'
import type { Actor, Viewer } from '../shared/actor.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { answersPage } from './pages.ts'
import type { Case } from './queries.ts'
import { listOpenTasks } from './queries.ts'

/** What only the municipality's people see of a case: the recommendation, the reviews, the tasks. */
export async function officialPart(
  db: Db,
  it: Case,
  actor: Actor,
  viewer: Viewer,
  roles: Role[],
  facts: { availableOre: number; deMinimisRoomOre: number | null; reviewersReady: number },
) {
  const { application, pool } = it
  const { lang } = viewer
  const isSecretariat = roles.includes('secretariat')
  const recommendation = await findRecommendation(db, application.id)
  const isWaiting = permits('application', application.status, 'awaitsMunicipality')
  const { stage } = metaOf('application', application.status)
  const mayRecommend = isSecretariat && isWaiting && stage === 'decision'
  // Whoever pays or advises needs the decision, not who gave which score.
  const seesReviews = isSecretariat || roles.includes('decisionMaker')
  const assessments = seesReviews ? await assessmentsOf(db, it, actor, lang) : null
  const notToAsk = assessments?.notToAsk ?? []
  const reviewers = isSecretariat
    ? (await listPeopleWithRole(db, 'reviewer', pool.id)).filter((p) => !notToAsk.includes(p.id))
    : []
  const handlers = await listPeopleWithRole(db, 'secretariat', pool.id)
  const mayInvite = isSecretariat && isWaiting && stage !== 'decision' && reviewers.length > 0
  const isReviewed = (assessments?.reviews.length ?? 0) > 0
  const missing = pool.reviewers_required - (assessments?.asked ?? 0)
  return {
    isSecretariat,
    mayRecommend,
    needsRecommendation: mayRecommend && !recommendation,
    mayInvite,
    reviewersMissing:
      mayInvite && isReviewed && missing > 0
        ? t(lang, 'case.reviewersMissing', { count: missing })
        : '',
    answers: answersPage(it, lang).sections,
    availableOre: facts.availableOre,
    deMinimisRoomOre: facts.deMinimisRoomOre ?? 0,
    casework: await caseworkPart(db, it, viewer, handlers, isSecretariat),
    mayTake: isSecretariat && application.case_handler_id !== actor.personId,
    takerId: String(actor.personId),
    inviteAction: paths.inviteReviewer(application.reference),
    reviewers: reviewers.map((p) => ({ id: String(p.id), name: p.name })),
    assessments,
    tasks: (await listOpenTasks(db, application.id)).map((task) => ({
      text: t(lang, `case.task.${task.kind}`, { detail: task.detail }),
      action: paths.task(application.reference, task.id),
    })),
    recommendationLink: paths.recommendation(application.reference),
    recommendation: recommendation
      ? {
          outcome: t(lang, `case.recommendation.${recommendation.outcome}`),
          amountOre: recommendation.amount_ore,
          reasons: recommendation.reasons,
          conditions: recommendation.conditions,
          preparer: recommendation.preparer_name,
        }
      : null,
  }
}
