import type { Request, Response } from 'express'
import { Blocked, InvalidInput, Stale } from '../shared/errors.ts'
import { formatTime } from '../shared/danish.ts'
import { t } from '../templates/i18n.ts'
import { SignInNeeded } from './context.ts'

/** Whether the page sent its form by itself, while its person is still writing. */
export const isAutosave = (req: Request): boolean => req.get('x-autosave') === '1'

/** The form was saved: when, and the version that the page must send next. */
export function answerSaved(req: Request, res: Response, version: number): void {
  const { viewer, now } = req.context
  res.json({
    version,
    text: t(viewer.lang, 'autosave.saved', { time: formatTime(now, viewer.lang) }),
  })
}

/**
 * What could not be saved, in a sentence beside the text that is still on the page. `stop` tells the
 * page to leave the rest to its person: trying again by itself would not help.
 */
export function answerUnsaved(
  req: Request,
  res: Response,
  error: unknown,
  status: number,
  why: string,
): void {
  const { lang } = req.context.viewer
  const answer = (code: number, stop: boolean, text: string) =>
    res.status(code).json({ stop, text })
  if (error instanceof SignInNeeded) answer(401, true, t(lang, 'autosave.signedOut'))
  else if (error instanceof Stale) answer(409, true, t(lang, 'autosave.stale'))
  else if (error instanceof Blocked || error instanceof InvalidInput) {
    answer(status, error instanceof Blocked, t(lang, 'autosave.refused', { why }))
  } else {
    const stop = status < 500 && status !== 429
    answer(status, stop, t(lang, stop ? 'autosave.stopped' : 'autosave.failed'))
  }
}
