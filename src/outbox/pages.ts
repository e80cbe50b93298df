import { mail as machine } from '../../workflows/mail.machine.ts'
import { choicesFor, metaOf, statusLabel } from '../../workflows/lifecycle.ts'
import type { OutboxRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { Actor, Lang, Viewer } from '../shared/actor.ts'
import { maxAttempts } from '../shared/backoff.ts'
import { arrangeChoices } from '../shared/choices.ts'
import { formatDateTime } from '../shared/danish.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { MailboxOf, MailFilter, MailLine } from './queries.ts'
import { countMails, listMailbox, listMails, mailsPerPage, rolesForMail } from './queries.ts'

/** The built-in mailbox of the demo: a person's own mails, or the codes sent to an address. */
export async function mailboxPage(db: Db, whose: MailboxOf | null, lang: Lang) {
  const mails = whose ? await listMailbox(db, whose) : []
  const address = whose === null ? '' : 'email' in whose ? whose.email : whose.signInAddress
  return {
    address,
    isOwn: whose !== null && 'email' in whose,
    asks: whose === null,
    mails: mails.map((m) => ({
      subject: m.subject,
      when: formatDateTime(m.created_at, lang),
      href: inMailbox(paths.mailboxMail(m.id), whose),
    })),
  }
}

/** One mail of the mailbox as its reader gets it. */
export const mailboxMailPage = (m: OutboxRow, whose: MailboxOf, viewer: Viewer, base: string) => ({
  ...letterOf(m, viewer.lang, base),
  back: inMailbox(paths.mailbox(), whose),
  html: inMailbox(paths.mailboxHtml(m.id), whose),
})

const inMailbox = (path: string, whose: MailboxOf | null): string =>
  whose && 'signInAddress' in whose
    ? `${path}?adresse=${encodeURIComponent(whose.signInAddress)}`
    : path

/** Every mail with its state, newest first: what was sent, what waits, what never arrived. */
export async function mailsPage(db: Db, actor: Actor, viewer: Viewer, filter: MailFilter) {
  const { lang } = viewer
  const counts = await countMails(db, actor)
  const mails = await listMails(db, actor, filter)
  const total = counts
    .filter(({ status }) => filter.status === null || status === filter.status)
    .reduce((sum, { count }) => sum + count, 0)
  return {
    dead: counts.find(({ status }) => status === 'dead')?.count ?? 0,
    templates: paths.mailTemplates(),
    filters: [
      { text: t(lang, 'outbox.all'), status: null, count: sumOf(counts) },
      ...counts.map(({ status, count }) => ({
        text: t(lang, statusLabel('mail', status)),
        status,
        count,
      })),
    ].map((f) => ({
      text: f.text,
      count: f.count,
      href: listHref({ status: f.status, page: 1 }),
      isCurrent: f.status === filter.status,
    })),
    mails: mails.map((m) => ({
      id: String(m.id),
      href: paths.mail(m.id),
      subject: m.subject,
      to: m.to_address,
      when: formatDateTime(m.created_at, lang),
      status: statusOf(m, lang),
      error: m.last_error ?? '',
    })),
    previous: filter.page > 1 ? listHref({ ...filter, page: filter.page - 1 }) : '',
    next: filter.page * mailsPerPage < total ? listHref({ ...filter, page: filter.page + 1 }) : '',
    items: [],
  }
}

const sumOf = (counts: { count: number }[]) => counts.reduce((sum, { count }) => sum + count, 0)

function listHref({ status, page }: MailFilter): string {
  const query = new URLSearchParams()
  if (status !== null) query.set('status', status)
  if (page > 1) query.set('side', String(page))
  return query.size === 0 ? paths.mails() : `${paths.mails()}?${query.toString()}`
}

const statusOf = (m: OutboxRow, lang: Lang) => ({
  text: t(lang, statusLabel('mail', m.status)),
  tone: metaOf('mail', m.status).tone,
})

/** A code for signing in is for its reader only, whoever else may see that it was sent. */
export const isSecret = (m: OutboxRow): boolean => m.template === 'sign-in'

/** One mail as officials see it: where it stands, what it says, what can be done about it. */
export function mailPage(m: MailLine, actor: Actor, viewer: Viewer, base: string) {
  const { lang } = viewer
  const secret = isSecret(m)
  const facts = { isConflicted: false, attempts: m.attempts, maxAttempts, isRefused: false }
  const time = (iso: string | null) => (iso === null ? '' : formatDateTime(iso, lang))
  return {
    ...letterOf(m, lang, base),
    text: secret ? '' : m.text,
    link: '',
    secret,
    back: paths.mails(),
    html: paths.mailHtml(m.id),
    status: statusOf(m, lang),
    error: m.last_error ?? '',
    rows: [
      { key: t(lang, 'outbox.to'), value: m.to_address },
      { key: t(lang, 'outbox.case'), value: m.reference ?? '' },
      { key: t(lang, 'outbox.template'), value: m.template },
      { key: t(lang, 'outbox.created'), value: time(m.created_at) },
      { key: t(lang, 'outbox.sent'), value: time(m.sent_at) },
      { key: t(lang, 'outbox.attempts'), value: String(m.attempts) },
      {
        key: t(lang, 'outbox.nextTry'),
        value: m.status === 'retrying' ? time(m.next_at) : '',
      },
      { key: t(lang, 'outbox.messageId'), value: m.message_id },
    ]
      .filter((row) => row.value !== '')
      .map((row) => ({ ...row, change: '' })),
    choices: arrangeChoices(
      choicesFor(machine, m.status, facts, rolesForMail(actor, m))
        .filter((c) => !(secret && c.event === 'resend'))
        .map((c) => ({
          label: t(lang, c.label),
          href: paths.mailEvent(m.id, c.event),
          blockedHint: c.blockedHint === null ? '' : t(lang, c.blockedHint),
          place: c.place,
        })),
    ),
  }
}

function letterOf(m: OutboxRow, lang: Lang, base: string) {
  return {
    subject: m.subject,
    to: m.to_address,
    when: formatDateTime(m.created_at, lang),
    mailLang: m.language,
    text: m.text,
    link: linkIn(m.text, base),
  }
}

/** The mail's one link, if it leads back here: the frame around the HTML opens none. */
function linkIn(text: string, base: string): string {
  const found = /^https?:\/\/\S+$/m.exec(text)?.[0] ?? ''
  return found.startsWith(`${base}/`) ? found.slice(base.length) : ''
}
