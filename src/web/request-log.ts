import { randomBytes } from 'node:crypto'
import type { NextFunction, Request, Response } from 'express'
import { keyedHash } from '../shared/secrets.ts'
import type { Deps } from './context.ts'

/**
 * One line for each request at level info: which route, how it went and how long it took. Who asked
 * is a keyed hash: lines of one person can be followed, and say nothing without our secret.
 */
export function logRequests({ log, config }: Pick<Deps, 'log' | 'config'>) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const id = randomBytes(8).toString('hex')
    res.locals.request = id // a fault on the way says the same
    if (!log.isLevelEnabled('info')) return next()
    const began = performance.now()
    res.once('close', () => {
      const personId = 'context' in req ? req.context.viewer.actor?.personId : undefined
      log.info(
        {
          request: id,
          actor: personId === undefined ? null : hashOf(config.sessionSecret, personId),
          method: req.method,
          route: routeOf(req),
          status: res.writableFinished ? res.statusCode : 499, // the other side went away
          ms: Math.round(performance.now() - began),
        },
        'request',
      )
    })
    next()
  }
}

const hashOf = (secret: string, personId: number): string =>
  keyedHash(secret, 'log', String(personId)).slice(0, 16)

/** The route's pattern, never the address: that may hold a case, a code, a search. */
export function routeOf(req: Request): string {
  const { route } = req as { route?: { path?: unknown } }
  if (typeof route?.path === 'string') return route.path
  return req.originalUrl.startsWith('/assets/') ? '/assets' : 'none'
}
