import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

export type Config = {
  mode: 'demo' | 'production'
  host: string
  port: number
  baseUrl: string
  dataDir: string
  databaseUrl: string | null
  sessionSecret: string
  smtpUrl: string | null
  mailFrom: string
  authorityName: string
  workers: boolean
}

/** What is missing or wrong in the environment: all of it at once. */
export class ConfigProblems extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(`The configuration cannot be used:\n${problems.map((p) => `  - ${p}`).join('\n')}`)
    this.problems = problems
  }
}

const environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().optional(),
  PORT: z.string().optional(),
  BASE_URL: z.string().optional(),
  DATA_DIR: z.string().optional(),
  DATABASE_URL: z.string().optional(),
  SESSION_SECRET: z.string().optional(),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().optional(),
  AUTHORITY_NAME: z.string().optional(),
  WORKERS: z.string().optional(),
})

/** The configuration table of the README is printed from this. */
export const settings: { name: string; default: string; meaning: string }[] = [
  { name: 'NODE_ENV', default: 'demo', meaning: '`production` demands the settings marked *' },
  { name: 'PORT', default: '3000', meaning: 'where the pages are served' },
  { name: 'HOST', default: '127.0.0.1', meaning: 'the address to listen on; demo only locally' },
  { name: 'BASE_URL *', default: 'http://localhost:PORT', meaning: 'the public address, in mails' },
  { name: 'SESSION_SECRET *', default: 'made and kept in DATA_DIR', meaning: '≥ 32 characters' },
  { name: 'SMTP_URL *', default: 'none: a built-in mailbox', meaning: '`smtps://user:pass@host`' },
  { name: 'DATABASE_URL', default: 'SQLite in DATA_DIR', meaning: '`postgres://…` (≥ 15)' },
  { name: 'DATA_DIR', default: './data', meaning: 'the SQLite file and the demo secret' },
  { name: 'MAIL_FROM', default: 'puljer@example.org', meaning: 'sender and case mailbox' },
  { name: 'AUTHORITY_NAME', default: 'Københavns Kommune (demo)', meaning: 'who is writing' },
  { name: 'WORKERS', default: 'on', meaning: '`off`: this process delivers no mail, no deadlines' },
]

/** Reads the environment; throws ConfigProblems with everything that is missing or wrong. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const e = environment.parse(env)
  const problems: string[] = []
  const isProduction = e.NODE_ENV === 'production'

  const port = Number(e.PORT ?? '3000')
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    problems.push(`PORT must be a port number, not "${e.PORT ?? ''}"`)
  }
  const baseUrl = (e.BASE_URL ?? (isProduction ? '' : `http://localhost:${port}`)).replace(
    /\/$/,
    '',
  )
  const base = urlOf(baseUrl)
  if (baseUrl === '') problems.push('BASE_URL is missing: the public address, https://…')
  else if (!base) problems.push('BASE_URL is not an address')
  else if (isProduction && base.protocol !== 'https:' && !isLocal(base.hostname)) {
    problems.push('BASE_URL must be https')
  } else if (!isProduction && !isLocal(base.hostname)) {
    problems.push('BASE_URL names a public host: demo mode runs on this machine only')
  }
  const host = e.HOST ?? '127.0.0.1'
  if (!isProduction && !isLocal(host)) {
    problems.push(`HOST ${host} is public: demo mode listens on 127.0.0.1 only`)
  }
  const smtpUrl = e.SMTP_URL ?? null
  const smtp = smtpUrl === null ? null : urlOf(smtpUrl)
  if (isProduction && smtpUrl === null) problems.push('SMTP_URL is missing: smtps://user:pass@host')
  if (smtpUrl !== null && !/^smtps?:$/.test(smtp?.protocol ?? '')) {
    problems.push('SMTP_URL must begin with smtp:// or smtps://')
  } else if (!isProduction && smtp && !isLocal(smtp.hostname)) {
    problems.push('SMTP_URL names another machine: demo mode never sends mail out')
  }
  const secret = e.SESSION_SECRET ?? ''
  if (isProduction && secret === '')
    problems.push('SESSION_SECRET is missing: 32 characters or more')
  else if (secret !== '' && (secret.length < 32 || new Set(secret).size < 8)) {
    problems.push('SESSION_SECRET is too short or too simple: 32 random characters or more')
  }
  const databaseUrl = e.DATABASE_URL ?? null
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    problems.push('DATABASE_URL must begin with postgres://')
  }
  const mailFrom = e.MAIL_FROM ?? 'puljer@example.org'
  if (!/^[^@\s<>,]+@[^@\s<>,]+$/.test(mailFrom)) problems.push('MAIL_FROM must be one mail address')
  if (e.WORKERS !== undefined && !['on', 'off'].includes(e.WORKERS)) {
    problems.push('WORKERS must be on or off')
  }
  if (problems.length > 0) throw new ConfigProblems(problems)
  return {
    mode: isProduction ? 'production' : 'demo',
    host,
    port,
    baseUrl,
    dataDir: e.DATA_DIR ?? './data',
    databaseUrl,
    sessionSecret: secret,
    smtpUrl,
    mailFrom,
    authorityName: e.AUTHORITY_NAME ?? 'Københavns Kommune (demo)',
    workers: e.WORKERS !== 'off',
  }
}

/** Demo mode makes its secret once and keeps it, so people stay signed in over a restart. */
export function withKeptSecret(config: Config): Config {
  if (config.sessionSecret !== '') return config
  const file = path.join(config.dataDir, 'session-secret')
  if (!existsSync(file)) {
    mkdirSync(config.dataDir, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  }
  return { ...config, sessionSecret: readFileSync(file, 'utf8') }
}

/** Where the database is: PostgreSQL by DATABASE_URL, else the SQLite file in DATA_DIR. */
export const databaseOf = (config: Config) =>
  config.databaseUrl === null
    ? { sqliteFile: path.join(config.dataDir, 'faellespuljen.sqlite') }
    : { databaseUrl: config.databaseUrl }

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

const isLocal = (host: string) => ['localhost', '127.0.0.1', '::1', '[::1]'].includes(host)
