import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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

/** The exit code for a configuration that cannot be used (EX_CONFIG of sysexits.h). */
export const CONFIG_EXIT_CODE = 78

/** An empty setting is a missing one: that is what compose files and `.env` templates leave. */
const setting = z
  .string()
  .optional()
  .transform((text) => text?.trim() || undefined)

const environment = z.object({
  NODE_ENV: setting,
  HOST: setting,
  PORT: setting,
  BASE_URL: setting,
  DATA_DIR: setting,
  DATABASE_URL: setting,
  SESSION_SECRET: setting,
  SMTP_URL: setting,
  MAIL_FROM: setting,
  AUTHORITY_NAME: setting,
  WORKERS: setting,
})

/** The configuration table of the README is printed from this. */
export const settings: {
  name: keyof typeof environment.shape | 'LOG_LEVEL'
  meaning: string
  default: string
  /** What production asks for; empty where the default will do. */
  inProduction: string
}[] = [
  {
    name: 'NODE_ENV',
    meaning: '`production`, or the demo when left out; a misspelt one is refused',
    default: 'the demo',
    inProduction: '`production`',
  },
  {
    name: 'BASE_URL',
    meaning: 'the public address: scheme, host and port, nothing more. It stands in every mail',
    default: '`http://localhost:PORT`',
    inProduction: '**needed**, with `https://` (plain `http://` only on localhost)',
  },
  {
    name: 'SESSION_SECRET',
    meaning: 'signs the tokens of forms; at least 32 random characters',
    default: 'made once and kept in `DATA_DIR`',
    inProduction: '**needed**',
  },
  {
    name: 'SMTP_URL',
    meaning: 'where mail is handed over, `smtps://user:password@host`; `smtp://` must offer TLS',
    default: 'none: a built-in mailbox, nothing is sent',
    inProduction: '**needed**; in the demo only a server on this machine',
  },
  {
    name: 'MAIL_FROM',
    meaning: 'the sender of every mail, and where answers go',
    default: '`puljer@example.org`',
    inProduction: 'should be your own: the default goes nowhere',
  },
  {
    name: 'AUTHORITY_NAME',
    meaning: 'who is writing, on pages and in mails',
    default: '`Københavns Kommune (demo)`',
    inProduction: 'should be your own',
  },
  {
    name: 'DATABASE_URL',
    meaning: '`postgres://…` for PostgreSQL 15 or newer',
    default: 'SQLite: `faellespuljen.sqlite` in `DATA_DIR`',
    inProduction: '',
  },
  {
    name: 'DATA_DIR',
    meaning: 'the folder of the SQLite file and of the secret that the demo makes',
    default: '`./data`',
    inProduction: '',
  },
  {
    name: 'HOST',
    meaning: 'the address to listen on; the demo refuses any but this machine',
    default: '`127.0.0.1`',
    inProduction: '',
  },
  { name: 'PORT', meaning: 'the port to listen on', default: '`3000`', inProduction: '' },
  {
    name: 'WORKERS',
    meaning: '`off`: this process sends no mail and fires no deadlines',
    default: '`on`',
    inProduction: '`on` in at least one process',
  },
  {
    name: 'LOG_LEVEL',
    meaning: 'what is logged from: `error`, `warn`, `info` or `debug`',
    default: '`warn`',
    inProduction: '`info` when left out',
  },
]

/** Reads the environment; throws ConfigProblems with everything that is missing or wrong. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const e = environment.parse(env)
  const isProduction = e.NODE_ENV === 'production'
  const port = e.PORT ?? '3000'
  const isPort = /^\d{1,5}$/.test(port) && Number(port) <= 65535
  const config: Config = {
    mode: isProduction ? 'production' : 'demo',
    host: e.HOST ?? '127.0.0.1',
    port: Number(port),
    baseUrl: e.BASE_URL ?? (isProduction ? '' : `http://localhost:${isPort ? port : 3000}`),
    dataDir: e.DATA_DIR ?? './data',
    databaseUrl: e.DATABASE_URL ?? null,
    sessionSecret: e.SESSION_SECRET ?? '',
    smtpUrl: e.SMTP_URL ?? null,
    mailFrom: e.MAIL_FROM ?? 'puljer@example.org',
    authorityName: e.AUTHORITY_NAME ?? 'Københavns Kommune (demo)',
    workers: e.WORKERS !== 'off',
  }
  const problems = [
    modeProblem(e.NODE_ENV),
    isPort ? null : 'PORT must be a port number, 0–65535',
    isProduction || isLocal(config.host)
      ? null
      : `HOST ${config.host} is public: demo mode listens on 127.0.0.1 only`,
    baseUrlProblem(config),
    secretProblem(config),
    smtpProblem(config),
    config.databaseUrl === null || hasScheme(config.databaseUrl, ['postgres:', 'postgresql:'])
      ? null
      : 'DATABASE_URL must begin with postgres://',
    /^[^@\s<>,]+@[^@\s<>,]+$/.test(config.mailFrom) ? null : 'MAIL_FROM must be one mail address',
    ['on', 'off'].includes(e.WORKERS ?? 'on') ? null : 'WORKERS must be on or off',
  ].filter((problem) => problem !== null)
  if (problems.length > 0) throw new ConfigProblems(problems)
  return { ...config, baseUrl: new URL(config.baseUrl).origin }
}

/** A misspelt "production" must not quietly become a demo with one-click sign-in. */
function modeProblem(mode: string | undefined): string | null {
  if (['production', 'demo', 'development', 'test'].includes(mode ?? 'demo')) return null
  return 'NODE_ENV must be production, or left out for the demo'
}

function baseUrlProblem({ baseUrl, mode }: Config): string | null {
  if (baseUrl === '') return 'BASE_URL is missing: the public address, https://…'
  if (!hasScheme(baseUrl, ['http:', 'https:'])) return 'BASE_URL must be an address, https://…'
  const url = new URL(baseUrl)
  if (url.pathname + url.search + url.hash + url.username !== '/') {
    return 'BASE_URL must be only the scheme, host and port: https://puljer.example.dk'
  }
  if (isLocal(url.hostname)) return null
  if (mode === 'demo') {
    return 'BASE_URL names a public host: demo mode runs on this machine only'
  }
  return url.protocol === 'https:' ? null : 'BASE_URL must be https'
}

function secretProblem({ sessionSecret, mode }: Config): string | null {
  if (sessionSecret === '') {
    return mode === 'demo' ? null : 'SESSION_SECRET is missing: 32 random characters or more'
  }
  const isWeak =
    sessionSecret.length < 32 ||
    new Set(sessionSecret).size < 8 ||
    /change.?me|default|example|placeholder|(secret.*){2}/i.test(sessionSecret)
  return isWeak
    ? 'SESSION_SECRET is too short, too simple or a default: 32 random characters or more'
    : null
}

function smtpProblem({ smtpUrl, mode }: Config): string | null {
  if (smtpUrl === null) {
    return mode === 'demo' ? null : 'SMTP_URL is missing: smtps://user:pass@host'
  }
  if (!hasScheme(smtpUrl, ['smtp:', 'smtps:'])) {
    return 'SMTP_URL must begin with smtp:// or smtps:// and name a host'
  }
  return mode === 'production' || isLocal(new URL(smtpUrl).hostname)
    ? null
    : 'SMTP_URL names another machine: demo mode never sends mail out'
}

/** Demo mode makes its secret once and keeps it, so people stay signed in over a restart. */
export function withKeptSecret(config: Config): Config {
  if (config.sessionSecret !== '') return config
  const file = path.join(config.dataDir, 'session-secret')
  mkdirSync(config.dataDir, { recursive: true })
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const sessionSecret = readFileSync(file, 'utf8').trim()
  if (sessionSecret.length < 32) throw new ConfigProblems([`${file} is damaged: remove it`])
  return { ...config, sessionSecret }
}

/** Where the database is: PostgreSQL by DATABASE_URL, else the SQLite file in DATA_DIR. */
export const databaseOf = (config: Config) =>
  config.databaseUrl === null
    ? { sqliteFile: path.join(config.dataDir, 'faellespuljen.sqlite') }
    : { databaseUrl: config.databaseUrl }

const isLocal = (host: string) => ['localhost', '127.0.0.1', '::1', '[::1]'].includes(host)

function hasScheme(text: string, schemes: string[]): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return schemes.includes(url.protocol) && url.hostname !== ''
}
