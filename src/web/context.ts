import type { Request } from 'express'
import type { Config } from '../config.ts'
import type { Db } from '../db/connection.ts'
import type { Actor, Viewer } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import type { Logger } from '../shared/log.ts'
import type { Engine } from '../templates/engine.ts'

/** What the program is made of; tests put in their own clock and database. */
export type Deps = { db: Db; clock: Clock; config: Config; engine: Engine; log: Logger }

/** What one request knows: who asks, in which language, when. */
export type RequestContext = Deps & {
  viewer: Viewer
  now: string
  sessionId: string | null
  csrfToken: string
}

declare module 'express-serve-static-core' {
  interface Request {
    context: RequestContext
  }
}

/** A page that needs somebody signed in was asked for by nobody: 303 to the sign-in page. */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded'
}

/** The signed-in person; throws SignInNeeded. */
export function actorOf(req: Request): Actor {
  const { actor } = req.context.viewer
  if (!actor) throw new SignInNeeded()
  return actor
}

/** A posted body's field names and values: urlencoded bodies have no deeper shape. */
export function bodyOf(req: Request): Record<string, string | string[]> {
  return (req.body ?? {}) as Record<string, string | string[]>
}

/** A value of the path; never an array in our routes. */
export function param(req: Request, name: string): string {
  const value = req.params[name]
  return typeof value === 'string' ? value : ''
}
