import express from 'express'
import type { NextFunction, Request, Response, Router } from 'express'
import helmet from 'helmet'
import { createRequire } from 'node:module'
import path from 'node:path'

/** A method that no page has: 405. */
export class WrongMethod extends Error {
  override readonly name = 'WrongMethod'
}

/** Everything comes from here, nothing inline, nobody frames us. */
export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'same-origin' },
})

/** Pages are personal: no shared or disk cache keeps them. Only what forms use is let in. */
export function pageRules(req: Request, res: Response, next: NextFunction): void {
  res.setHeader('Cache-Control', 'no-store')
  if (!['GET', 'HEAD', 'POST'].includes(req.method)) throw new WrongMethod()
  next()
}

/** Style, script and fonts, cached for a day. */
export function assets(): Router {
  const router = express.Router()
  const dkfds = path.dirname(path.dirname(createRequire(import.meta.url).resolve('dkfds')))
  const options = { maxAge: '1d', index: false, redirect: false }
  router.use('/assets/dkfds', express.static(dkfds, options))
  const own = path.join(import.meta.dirname, '..', '..', 'views', 'assets')
  router.use('/assets/app', express.static(own, options))
  return router
}
