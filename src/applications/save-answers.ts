import { isDeepStrictEqual } from 'node:util'
import type { Answers, FormStep } from '../../workflows/application.questions.ts'
import { questionsOf } from '../../workflows/application.questions.ts'
import { permits } from '../../workflows/lifecycle.ts'
import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { ApplicationRow, PersonRow } from '../db/tables.ts'
import type { Actor } from '../shared/actor.ts'
import { mayOnlyLook, rolesInCase } from '../shared/actor.ts'
import { checkAnswers, searchText, textOf } from '../shared/answers.ts'
import { sortKey } from '../shared/danish.ts'
import { Blocked, NotAllowed, Stale } from '../shared/errors.ts'
import { getCase } from './queries.ts'

/**
 * Saves one step of a draft exactly as it was typed, with anything missing or wrong in it; returns
 * the version it has now. The very same text again is saved already, whatever version it was typed
 * over: an answer that was lost on the way is no conflict. Throws NotFound, NotAllowed, Blocked when
 * it is no draft any more, Stale when another tab or person saved something else meanwhile.
 */
export async function saveAnswers(
  db: Db,
  s: {
    actor: Actor
    reference: string
    step: FormStep
    typed: Answers
    version: number
    now: string
  },
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const { application, pool, organisation } = await getCase(trx, s.actor, s.reference)
    const roles = rolesInCase(s.actor, application)
    if (mayOnlyLook(s.actor, organisation.id)) throw new NotAllowed()
    // The secretariat only ever gets this far in what it writes in for somebody.
    if (!roles.includes('applicant') && !roles.includes('secretariat')) throw new NotAllowed()
    if (!permits('application', application.status, 'editable')) {
      throw new Blocked('form.noDraft')
    }
    const stored = JSON.parse(application.answers) as Answers
    const answers = { ...stored, ...answersOf(s.step, s.typed) }
    if (s.version !== application.version && isDeepStrictEqual(stored, answers)) {
      return application.version
    }
    const title = textOf(answers, 'title').slice(0, 200)
    const checked = checkAnswers(answers, pool)
    const contact = await trx<PersonRow>('people')
      .where({ id: application.contact_id })
      .first('name')
    const changed = await trx<ApplicationRow>('applications')
      .where({ id: application.id, version: s.version })
      .update({
        answers: JSON.stringify(answers),
        title,
        sort_key: sortKey(title),
        search_text: searchText(application.reference, organisation, contact?.name ?? '', answers),
        requested_ore: checked.requestedOre,
        own_de_minimis_ore: checked.deMinimisOre,
        saved_at: s.now,
        version: s.version + 1,
      })
    if (changed === 0) {
      throw new Stale({ status: application.status, version: application.version })
    }
    return s.version + 1
  })
}

/** This step's fields; a box that was left unticked is not sent, and is therefore empty. */
function answersOf(step: FormStep, typed: Answers): Answers {
  return Object.fromEntries(
    questionsOf(step).flatMap((q) => {
      const names =
        q.kind === 'date' ? ['day', 'month', 'year'].map((part) => `${q.name}-${part}`) : [q.name]
      return names.map((name) => [name, typed[name] ?? ''])
    }),
  )
}
