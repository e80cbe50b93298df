import type { Request } from 'express'
import type { Case } from '../applications/queries.ts'
import { getCase } from '../applications/queries.ts'
import { actorOf, param } from './context.ts'

/** The case that the path names, if this person may know of it; throws NotFound otherwise. */
export const caseOf = (req: Request): Promise<Case> =>
  getCase(req.context.db, actorOf(req), param(req, 'reference'))
