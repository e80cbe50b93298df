import type { NextFunction, Request, Response } from 'express'
import { keepForm } from '../people/keep-form.ts'
import { paths } from '../shared/paths.ts'
import { sha256 } from '../shared/secrets.ts'
import { bodyOf } from './context.ts'
import { readCookie } from './cookies.ts'

/**
 * A form that is sent after the session ran out is kept for the person whose session it was, and
 * shown again after sign-in. A cookie that never named a session keeps nothing.
 */
export async function keepTyped(req: Request, res: Response, next: NextFunction): Promise<void> {
  const { db, config, now, sessionId } = req.context
  const token = readCookie(req, config, 'session')
  if (req.method !== 'POST' || sessionId !== null || token === null) return next()
  const { _csrf, requestKey, ...typed } = bodyOf(req)
  const id = await keepForm(db, { sessionId: sha256(token), path: req.originalUrl, typed, now })
  if (id === null) return next()
  res.redirect(303, paths.signIn(paths.keptForm(id)))
}
