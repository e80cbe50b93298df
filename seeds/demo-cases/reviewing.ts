import type { ReviewRow } from '../../src/db/case-tables.ts'
import { listCriteriaAt } from '../../src/pools/queries.ts'
import { advanceReview } from '../../src/reviews/advance-review.ts'
import { inviteReviewer } from '../../src/reviews/invite-reviewer.ts'
import type { Asked } from '../../src/shared/asked.ts'
import { all, common, handles, step } from './scenes.ts'
import type { Entry, Scene } from './story.ts'

/** One reviewer's points, in the order of the pool's criteria, and a word on the whole. */
export type Verdict = readonly [reviewer: string, points: readonly number[], comment: string]

export const reviewerKey = (unit: string) => `bedoemmer-${unit}`

export function invites(handler: string, unit: string): Scene {
  return async (stage) => {
    await inviteReviewer(stage.db, {
      ...common(stage),
      actor: await stage.actor(handler),
      reference: stage.it.reference,
      reviewerId: (await stage.actor(reviewerKey(unit))).personId,
    })
  }
}

/** A step of this reviewer's review, taken by the reviewer unless somebody else is named. */
export function review(
  unit: string,
  event: string,
  more: { points?: readonly number[]; comment?: string; asked?: Asked; by?: string } = {},
): Scene {
  return async (stage) => {
    const reviewer = await stage.actor(reviewerKey(unit))
    const row = await stage
      .db<ReviewRow>('reviews')
      .where({ application_id: stage.it.id, reviewer_id: reviewer.personId })
      .orderBy('id', 'desc')
      .first('id')
    const { points } = more
    const criteria = points
      ? await listCriteriaAt(stage.db, stage.it.poolId, common(stage).now)
      : []
    await advanceReview(stage.db, {
      ...common(stage),
      id: row?.id ?? 0,
      event,
      actor: more.by === undefined ? reviewer : await stage.actor(more.by),
      version: null,
      asked: more.asked ?? {},
      ...(points
        ? {
            scoring: {
              scores: criteria
                .slice(0, points.length)
                .map((c, i) => ({ criterionId: c.id, score: points[i] ?? 0, comment: '' })),
              unscored: {},
              comment: more.comment ?? '',
            },
          }
        : {}),
    })
  }
}

/** A whole review from `day`: handler, invitations, points from everybody, closed with the last. */
export function reviewed(day: number, handler: string, verdicts: readonly Verdict[]): Entry[] {
  const units = verdicts.map(([unit]) => unit)
  return [
    [day, all(handles(handler), ...units.map((unit) => invites(handler, unit)))],
    [day + 2, all(...units.map((unit) => review(unit, 'acceptReview')))],
    [day + 3, step(handler, 'startReview')],
    ...verdicts.map(([unit, points, comment], i): Entry => [
      day + 7 + 2 * i,
      review(unit, 'submitReview', { points, comment }),
    ]),
    [day + 5 + 2 * verdicts.length, step(handler, 'completeReview')],
  ]
}
