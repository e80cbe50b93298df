import type { Request, Response } from 'express'
import type { Role } from '../../workflows/vocabulary.ts'
import type { Actor } from '../shared/actor.ts'
import { hasRole } from '../shared/actor.ts'
import { paths } from '../shared/paths.ts'
import type { NavigationItem, Shell } from '../templates/engine.ts'
import { hasText, t } from '../templates/i18n.ts'
import { routeAt } from './route.ts'

/** Renders a page in its layout. */
export function show(
  req: Request,
  res: Response,
  view: string,
  page: object,
  options: { title: string; status?: number; here?: string },
): void {
  const { title, here = hereOf(req) } = options
  const html = req.context.engine.renderPage(view, page, shellOf(req, title, here))
  res
    .status(options.status ?? 200)
    .type('html')
    .send(html)
}

/** After a POST that succeeded: 303 to where the result is seen, with a word on what happened. */
export function seeOther(res: Response, path: string, notice?: string): void {
  const mark = path.includes('?') ? '&' : '?'
  res.redirect(303, notice === undefined ? path : `${path}${mark}besked=${notice}`)
}

function shellOf(req: Request, title: string, here: string): Shell {
  const { viewer, config, csrfToken } = req.context
  const key = `notice.${typeof req.query.besked === 'string' ? req.query.besked : ''}`
  return {
    lang: viewer.lang,
    title,
    csrfToken,
    person: viewer.actor ? { name: viewer.actor.name || viewer.actor.email } : null,
    navigation: navigationFor(viewer.actor, req),
    path: here,
    notice:
      /^notice\.[a-zA-Z]+$/.test(key) && hasText(viewer.lang, key) ? t(viewer.lang, key) : null,
    demo: config.mode === 'demo',
    authorityName: config.authorityName,
  }
}

/**
 * Where the language button leads back to: this page without its passing notice; after a form that
 * was refused, the page that the form stands on.
 */
function hereOf(req: Request): string {
  const [asked = '/', query = ''] = req.originalUrl.split('?')
  const path = req.method === 'POST' ? pageAbove(asked) : asked
  const kept = query.split('&').filter((part) => part !== '' && !part.startsWith('besked='))
  return kept.length > 0 ? `${path}?${kept.join('&')}` : path
}

/** The nearest address at or above this one that has a page. */
function pageAbove(path: string): string {
  return routeAt('get', path) ? path : pageAbove(path.replace(/\/[^/]*$/, '') || paths.front())
}

type Place = {
  role: Role | 'anyone' | 'signedIn' | 'demo' | 'official'
  path: string
  label: string
}

const places: Place[] = [
  { role: 'anyone', path: paths.front(), label: 'front' },
  { role: 'signedIn', path: paths.myPages(), label: 'mine' },
  { role: 'secretariat', path: paths.inbox(), label: 'inbox' },
  { role: 'official', path: paths.cases(), label: 'cases' },
  { role: 'reviewer', path: paths.reviews(), label: 'reviews' },
  { role: 'decisionMaker', path: paths.decisions(), label: 'decisions' },
  { role: 'finance', path: paths.payments(), label: 'payments' },
  { role: 'adviser', path: paths.advice(), label: 'advice' },
  { role: 'contributor', path: paths.contributors(), label: 'contributions' },
  { role: 'administrator', path: paths.administration(), label: 'administration' },
  { role: 'demo', path: paths.mailbox(), label: 'mailbox' },
]

const caseRoles = ['secretariat', 'decisionMaker', 'adviser', 'finance'] as const

function navigationFor(actor: Actor | null, req: Request): NavigationItem[] {
  const { config, viewer } = req.context
  const isShown = (role: (typeof places)[number]['role']) => {
    if (role === 'anyone') return true
    if (role === 'demo') return config.mode === 'demo'
    if (!actor) return false
    if (role === 'official') return caseRoles.some((r) => hasRole(actor, r))
    return role === 'signedIn' || hasRole(actor, role)
  }
  return places
    .filter(({ role }) => isShown(role))
    .map(({ path, label }) => ({
      href: path,
      label: t(viewer.lang, `layout.nav.${label}`),
      current:
        isAt(req.path, path) || (label === 'administration' && isAt(req.path, paths.mails())),
    }))
}

const isAt = (here: string, path: string) =>
  here === path || (path !== '/' && here.startsWith(`${path}/`))
