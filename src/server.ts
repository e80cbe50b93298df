import { createServer } from 'node:http'
import { Server as NetServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises'
import path from 'node:path'
import { seedWhenEmpty } from '../seeds/seed.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import {
  CONFIG_EXIT_CODE,
  ConfigProblems,
  databaseOf,
  readConfig,
  withKeptSecret,
} from './config.ts'
import { openDatabase } from './db/connection.ts'
import { migrateUp } from './db/migrate.ts'
import { systemClock } from './shared/clock.ts'
import { createLogger } from './shared/log.ts'
import { createEngine } from './templates/engine.ts'
import { startWorkers } from './workers.ts'

const patienceMs = 9_000

const config = configOrExit()
const log = createLogger(config.mode)
const db = openDatabase(databaseOf(config))
await migrateUp(db)
await seedWhenEmpty(db, config, systemClock)
const engine = createEngine({ viewsDir: path.join(import.meta.dirname, '..', 'views') })
const deps = { db, clock: systemClock, config, engine, log }

const server = createServer(createApp(deps))
server.on('error', (error) => {
  console.error(`Fællespuljen cannot listen on ${config.host}:${config.port}: ${error.message}`)
  process.exit(1)
})
server.listen(config.port, config.host, () => {
  const { port } = server.address() as AddressInfo
  console.log(whereToGo(config, port))
})
const workers = config.workers ? startWorkers(deps) : null

let isStopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (isStopping) process.exit(1)
    isStopping = true
    setTimeout(() => process.exit(1), patienceMs).unref()
    void stop()
  })
}

/** Takes no more requests, lets those that run finish, and leaves nothing half done. */
async function stop(): Promise<void> {
  // Closing the door resets those who knocked and were not let in yet: let them in first. And http's
  // own close() cuts at once what is idle, where a connection that was made but not yet read counts
  // as idle: so only the door is closed, and idle connections are swept up afterwards.
  await sleep(300)
  await immediate()
  await immediate()
  const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve))
  const sweep = setInterval(() => {
    server.closeIdleConnections()
  }, 500)
  await Promise.all([closed, workers?.stop()])
  clearInterval(sweep)
  await db.destroy()
  process.exit(0)
}

function configOrExit(): Config {
  try {
    return withKeptSecret(readConfig(process.env))
  } catch (error) {
    if (!(error instanceof ConfigProblems)) throw error
    console.error(error.message)
    process.exit(CONFIG_EXIT_CODE)
  }
}

function whereToGo({ mode, baseUrl }: Config, port: number): string {
  if (mode === 'production') return `Fællespuljen is ready on port ${port}, as ${baseUrl}`
  return [
    '',
    `  Fællespuljen is ready:  ${baseUrl.replace(/:0$/, `:${port}`)}`,
    '  Sign in with one click as one of the demo people, or with any address:',
    '  the mails are found in the built-in mailbox (Postkasse). Nothing is sent out.',
    '',
  ].join('\n')
}
