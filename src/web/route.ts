import type { Request, Response, Router } from 'express'
import type { Role } from '../../workflows/vocabulary.ts'
import { hasRole } from '../shared/actor.ts'
import { NotAllowed } from '../shared/errors.ts'
import { actorOf } from './context.ts'

/** Who may call a route at all. What they may do to one object is asked of the object. */
export type Access = 'anyone' | 'signedIn' | readonly Role[]

export type DeclaredRoute = { method: 'get' | 'post'; path: string; access: Access }

/** Every route with its access, in the order they were registered. */
export const declaredRoutes: DeclaredRoute[] = []

type Handler = (req: Request, res: Response) => void | Promise<void>

export function get(router: Router, path: string, access: Access, handler: Handler): void {
  declare(router, 'get', path, access, handler)
}

export function post(router: Router, path: string, access: Access, handler: Handler): void {
  declare(router, 'post', path, access, handler)
}

function declare(
  router: Router,
  method: 'get' | 'post',
  path: string,
  access: Access,
  handler: Handler,
): void {
  if (!declaredRoutes.some((r) => r.method === method && r.path === path)) {
    declaredRoutes.push({ method, path, access })
  }
  router[method](path, async (req, res) => {
    assertAccess(req, access)
    await handler(req, res)
  })
}

function assertAccess(req: Request, access: Access): void {
  if (access === 'anyone') return
  const actor = actorOf(req)
  if (access !== 'signedIn' && !access.some((role) => hasRole(actor, role))) throw new NotAllowed()
}
