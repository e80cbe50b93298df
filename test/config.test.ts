import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigProblems, readConfig, withKeptSecret } from '../src/config.ts'

const production = {
  NODE_ENV: 'production',
  BASE_URL: 'https://puljer.example.dk',
  SESSION_SECRET: 'f3b1c97d2e8a4065b7d91c3e5a7f8024',
  SMTP_URL: 'smtps://mail:word@smtp.example.dk',
}

function problemsOf(env: Record<string, string | undefined>): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems
    throw error
  }
}

describe('the configuration', () => {
  it('needs nothing in demo mode, and stays on this machine', () => {
    expect(readConfig({})).toEqual({
      mode: 'demo',
      host: '127.0.0.1',
      port: 3000,
      baseUrl: 'http://localhost:3000',
      dataDir: './data',
      databaseUrl: null,
      sessionSecret: '',
      smtpUrl: null,
      mailFrom: 'puljer@example.org',
      authorityName: 'Københavns Kommune (demo)',
      workers: true,
    })
  })

  it('takes an empty setting for a missing one', () => {
    expect(readConfig({ PORT: '', BASE_URL: ' ', HOST: '', WORKERS: '' })).toEqual(readConfig({}))
  })

  it('says all that production misses at once', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toEqual([
      'BASE_URL is missing: the public address, https://…',
      'SESSION_SECRET is missing: 32 random characters or more',
      'SMTP_URL is missing: smtps://user:pass@host',
    ])
  })

  it('says all that is wrong at once', () => {
    const wrong = {
      ...production,
      PORT: '99999',
      BASE_URL: 'http://puljer.example.dk',
      SESSION_SECRET: 'short',
      SMTP_URL: 'mail.example.dk',
      DATABASE_URL: 'mysql://localhost/x',
      MAIL_FROM: 'A, B <a@b>',
      WORKERS: 'yes',
    }
    expect(problemsOf(wrong).map((problem) => problem.split(' ')[0])).toEqual([
      'PORT',
      'BASE_URL',
      'SESSION_SECRET',
      'SMTP_URL',
      'DATABASE_URL',
      'MAIL_FROM',
      'WORKERS',
    ])
  })

  it('accepts a complete production, also on http://localhost', () => {
    expect(readConfig(production).mode).toBe('production')
    const local = { ...production, BASE_URL: 'http://localhost:8080/' }
    expect(readConfig(local).baseUrl).toBe('http://localhost:8080')
    expect(readConfig({ PORT: '80' }).baseUrl).toBe('http://localhost')
  })

  it.each([
    { NODE_ENV: 'prod' },
    { NODE_ENV: 'Production' },
    { HOST: '0.0.0.0' },
    { BASE_URL: 'https://puljer.example.dk' },
    { BASE_URL: 'http://localhost.evil.dk' },
    { BASE_URL: 'ftp://localhost' },
    { BASE_URL: 'http://localhost/puljer' },
    { SMTP_URL: 'smtp://smtp.example.dk' },
    { PORT: '1e3' },
    { PORT: '-1' },
    { SESSION_SECRET: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' },
    { SESSION_SECRET: 'change-me-0123456789-0123456789-abcdef' },
  ])('refuses %o in demo mode with one sentence', (env) => {
    expect(problemsOf(env)).toHaveLength(1)
  })

  it('lets demo mail go to a server on this machine', () => {
    expect(readConfig({ SMTP_URL: 'smtp://127.0.0.1:2525' }).smtpUrl).toBe('smtp://127.0.0.1:2525')
  })

  it('never repeats a secret in what it says', () => {
    const problems = problemsOf({ ...production, SESSION_SECRET: 'hush', SMTP_URL: 'x:hush@y' })
    expect(problems).toHaveLength(2)
    expect(problems.join()).not.toContain('hush')
  })
})

describe('the demo secret', () => {
  let dataDir = ''
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'faellespuljen-config-'))
  })
  afterEach(() => {
    rmSync(dataDir, { recursive: true })
  })

  it('is made once, for the owner only, and kept', () => {
    const config = { ...readConfig({}), dataDir: path.join(dataDir, 'new') }
    const first = withKeptSecret(config).sessionSecret
    const file = path.join(dataDir, 'new', 'session-secret')
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(readFileSync(file, 'utf8')).toBe(first)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(withKeptSecret(config).sessionSecret).toBe(first)
  })

  it('is not used when it is damaged', () => {
    writeFileSync(path.join(dataDir, 'session-secret'), '')
    expect(() => withKeptSecret({ ...readConfig({}), dataDir })).toThrow(/damaged/)
  })
})
