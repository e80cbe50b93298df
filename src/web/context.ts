import type { Request } from 'express'
import type { Config } from '../config.ts'
import type { Db } from '../db/connection.ts'
import type { Actor, Viewer } from '../shared/actor.ts'
import type { Clock } from '../shared/clock.ts'
import { NotFound } from '../shared/errors.ts'
import type { Logger } from '../shared/log.ts'
import type { Engine } from '../templates/engine.ts'

/** What the program is made of; tests put in their own clock and database. */
export type Deps = { db: Db; clock: Clock; config: Config; engine: Engine; log: Logger }

/** What one request knows: who asks, in which language, when. */
export type RequestContext = Deps & {
  viewer: Viewer
  now: string
  sessionId: string | null
  /** Whose session this browser had until it ran out: what it still sends is kept for that person. */
  pastSession: { id: string; personId: number } | null
  csrfToken: string
  /** The key of the posted form, for history lines; null when it had none. */
  requestKey: string | null
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

/** A word of the path (a reference, a code, an event). Throws NotFound when it cannot be one. */
export function param(req: Request, name: string): string {
  const value = req.params[name]

  if (typeof value !== 'string' || value.length > 200 || /[\u0000-\u001f]/.test(value)) {
    throw new NotFound()
  }
  return value
}

/** A row id of the path. Throws NotFound for anything that no row can have. */
export function idParam(req: Request, name = 'id'): number {
  const text = param(req, name)
  const id = Number(text)
  if (!/^[1-9]\d{0,9}$/.test(text) || id > 2_147_483_647) throw new NotFound()
  return id
}
