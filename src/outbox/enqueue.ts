import { randomUUID } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { mail as mailMachine } from '../../workflows/mail.machine.ts'
import type { OutboxRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { Lang } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { InvalidInput } from '../shared/errors.ts'
import { isMailAddress } from '../shared/mail-address.ts'
import { renderMail } from './render.ts'
import type { RenderedMail } from './render.ts'

export type { MailSettings } from '../shared/asked.ts'

export type Recipient = { address: string; name: string; language: Lang; personId: number | null }

export type DirectMail = {
  template: string
  to: Recipient
  data: Record<string, unknown>
  /** What made it: `signIn`, `application.submit` … shown in the list of mails. */
  event: string
  now: string
  mail: MailSettings
  applicationId?: number | null
  historyId?: number | null
  /** The case's reference: mails of one case thread together. */
  reference?: string | null
}

/**
 * Puts one mail in the outbox, whole as it will be sent, byte for byte, on every try.
 * Call it inside the transaction that makes the mail true. Returns the row's id.
 * Throws InvalidInput when the address is not one plain address.
 */
export async function enqueueDirect(trx: Db, m: DirectMail): Promise<number> {
  if (!isMailAddress(m.to.address)) {
    throw new InvalidInput([{ field: 'email', message: 'fields.email' }])
  }
  const rendered = renderMail(
    m.template,
    m.to.language,
    { name: headerText(m.to.name), authorityName: m.mail.authorityName, ...m.data },
    m.mail.authorityName,
  )
  const uuid = randomUUID()
  const messageId = `<${uuid}@${domainOf(m.mail)}>`
  const [stored] = await trx<OutboxRow>('outbox')
    .insert({
      message_id: messageId,
      application_id: m.applicationId ?? null,
      history_id: m.historyId ?? null,
      person_id: m.to.personId,
      event: m.event,
      template: m.template,
      language: m.to.language,
      to_address: m.to.address,
      ...rendered,
      raw: await rawMessage(m, rendered, messageId, uuid),
      status: mailMachine.initial,
      attempts: 0,
      next_at: m.now,
      created_at: m.now,
      version: 1,
    })
    .returning('id')
  if (!stored) throw new Error('mail was not stored')
  return stored.id
}

/** The host of the public address: what message ids end in. */
const domainOf = (mail: MailSettings): string => new URL(mail.baseUrl).hostname

async function rawMessage(
  m: DirectMail,
  rendered: RenderedMail,
  messageId: string,
  boundary: string,
): Promise<string> {
  const thread = m.reference ? `<${m.reference}@${domainOf(m.mail)}>` : null
  const message = new MailComposer({
    from: { name: m.mail.authorityName, address: m.mail.mailFrom },
    replyTo: { name: m.mail.authorityName, address: m.mail.mailFrom },
    to: { name: headerText(m.to.name), address: m.to.address },
    subject: rendered.subject,
    text: rendered.text,
    html: rendered.html,
    messageId,
    date: new Date(m.now),
    ...(thread === null ? {} : { inReplyTo: thread, references: thread }),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': m.to.language,
    },
    encoding: 'quoted-printable',
    baseBoundary: boundary,
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const raw = await message.compile().build()
  if (raw.length > 100_000) throw new Error(`mail ${m.template} is too large: ${raw.length} bytes`)
  return raw.toString('latin1')
}

/** A display name: no control characters, one line, no angle brackets to be taken for an address. */
const headerText = (text: string): string =>
  text
    .replace(/[\p{Cc}<>"]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 120)
