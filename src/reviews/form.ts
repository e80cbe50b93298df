import { z } from 'zod'
import type { CriterionRow } from '../db/tables.ts'
import { InvalidInput } from '../shared/errors.ts'
import type { Typed } from '../web/fields.ts'
import { optionalText, parseForm } from '../web/schemas.ts'
import type { Scoring } from './advance-review.ts'

/**
 * The scores of a review as typed: a draft may leave any out, a submitted one none. Throws
 * InvalidInput with a message at each criterion.
 */
export function readScoring(
  criteria: CriterionRow[],
  body: Typed,
  mustBeWhole: boolean,
): { scoring: Scoring; version: number } {
  const shape: Record<string, z.ZodType> = {
    version: z.coerce.number().int(),
    comment: optionalText(4000),
  }
  for (const { code } of criteria) {
    shape[`score-${code}`] = z
      .enum(['', '0', '1', '2', '3', '4', '5'], { error: 'fields.choose' })
      .default('')
    shape[`comment-${code}`] = optionalText(2000)
  }
  const value = parseForm(z.strictObject(shape), body) as Record<string, string> & {
    version: number
  }
  const unscored = criteria.filter((c) => value[`score-${c.code}`] === '')
  if (mustBeWhole && unscored.length > 0) {
    throw new InvalidInput(
      unscored.map((c) => ({ field: `score-${c.code}`, message: 'reviews.scoreMissing' })),
    )
  }
  return {
    version: value.version,
    scoring: {
      comment: value.comment ?? '',
      unscored: Object.fromEntries(
        unscored.flatMap((c) => {
          const words = value[`comment-${c.code}`] ?? ''
          return words === '' ? [] : [[c.code, words]]
        }),
      ),
      scores: criteria
        .filter((c) => value[`score-${c.code}`] !== '')
        .map((c) => ({
          criterionId: c.id,
          score: Number(value[`score-${c.code}`]),
          comment: value[`comment-${c.code}`] ?? '',
        })),
    },
  }
}
