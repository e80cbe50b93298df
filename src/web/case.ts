import type { Request } from 'express'
import type { Case } from '../applications/queries.ts'
import { getCase } from '../applications/queries.ts'
import { mayOnlyLook } from '../shared/actor.ts'
import { NotAllowed } from '../shared/errors.ts'
import { actorOf, param } from './context.ts'

/** The case that the path names, if this person may know of it; throws NotFound otherwise. */
export const caseOf = (req: Request): Promise<Case> =>
  getCase(req.context.db, actorOf(req), param(req, 'reference'))

/** The same, for those who write in it: throws NotAllowed for a member who may only look. */
export async function caseToWriteIn(req: Request): Promise<Case> {
  const it = await caseOf(req)
  if (mayOnlyLook(actorOf(req), it.organisation.id)) throw new NotAllowed()
  return it
}
