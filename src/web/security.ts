import express from 'express'
import type { NextFunction, Request, Response, Router } from 'express'
import helmet from 'helmet'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Config } from '../config.ts'

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

/**
 * In production there is one address, the one in the mails: whoever reads another name of this
 * machine is led there, and nothing is posted to it. The demo answers to localhost and 127.0.0.1.
 */
export function onlyOurHost(config: Pick<Config, 'mode' | 'baseUrl'>) {
  const { host, origin } = new URL(config.baseUrl)
  return (req: Request, res: Response, next: NextFunction): void => {
    if (config.mode !== 'production' || req.headers.host === host) return next()
    if (req.method === 'POST') {
      res.status(421).type('text').send('Misdirected Request')
      return
    }
    res.redirect(307, origin + (req.originalUrl.startsWith('/') ? req.originalUrl : '/'))
  }
}

/**
 * Pages are personal: no shared or disk cache keeps any answer, a refusal or a way on included,
 * unless it says so itself, as style and script do.
 */
export function keepNothing(_req: Request, res: Response, next: NextFunction): void {
  res.setHeader('Cache-Control', 'no-store')
  res.setHeader('Vary', 'Cookie, Accept-Language')
  next()
}

/** Only what forms use is let in. */
export function pageRules(req: Request, _res: Response, next: NextFunction): void {
  if (!['GET', 'HEAD', 'POST'].includes(req.method)) throw new WrongMethod()
  next()
}

function keepForADay(res: Response): void {
  res.setHeader('Cache-Control', 'public, max-age=86400')
  res.removeHeader('Vary')
}

/** Style, script and fonts, cached for a day. */
export function assets(): Router {
  const router = express.Router()
  const dkfds = path.dirname(path.dirname(createRequire(import.meta.url).resolve('dkfds')))
  const options = { index: false, redirect: false, setHeaders: keepForADay }
  router.use('/assets/dkfds', express.static(dkfds, options))
  const own = path.join(import.meta.dirname, '..', '..', 'views', 'assets')
  router.use('/assets/app', express.static(own, options))
  return router
}
