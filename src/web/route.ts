import express from 'express'
import type { Request, Response, Router } from 'express'
import type { Role } from '../../workflows/vocabulary.ts'
import { hasRole } from '../shared/actor.ts'
import { NotAllowed } from '../shared/errors.ts'
import { actorOf } from './context.ts'
import { readUploads } from './uploads.ts'

/** Who may call a route at all. What they may do to one object is asked of the object. */
export type Access = 'anyone' | 'signedIn' | readonly Role[]

export type DeclaredRoute = {
  method: 'get' | 'post'
  path: string
  access: Access
  /** The fields in which it takes files. */
  files: readonly string[]
}

/** Every route with its access, in the order they were registered. */
export const declaredRoutes: DeclaredRoute[] = []

type Handler = (req: Request, res: Response) => void | Promise<void>

export function get(router: Router, path: string, access: Access, handler: Handler): void {
  declare(router, 'get', path, access, handler)
}

/** Reads forms with files, on the routes that say they take some, before anything is checked. */
export const uploadForms: Router = express.Router()

export function post(
  router: Router,
  path: string,
  access: Access,
  handler: Handler,
  { files = [] }: { files?: readonly string[] } = {},
): void {
  declare(router, 'post', path, access, handler, files)
}

/** The route that answers this path, if there is one. */
export const routeAt = (method: DeclaredRoute['method'], path: string) =>
  declaredRoutes.find(
    (r) => r.method === method && new RegExp(`^${r.path.replace(/:\w+/g, '[^/]+')}$`).test(path),
  )

/** Whether a form that is posted to this path may bring files. */
export const takesFiles = (path: string): boolean => (routeAt('post', path)?.files ?? []).length > 0

function declare(
  router: Router,
  method: 'get' | 'post',
  path: string,
  access: Access,
  handler: Handler,
  files: readonly string[] = [],
): void {
  if (!declaredRoutes.some((r) => r.method === method && r.path === path)) {
    declaredRoutes.push({ method, path, access, files })
    if (files.length > 0) uploadForms.post(path, readUploads(files))
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
