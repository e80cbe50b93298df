import type { NextFunction, Request, Response } from 'express'
import { keyedHash, sameText } from '../shared/secrets.ts'
import { bodyOf } from './context.ts'

export const csrfTokenFor = (secret: string, who: string): string => keyedHash(secret, 'csrf', who)

/** A POST came without the token of this session: 403, with what was typed. */
export class BadCsrf extends Error {
  override readonly name = 'BadCsrf'
}

/** Every POST carries the token of the very session it is made in. */
export function checkCsrf(req: Request, _res: Response, next: NextFunction): void {
  if (req.method !== 'POST') return next()
  const body = bodyOf(req)
  const { _csrf: given, ...rest } = body
  req.body = rest
  if (typeof given !== 'string' || !sameText(given, req.context.csrfToken)) throw new BadCsrf()
  next()
}
