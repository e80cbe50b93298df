import nodemailer from 'nodemailer'

/** What carries a mail away. `send` resolves when the other side has taken it over. */
export type Transport = {
  name: 'smtp' | 'mailbox'
  /** How many mails may be on their way at once: where nothing can hang, one at a time is quicker. */
  lanes?: number
  send(message: { to: string; raw: string }): Promise<void>
  close(): void
}

/** The server said that this mail will never be taken: trying again is no use. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused'
}

type Settings = { smtpUrl: string | null; mailFrom: string }

/**
 * SMTP with a few kept connections; without an address, the built-in mailbox: nothing leaves the
 * machine. Another machine is only spoken to over TLS. Throws MailRefused on a permanent no.
 */
export function createTransport(settings: Settings): Transport {
  return settings.smtpUrl === null ? mailbox : smtp(settings.smtpUrl, settings.mailFrom)
}

const mailbox: Transport = {
  name: 'mailbox',
  lanes: 1,
  send: () => Promise.resolve(),
  close: () => undefined,
}

function smtp(url: string, from: string): Transport {
  const address = new URL(url)
  const isSecure = address.protocol === 'smtps:'
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname)
  const pool = nodemailer.createTransport({
    pool: true,
    host: address.hostname.replace(/^\[|\]$/g, ''),
    port: Number(address.port) || (isSecure ? 465 : 587),
    secure: isSecure,
    ...(address.username === ''
      ? {}
      : {
          auth: {
            user: decodeURIComponent(address.username),
            pass: decodeURIComponent(address.password),
          },
        }),
    requireTLS: !isSecure && !isLocal,
    ...(isLocal ? { ignoreTLS: !isSecure } : {}),
    maxConnections: lanes,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    name: 'smtp',
    async send({ to, raw }) {
      try {
        await pool.sendMail({ envelope: { from, to: [to] }, raw: Buffer.from(raw, 'latin1') })
      } catch (error) {
        throw isPermanent(error) ? new MailRefused(messageOf(error)) : error
      }
    },
    close: () => pool.close(),
  }
}

/** How many mails are on their way at once: one that hangs holds up only its own lane. */
export const lanes = 8

/** 5xx to the recipient or the message; a failed sign-in or greeting is our trouble, not the mail's. */
function isPermanent(error: unknown): boolean {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  return (
    (code === 'EENVELOPE' || code === 'EMESSAGE') &&
    responseCode !== undefined &&
    responseCode >= 500 &&
    responseCode < 600
  )
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
