import type { NextFunction, Request, Response } from 'express'
import { keepForm } from '../people/keep-form.ts'
import { paths } from '../shared/paths.ts'
import { isAutosave } from './autosave.ts'
import { bodyOf } from './context.ts'

/**
 * A form that is sent after the session ran out, from a page of that very session (the token was
 * checked just before), is kept for its person and shown again after sign-in. Nothing else is done
 * with it, and nobody without a former session can have anything kept. What a page saves by itself is
 * not kept: its person has not sent it, and is told.
 */
export async function keepTyped(req: Request, res: Response, next: NextFunction): Promise<void> {
  const { db, now, pastSession } = req.context
  if (req.method !== 'POST' || pastSession === null || isAboutSession(req.path)) return next()
  if (isAutosave(req)) return next()
  const { requestKey: _key, ...typed } = bodyOf(req)
  const { personId } = pastSession
  const id = await keepForm(db, { personId, path: req.originalUrl, typed, now })
  res.redirect(303, paths.signIn(paths.keptForm(id)))
}

/** Forms that lead back in, or stand on every page: nothing typed in them can be lost. */
const isAboutSession = (path: string): boolean =>
  path === paths.signOut() ||
  path === paths.language() ||
  path === paths.signIn() ||
  path.startsWith(`${paths.signIn()}/`)
