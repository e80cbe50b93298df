import { makeAdministrator } from './people/make-administrator.ts'
import { CONFIG_EXIT_CODE, ConfigProblems, databaseOf, readConfig } from './config.ts'
import { openDatabase } from './db/connection.ts'
import { migrateUp } from './db/migrate.ts'
import { runDoctor } from './doctor/run-doctor.ts'
import { writeDocs } from './docs/write-docs.ts'
import { nowIso, systemClock } from './shared/clock.ts'
import { InvalidInput } from './shared/errors.ts'
import { emailAddress, parseForm } from './web/schemas.ts'
import { z } from 'zod'

type Command = { usage: string; run: (args: string[]) => Promise<number> }

const commands: Record<string, Command> = {
  admin: { usage: 'admin <mail>', run: admin },
  doctor: { usage: 'doctor', run: doctor },
  retention: {
    usage: 'retention [--dry-run] [--on YYYY-MM-DD]',
    run: (args) => import('./cli/retention.ts').then(({ retention }) => retention(args)),
  },
  docs: { usage: 'docs', run: () => Promise.resolve(writeDocs()) },
  journey: {
    usage: 'journey [--json] [--database-url <url>]',
    // Its mail server is a development dependency: not there in a production install.
    run: (args) => import('./journey/run.ts').then(({ journey }) => journey(args)),
  },
  tour: {
    usage: 'tour [folder]',
    run: (args) => import('./journey/tour.ts').then(({ tour }) => tour(args)),
  },
}

/** Runs one command and ends the process with its exit code; 64 when it was called wrongly. */
export async function main([name = '', ...args]: string[]): Promise<void> {
  const command = commands[name]
  if (command) process.exit(await command.run(args).catch(sayProblems))
  console.error(
    `Usage: ${Object.values(commands)
      .map((c) => c.usage)
      .join(' | ')}`,
  )
  process.exit(64)
}

/** What the caller can mend is said in sentences; anything else is a fault of ours. */
function sayProblems(error: unknown): number {
  if (error instanceof ConfigProblems) {
    console.error(error.message)
    return CONFIG_EXIT_CODE
  }
  if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
    console.error('This command needs the development packages: run "npm ci" without --omit=dev.')
    return 1
  }
  throw error
}

/** Makes the first administrator, or another. */
async function admin(args: string[]): Promise<number> {
  const email = addressIn(args)
  if (email === null) {
    console.error('Usage: admin <mail>, with one plain mail address')
    return 64
  }
  const db = openDatabase(databaseOf(readConfig(process.env)))
  try {
    await migrateUp(db)
    const done = await makeAdministrator(db, { email, now: nowIso(systemClock) })
    console.log(
      done === 'made'
        ? `${email} is an administrator now, and signs in by mail.`
        : `${email} is an administrator already.`,
    )
    return 0
  } finally {
    await db.destroy()
  }
}

/** Looks the database over: one line per check, and exit code 1 when anything is wrong. */
async function doctor(): Promise<number> {
  const db = openDatabase(databaseOf(readConfig(process.env)))
  try {
    const findings = await runDoctor(db)
    for (const { name, ok, detail } of findings) {
      console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}${ok ? '' : `: ${detail}`}`)
    }
    return findings.every(({ ok }) => ok) ? 0 : 1
  } finally {
    await db.destroy()
  }
}

function addressIn(args: string[]): string | null {
  try {
    return args.length === 1
      ? parseForm(z.strictObject({ email: emailAddress }), { email: args[0] }).email
      : null
  } catch (error) {
    if (error instanceof InvalidInput) return null
    throw error
  }
}
