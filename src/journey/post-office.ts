import type { AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A mail as it arrived: its envelope's recipient and what a mail reader would show. */
export type Letter = { to: string; subject: string; messageId: string; text: string }

const patienceMs = 30_000

/** An SMTP server on loopback that takes every mail and shows it to whoever waits for it. */
export async function openPostOffice() {
  const letters: Letter[] = []
  const waiting = new Set<() => void>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      simpleParser(stream)
        .then((mail) => {
          for (const { address } of session.envelope.rcptTo) {
            letters.push({
              to: address,
              subject: mail.subject ?? '',
              messageId: mail.messageId ?? '',
              text: mail.text ?? '',
            })
          }
          done()
          for (const look of waiting) look()
        })
        .catch(done)
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo

  /** The newest mail to this address whose text fits; waits for it when it is not there yet. */
  async function waitFor(to: string, pattern: RegExp): Promise<RegExpExecArray> {
    const find = () => {
      for (const letter of letters.toReversed()) {
        const found = letter.to === to ? pattern.exec(letter.text) : null
        if (found) return found
      }
      return null
    }
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find()
        if (!found) return
        finish()
        resolve(found)
      }
      const timer = setTimeout(() => {
        finish()
        reject(new Error(`no mail to ${to} with ${pattern.source} came in ${patienceMs / 1000} s`))
      }, patienceMs)
      const finish = () => {
        clearTimeout(timer)
        waiting.delete(look)
      }
      waiting.add(look)
      look()
    })
  }

  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    waitFor,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>
