import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { Knex } from 'knex'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Config } from '../../src/config.ts'
import type { OutboxRow } from '../../src/db/case-tables.ts'
import { createLogger } from '../../src/shared/log.ts'
import { createEngine } from '../../src/templates/engine.ts'
import { createClient } from './client.ts'
import { frozenClock } from './clock.ts'
import { atEnd, freshDatabase } from './database.ts'
import type { Engine } from './database.ts'

const templates = createEngine({
  viewsDir: path.join(import.meta.dirname, '..', '..', 'views'),
})

/**
 * The whole program on a free port with an empty database of its own (or one that is given) and a clock that stands
 * still; no workers. Gone after the test. `send` is how its browsers reach it.
 */
export async function startTestApp(
  engine: Engine,
  more: Partial<Config> = {},
  at?: Knex,
  send?: typeof fetch,
) {
  const db = at ?? (await freshDatabase(engine))
  const clock = frozenClock()
  const config: Config = {
    ...readConfig({}),
    sessionSecret: 'a secret of the tests, long enough 1234567890',
    workers: false,
    ...more,
  }
  const logged: string[] = []
  const log = createLogger('production', { write: (line: string) => void logged.push(line) })
  const server = createServer(createApp({ db, clock, config, engine: templates, log }))
  server.keepAliveTimeout = 120_000 // a test may think longer than a person
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atEnd(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const now = () => clock().toISOString()

  return {
    db,
    clock,
    config,
    url,
    now,
    logged,
    /** Another browser, with no cookies yet. */
    client: () => createClient({ url, db, now, send }),
    /** A browser in which this person is signed in. */
    signedIn: async (personId: number) => {
      const client = createClient({ url, db, now, send })
      await client.signInAs(personId)
      return client
    },
    /** Every mail there is, oldest first, or those to one address. */
    mails: (to?: string): Promise<OutboxRow[]> =>
      db('outbox')
        .modify((q) => void (to === undefined || q.where({ to_address: to })))
        .orderBy('id')
        .select<OutboxRow[]>('*'),
  }
}
export type TestApp = Awaited<ReturnType<typeof startTestApp>>
