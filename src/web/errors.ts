import type { NextFunction, Request, Response } from 'express'
import { statusLabel } from '../../workflows/lifecycle.ts'
import type { Lang } from '../shared/actor.ts'
import { Blocked, InvalidInput, NotAllowed, NotFound, Stale } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { hasText, t } from '../templates/i18n.ts'
import type { TextParams } from '../templates/i18n.ts'
import { answerUnsaved, isAutosave } from './autosave.ts'
import { bodyOf, SignInNeeded } from './context.ts'
import { BadCsrf } from './csrf.ts'
import { TooMany } from './rate-limit.ts'
import { SameKeyOtherBody } from './request-key.ts'
import { routeOf } from './request-log.ts'
import { seeOther, show } from './respond.ts'
import { WrongMethod } from './security.ts'

export function notFound(): void {
  throw new NotFound()
}

/** Every refusal becomes a page that says what happened and what to do; the rest is ours: 500. */
export function answerErrors(
  error: unknown,
  req: Request,
  res: Response,
  next: NextFunction,
): void {
  if (res.headersSent) return next(error)
  // A request that broke before anything was known of it: an address that cannot be read.
  if (!('context' in req)) {
    res
      .status(statusFrom(error) ?? 500)
      .type('text')
      .send('Bad Request')
    return
  }
  const { lang } = req.context.viewer
  const known = describe(error)
  if (!known && !(error instanceof SignInNeeded)) {
    const { request } = res.locals as { request?: string }
    req.context.log.error({ err: error, request, route: routeOf(req) }, 'request failed')
  }
  const { status, name } = known ?? { status: 500, name: 'server' }
  if (status === 405) res.setHeader('Allow', 'GET, HEAD, POST')
  if (isAutosave(req)) return answerUnsaved(req, res, error, status, textOf(error, name, req))
  if (error instanceof SignInNeeded) {
    return seeOther(res, paths.signIn(req.method === 'POST' ? paths.myPages() : req.originalUrl))
  }
  const title = t(lang, `errors.${name}.title`)
  show(
    req,
    res,
    'errors/error',
    {
      title,
      text: textOf(error, name, req),
      current: error instanceof Stale ? currentOf(error, req) : '',
      typed: keepsTyped(name) ? typedIn(req, lang) : [],
      back: error instanceof Stale || error instanceof Blocked ? placeOf(req) : '',
    },
    { title, status },
  )
}

function describe(error: unknown): { status: number; name: string } | null {
  if (error instanceof NotFound) return { status: 404, name: 'notFound' }
  if (error instanceof NotAllowed) return { status: 403, name: 'notAllowed' }
  if (error instanceof Blocked) return { status: 409, name: 'blocked' }
  if (error instanceof Stale) return { status: 409, name: 'stale' }
  if (error instanceof InvalidInput) return { status: error.status, name: 'badRequest' }
  if (error instanceof BadCsrf) return { status: 403, name: 'csrf' }
  if (error instanceof TooMany) return { status: 429, name: 'tooMany' }
  if (error instanceof SameKeyOtherBody) return { status: 409, name: 'sameKey' }
  if (error instanceof WrongMethod) return { status: 405, name: 'method' }
  if (isUnstorable(error)) return { status: 400, name: 'badRequest' }
  const status = statusFrom(error)
  if (status === 503) return { status, name: 'busy' }
  if (status === 413) return { status, name: 'tooLarge' }
  if (status === 415) return { status, name: 'badRequest' }
  if (status !== null && status >= 400 && status < 500) return { status: 400, name: 'badRequest' }
  return null
}

/** PostgreSQL on a number or text that no column holds: bad input that came past every schema. */
const isUnstorable = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  ['22003', '22021', '22P02', '22P05'].includes(String(error.code))

function statusFrom(error: unknown): number | null {
  if (error instanceof URIError) return 400
  if (typeof error !== 'object' || error === null || !('status' in error)) return null
  return typeof error.status === 'number' ? error.status : null
}

function textOf(error: unknown, name: string, req: Request): string {
  const { lang } = req.context.viewer
  if (error instanceof Blocked) return textOrKey(lang, error.hint, error.params)
  if (error instanceof InvalidInput) {
    const texts = error.problems.map((p) => textOrKey(lang, p.message, p.params ?? {}))
    return [...new Set(texts)].join('. ')
  }
  return t(lang, `errors.${name}.text`)
}

function currentOf(error: Stale, req: Request): string {
  const { lang } = req.context.viewer
  const key = statusLabel('application', error.current?.status ?? '')
  return hasText(lang, key) ? t(lang, 'errors.now', { status: t(lang, key) }) : ''
}

/** A missing text must not turn a refusal into a fault; a test finds the missing ones. */
const textOrKey = (lang: Lang, key: string, params: TextParams): string =>
  hasText(lang, key, params) ? t(lang, key, params) : key

const keepsTyped = (name: string) =>
  [
    'csrf',
    'stale',
    'blocked',
    'server',
    'sameKey',
    'tooMany',
    'badRequest',
    'tooLarge',
    'busy',
  ].includes(name)

function typedIn(req: Request, lang: Lang): { name: string; value: string }[] {
  if (req.method !== 'POST') return []
  return Object.entries(bodyOf(req))
    .filter(([name]) => !unseen.includes(name))
    .map(([name, value]) => ({
      name: labelOf(name, lang),
      value: Array.isArray(value) ? value.join(', ') : value,
    }))
    .filter(({ value }) => value !== '')
}

/** What a form sends beside what was typed. */
const unseen = [
  '_csrf',
  'requestKey',
  'version',
  'code',
  'next',
  'videre',
  'tilbage',
  'person',
  'files-waiting',
]

/** A field by the words it had on its page, where it is one of ours. */
function labelOf(name: string, lang: Lang): string {
  const keys = ['form.question', 'steps.ask', 'reports.field', 'settings.field', 'errors.field']
  const [word = '', ofWhat] = name.split('-')
  const key = keys.map((area) => `${area}.${word}.label`).find((k) => hasText(lang, k))
  if (key === undefined) return name
  return ofWhat === undefined ? t(lang, key) : `${t(lang, key)} (${ofWhat})`
}

/** The page of what the request was about, where there is one to see how it is now. */
function placeOf(req: Request): string {
  const [, reference] = /^\/ansoegninger\/(KK-\d{4}-\d{4,})/.exec(req.path) ?? []
  if (reference !== undefined) return paths.application(reference)
  const [, pool] = /^\/administration\/puljer\/(\w+)/.exec(req.path) ?? []
  return pool === undefined ? '' : paths.poolSettings(pool)
}
