import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDatabase } from '../db/connection.ts'

/** Where a journey happens: a folder and a database of its own, both gone afterwards. */
export type Place = {
  where: { databaseUrl: string } | { sqliteFile: string }
  env: Record<string, string>
  leave: () => Promise<void>
}

/**
 * A fresh place: an SQLite file in a temporary folder, or a new database on the PostgreSQL server
 * of this URL, whose user must be allowed to create one. What is there already is never touched.
 */
export async function preparePlace(serverUrl: string | null): Promise<Place> {
  const folder = mkdtempSync(path.join(tmpdir(), 'faellespuljen-journey-'))
  const dropFolder = () => rmSync(folder, { recursive: true, force: true })
  if (serverUrl === null) {
    return {
      where: { sqliteFile: path.join(folder, 'faellespuljen.sqlite') },
      env: { DATA_DIR: folder },
      leave: () => Promise.resolve(dropFolder()),
    }
  }
  const name = `journey_${randomBytes(6).toString('hex')}`
  await onServer(serverUrl, `create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    where: { databaseUrl: url.href },
    env: { DATA_DIR: folder, DATABASE_URL: url.href },
    leave: async () => {
      await onServer(serverUrl, `drop database if exists ${name} with (force)`)
      dropFolder()
    },
  }
}

async function onServer(url: string, sql: string): Promise<void> {
  const db = openDatabase({ databaseUrl: url })
  try {
    await db.raw(sql)
  } finally {
    await db.destroy()
  }
}

const patienceMs = 60_000

/** The program itself, as a process of its own, once it says where it is ready. */
export async function startServer(env: Record<string, string>) {
  const inherited = Object.entries(process.env).filter(([name]) => !settingNames.includes(name))
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '..', 'server.ts')], {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`the server is not ready after ${patienceMs / 1000} s\n${said}`))
    }, patienceMs)
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-8000)
      const ready = /ready:\s+(http:\/\/\S+)/.exec(said)?.[1]
      if (ready === undefined) return
      clearTimeout(timer)
      resolve(ready.replace('localhost', '127.0.0.1'))
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}\n${said}`)))
  })
  return {
    url,
    /** What it has said of late, for when something went wrong. */
    said: () => said,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** The journey decides these itself, whatever the shell it was started from has set. */
const settingNames = [
  'NODE_ENV',
  'HOST',
  'PORT',
  'BASE_URL',
  'DATA_DIR',
  'DATABASE_URL',
  'SESSION_SECRET',
  'SMTP_URL',
  'MAIL_FROM',
  'AUTHORITY_NAME',
  'WORKERS',
]
