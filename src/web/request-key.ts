import type { NextFunction, Request, Response } from 'express'
import { claimRequest, findRequest, finishRequest, forgetRequest } from '../people/request-keys.ts'
import { Blocked } from '../shared/errors.ts'
import { sha256 } from '../shared/secrets.ts'
import { bodyOf } from './context.ts'
import { rawFilesOf } from './uploads.ts'

/** The same form was sent before with other content: 409. */
export class SameKeyOtherBody extends Error {
  override readonly name = 'SameKeyOtherBody'
}

const pauseMs = 50
const patienceMs = 5000

/**
 * A form that is sent twice (a double click, a reload, a bad line) has one effect and gets the same
 * answer: the key that came with the form is claimed first, and remembers where the answer was. One
 * that was refused frees its key. Throws Blocked when the first one takes too long to wait for.
 */
export async function onceOnly(req: Request, res: Response, next: NextFunction): Promise<void> {
  const { requestKey: key, ...body } = bodyOf(req)
  if (req.method !== 'POST' || typeof key !== 'string') return next()
  req.body = body
  if (!/^[0-9a-f-]{36}$/.test(key)) return next()
  const { context } = req
  const { db, now } = context
  const who = sha256(
    context.viewer.actor ? `person:${context.viewer.actor.personId}` : context.csrfToken,
  )
  const bodyHash = sha256(JSON.stringify([req.path, Object.entries(body).sort(), filesIn(req)]))

  for (let waited = 0; !(await claimRequest(db, { key, who, bodyHash, now })); waited += pauseMs) {
    const first = await findRequest(db, { key, who })
    if (first && first.body_hash !== bodyHash) throw new SameKeyOtherBody()
    if (first?.location) return res.redirect(303, first.location)
    if (waited >= patienceMs) throw new Blocked('errors.inProgress')
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  context.requestKey = key
  settleBeforeAnswering(res, (location) =>
    location === null ? forgetRequest(db, { key, who }) : finishRequest(db, { key, who, location }),
  )
  next()
}

/** Files by what is in them: another file under the same name is another form. */
const filesIn = (req: Request) => rawFilesOf(req).map((f) => [f.field, f.name, f.size, f.sha256])

/** Written before the answer leaves: whoever hears it and sends the form again finds it settled. */
function settleBeforeAnswering(
  res: Response,
  settle: (location: string | null) => Promise<void>,
): void {
  const end = res.end.bind(res) as (...args: unknown[]) => Response
  res.end = ((...args: unknown[]) => {
    const location = res.statusCode === 303 ? (res.get('Location') ?? null) : null
    settle(location)
      .catch((error: unknown) => {
        res.req.context.log.error({ err: error }, 'a request key was not settled')
      })
      .finally(() => end(...args))
    return res
  }) as typeof res.end
}
