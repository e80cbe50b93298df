import express from 'express'
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { mail as machine } from '../../workflows/mail.machine.ts'
import { choicesFor } from '../../workflows/lifecycle.ts'
import { maxAttempts } from '../shared/backoff.ts'
import { NotFound } from '../shared/errors.ts'
import { isMailAddress } from '../shared/mail-address.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, param } from '../web/context.ts'
import { show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import { showStep, takeStep } from '../web/step.ts'
import type { StepView } from '../web/step.ts'
import { advanceMail } from './advance-mail.ts'
import { isSecret, mailboxMailPage, mailboxPage, mailPage, mailsPage } from './pages.ts'
import type { MailboxOf } from './queries.ts'
import { getMail, getMailboxMail, rolesForMail } from './queries.ts'
import { sampleMail, templatePage, templatesPage } from './templates-page.ts'

const officials = ['administrator', 'secretariat'] as const

/** The mails: the demo's mailbox for everybody, the outbox for officials. */
export function outboxRoutes(): Router {
  const router = express.Router()
  mailbox(router)
  templates(router)
  mails(router)
  return router
}

function mailbox(router: Router): void {
  get(router, '/postkasse', 'anyone', async (req, res) => {
    const { db, viewer } = req.context
    const page = await mailboxPage(db, whoseMailbox(req), viewer.lang)
    show(req, res, 'outbox/mailbox', page, { title: t(viewer.lang, 'outbox.mailbox') })
  })

  get(router, '/postkasse/:id', 'anyone', async (req, res) => {
    const { db, viewer, config } = req.context
    const whose = mailboxOrNotFound(req)
    const mail = await getMailboxMail(db, whose, idOf(req))
    const page = mailboxMailPage(mail, whose, viewer, config.baseUrl)
    show(req, res, 'outbox/letter', page, { title: mail.subject })
  })

  get(router, '/postkasse/:id/html', 'anyone', async (req, res) => {
    const mail = await getMailboxMail(req.context.db, mailboxOrNotFound(req), idOf(req))
    sendFramed(res, mail.html)
  })
}

function templates(router: Router): void {
  get(router, '/mails/skabeloner', officials, (req, res) => {
    const { viewer, config } = req.context
    const page = templatesPage(viewer.lang, config.baseUrl, config.authorityName)
    show(req, res, 'outbox/templates', page, { title: t(viewer.lang, 'outbox.templates') })
  })

  get(router, '/mails/skabeloner/:lang/:template', officials, (req, res) => {
    const { viewer, config } = req.context
    const of = { lang: param(req, 'lang'), template: param(req, 'template') }
    const page = templatePage(viewer.lang, of, config.baseUrl, config.authorityName)
    show(req, res, 'outbox/template', page, { title: page.subject })
  })

  get(router, '/mails/skabeloner/:lang/:template/html', officials, (req, res) => {
    sendFramed(res, sampleOf(req).html)
  })
}

function mails(router: Router): void {
  get(router, '/mails', officials, async (req, res) => {
    const { db, viewer } = req.context
    const page = await mailsPage(db, actorOf(req), viewer, filterOf(req))
    show(req, res, 'outbox/index', page, { title: t(viewer.lang, 'outbox.title') })
  })

  get(router, '/mails/:id', officials, async (req, res) => {
    const { db, viewer, config } = req.context
    const actor = actorOf(req)
    const mail = await getMail(db, actor, idOf(req))
    const page = mailPage(mail, actor, viewer, config.baseUrl)
    show(req, res, 'outbox/show', page, { title: mail.subject })
  })

  get(router, '/mails/:id/html', officials, async (req, res) => {
    const mail = await getMail(req.context.db, actorOf(req), idOf(req))
    if (isSecret(mail)) throw new NotFound()
    sendFramed(res, mail.html)
  })

  get(router, '/mails/:id/trin/:event', officials, async (req, res) => {
    const step = await stepOf(req)
    if (!step) throw new NotFound()
    showStep(req, res, step)
  })

  post(router, '/mails/:id/trin/:event', officials, async (req, res) => {
    const { db, now } = req.context
    const [id, event, actor] = [idOf(req), param(req, 'event'), actorOf(req)]
    const take = (asked: { reason?: string }, version: number) =>
      advanceMail(db, { id, event, actor, version, reason: asked.reason ?? null, now })
    await takeStep(req, res, await stepOf(req), take, { path: paths.mail(id), notice: 'done' })
  })
}

async function stepOf(req: Request): Promise<StepView | null> {
  const actor = actorOf(req)
  const mail = await getMail(req.context.db, actor, idOf(req))
  const facts = {
    isConflicted: false,
    attempts: mail.attempts,
    maxAttempts,
    isRefused: false,
  }
  const choice = choicesFor(machine, mail.status, facts, rolesForMail(actor, mail)).find(
    (c) => c.event === param(req, 'event'),
  )
  if (!choice) return null
  return {
    machine: 'mail',
    event: choice.event,
    asks: choice.asks,
    blockedHint: choice.blockedHint,
    about: `${mail.subject} – ${mail.to_address}`,
    action: paths.mailEvent(mail.id, choice.event),
    back: paths.mail(mail.id),
    version: mail.version,
  }
}

/** In the demo, one's own mailbox; signed out, the codes sent to the address that is asked for. */
function whoseMailbox(req: Request): MailboxOf | null {
  const { config, viewer } = req.context
  if (config.mode !== 'demo') throw new NotFound()
  const { adresse } = req.query
  if (typeof adresse === 'string' && isMailAddress(adresse.trim())) {
    return { signInAddress: adresse.trim().toLowerCase() }
  }
  const { actor } = viewer
  return actor ? { personId: actor.personId, email: actor.email } : null
}

function mailboxOrNotFound(req: Request): MailboxOf {
  const whose = whoseMailbox(req)
  if (!whose) throw new NotFound()
  return whose
}

function idOf(req: Request): number {
  const id = param(req, 'id')
  if (!/^[1-9]\d{0,8}$/.test(id)) throw new NotFound()
  return Number(id)
}

function filterOf(req: Request) {
  const { status, side } = req.query
  const page = typeof side === 'string' && /^[1-9]\d{0,4}$/.test(side) ? Number(side) : 1
  const known = z.enum(machine.statuses as [string, ...string[]]).safeParse(status)
  return { status: known.success ? known.data : null, page }
}

function sampleOf(req: Request) {
  const { config } = req.context
  return sampleMail(
    param(req, 'template'),
    param(req, 'lang'),
    config.baseUrl,
    config.authorityName,
  )
}

/** A mail's own HTML, alone in a sandbox: its inline styles work, nothing else does. */
function sendFramed(res: Response, html: string): void {
  res.setHeader(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
  )
  res.type('html').send(html)
}
