import { createBrowser } from '../../src/journey/browser.ts'
import type { Db } from '../../src/db/connection.ts'
import { startSession } from '../../src/people/session.ts'
import { sha256 } from '../../src/shared/secrets.ts'

export { encode, textOf } from '../../src/journey/browser.ts'
export type { Answer } from '../../src/journey/browser.ts'

export type Client = ReturnType<typeof createClient>

/** A browser of the tests: it can also be signed in at once. */
export function createClient(site: {
  url: string
  db: Db
  now: () => string
  send?: typeof fetch | undefined
}) {
  const browser = createBrowser(site.url, site.send)

  /** A session for this person, without the way through the mails. */
  async function signInAs(personId: number): Promise<void> {
    const token = `test-${Math.random().toString(36).slice(2)}-${personId}`
    await startSession(site.db, { id: sha256(token), personId, now: site.now() })
    browser.cookies.set('session', token)
  }

  return { ...browser, signInAs }
}
