import type { NextFunction, Request, Response } from 'express'
import { claimRequest, findRequest, finishRequest, forgetRequest } from '../people/request-keys.ts'
import { sha256 } from '../shared/secrets.ts'
import { bodyOf } from './context.ts'

/** The same form was sent before with other content: 409. */
export class SameKeyOtherBody extends Error {
  override readonly name = 'SameKeyOtherBody'
}

/**
 * A form that is sent twice (a double click, a reload, a bad line) has one effect and gets the same
 * answer: the key that came with the form is claimed first, and remembers where the answer was.
 */
export async function onceOnly(req: Request, res: Response, next: NextFunction): Promise<void> {
  const { requestKey: key, ...body } = bodyOf(req)
  if (req.method !== 'POST' || typeof key !== 'string') return next()
  req.body = body
  if (!/^[0-9a-f-]{36}$/.test(key)) return next()
  const { db, sessionId, csrfToken, now } = req.context
  const who = sha256(sessionId ?? csrfToken)
  const bodyHash = sha256(JSON.stringify([req.path, Object.entries(body).sort()]))

  const claimed = await claimRequest(db, { key, who, bodyHash, now })
  if (!claimed) {
    const location = await answerOf(req, { key, who, bodyHash })
    if (location !== null) {
      res.redirect(303, location)
      return
    }
  }
  const redirect = res.redirect.bind(res)
  res.redirect = ((status: number, location: string) => {
    finishRequest(db, { key, who, location })
      .then(() => redirect(status, location))
      .catch(next)
  }) as typeof res.redirect
  res.on('finish', () => {
    if (res.statusCode < 300 || res.statusCode >= 400) {
      forgetRequest(db, { key, who }).catch(() => undefined)
    }
  })
  next()
}

async function answerOf(
  req: Request,
  asked: { key: string; who: string; bodyHash: string },
): Promise<string | null> {
  for (let tries = 0; tries < 100; tries += 1) {
    const known = await findRequest(req.context.db, asked)
    if (!known) return null
    if (known.body_hash !== asked.bodyHash) throw new SameKeyOtherBody()
    if (known.location !== null) return known.location
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return null
}
