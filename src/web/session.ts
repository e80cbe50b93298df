import type { NextFunction, Request, Response } from 'express'
import { findActorBySession, findPastSession } from '../people/queries.ts'
import { endSession, startSession, touchSession } from '../people/session.ts'
import type { Lang } from '../shared/actor.ts'
import { nowIso } from '../shared/clock.ts'
import { randomToken, sha256 } from '../shared/secrets.ts'
import { isAutosave } from './autosave.ts'
import type { Deps } from './context.ts'
import { dropCookie, readCookie, setCookie } from './cookies.ts'
import { csrfTokenFor } from './csrf.ts'

const idleMs = 2 * 3_600_000
const touchMs = 5 * 60_000

/**
 * Finds out who asks, and in which language; writes at most one touch every few minutes. A page that
 * saves by itself is nobody at work: it keeps no session alive.
 */
export function withContext(deps: Deps) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const now = nowIso(deps.clock)
    req.context = {
      ...deps,
      now,
      sessionId: null,
      pastSession: null,
      csrfToken: '',
      requestKey: null,
      viewer: { actor: null, lang: languageOf(req, deps), now },
    }
    const token = readCookie(req, deps.config, 'session')
    const found =
      token === null
        ? undefined
        : await findActorBySession(deps.db, sha256(token), {
            now,
            idleSince: new Date(Date.parse(now) - idleMs).toISOString(),
          })
    const sessionId = found && token !== null ? sha256(token) : null
    const isOld = found !== undefined && Date.parse(now) - Date.parse(found.seenAt) > touchMs
    if (isOld && sessionId !== null && !isAutosave(req)) await touchSession(deps.db, sessionId, now)
    const past =
      token !== null && !found ? await findPastSession(deps.db, sha256(token)) : undefined
    const browser = browserOf(req, res, deps)
    const { context } = req
    context.sessionId = sessionId
    context.pastSession = past ?? null
    context.csrfToken = csrfTokenFor(
      deps.config.sessionSecret,
      sessionId ?? past?.id ?? `browser:${browser}`,
    )
    if (found) context.viewer = { actor: found.actor, lang: found.actor.language, now }
    next()
  }
}

/** A random mark for this browser, so that a mailed code works only where it was asked for. */
export function browserOf(req: Request, res: Response, deps: Deps): string {
  const known = readCookie(req, deps.config, 'browser')
  if (known !== null) return known
  const made = randomToken()
  setCookie(res, deps.config, 'browser', made, 400 * 86_400)
  req.headers.cookie = `${req.headers.cookie ?? ''}; ${deps.config.baseUrl.startsWith('https:') ? '__Host-' : ''}browser=${made}`
  return made
}

/** A new session under a new name: nothing from before the sign-in lives on in it. */
export async function beginSession(req: Request, res: Response, personId: number): Promise<void> {
  const { db, config, now, sessionId } = req.context
  if (sessionId !== null) await endSession(db, sessionId, now)
  const token = randomToken()
  await startSession(db, { id: sha256(token), personId, now })
  setCookie(res, config, 'session', token)
}

export async function finishSession(req: Request, res: Response): Promise<void> {
  const { db, config, now, sessionId } = req.context
  if (sessionId !== null) await endSession(db, sessionId, now)
  dropCookie(res, config, 'session')
}

function languageOf(req: Request, deps: Deps): Lang {
  const chosen = readCookie(req, deps.config, 'sprog')
  if (chosen === 'da' || chosen === 'en') return chosen
  return req.acceptsLanguages('da', 'en') === 'en' ? 'en' : 'da'
}
