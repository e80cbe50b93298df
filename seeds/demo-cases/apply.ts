import type { Answers } from '../../workflows/application.questions.ts'
import { formSteps } from '../../workflows/application.questions.ts'
import { createDraft } from '../../src/applications/create-draft.ts'
import { saveAnswers } from '../../src/applications/save-answers.ts'
import type { ApplicationRow } from '../../src/db/tables.ts'
import { addDays, copenhagenDate } from '../../src/shared/danish.ts'
import { step } from './scenes.ts'
import type { Idea, Scene, Stage } from './story.ts'

/** A draft with what the applicant has got to write, and nothing more. */
export const begins: Scene = async (stage) => {
  const actor = await stage.actor(stage.story.applicant)
  stage.it.reference = await createDraft(stage.db, {
    actor,
    poolCode: stage.story.pool,
    organisationId: actor.memberships[0]?.organisationId ?? 0,
    now: stage.now,
  })
  const row = await rowOf(stage)
  stage.it.id = row.id
  stage.it.poolId = row.pool_id
  await writes(stage.story.idea)(stage)
}

/** Draft, answers, declaration and submission in one sitting. */
export const applies: Scene = async (stage) => {
  await begins(stage)
  await step(stage.story.applicant, 'submit')(stage)
}

/** More of the form, typed into what is there. */
export function writes(idea: Partial<Idea>): Scene {
  return async (stage) => {
    const actor = await stage.actor(stage.story.applicant)
    const typed = { ...stage.story.idea, ...idea }
    const { version } = await rowOf(stage)
    for (const [i, formStep] of formSteps.entries()) {
      await saveAnswers(stage.db, {
        actor,
        reference: stage.it.reference,
        step: formStep,
        typed: answersOf(typed, stage),
        version: version + i,
        now: stage.now,
      })
    }
  }
}

async function rowOf({ db, it }: Stage): Promise<ApplicationRow> {
  const row = await db<ApplicationRow>('applications').where({ reference: it.reference }).first()
  if (!row) throw new Error(`no case ${it.reference}`)
  return row
}

function answersOf({ starts, ends, ...texts }: Partial<Idea>, { now, story }: Stage): Answers {
  return {
    contactPhone: '12 34 56 78',
    ...texts,
    ...dateOf('startOn', starts, now),
    ...dateOf('endOn', ends, now),
    declaration: story.isDraft ? '' : 'yes',
  }
}

function dateOf(name: string, days: number | undefined, now: string): Answers {
  if (days === undefined) return {}
  const [year = '', month = '', day = ''] = addDays(copenhagenDate(now), days).split('-')
  return {
    [`${name}-day`]: String(Number(day)),
    [`${name}-month`]: String(Number(month)),
    [`${name}-year`]: year,
  }
}
