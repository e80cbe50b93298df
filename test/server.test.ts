import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { atEnd } from './support/database.ts'
import { freePort } from '../src/journey/free-port.ts'

const launcher = path.join(import.meta.dirname, '..', 'src', 'launch.js')

async function startServer() {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const folder = mkdtempSync(path.join(tmpdir(), 'faellespuljen-server-'))
  const child = spawn(process.execPath, [launcher, 'server'], {
    env: { ...process.env, NODE_ENV: 'demo', PORT: String(port), BASE_URL: url, DATA_DIR: folder },
  })
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  atEnd(async () => {
    child.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('is ready')) resolve()
    })
    child.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString()))
    void ended.then(() => reject(new Error(said)))
  })
  return { child, ended, said, url }
}

it('starts from nothing, says where to go and how to sign in, and stops when it is told to', async () => {
  const { child, ended, said, url } = await startServer()
  expect(said).toContain(url)
  expect(said).toContain('Sign in')
  const page = await (await fetch(`${url}/log-ind`)).text()
  expect(page).toContain('Administrator (demo)')

  const requests = Array.from({ length: 20 }, () => fetch(`${url}/log-ind`).then((r) => r.status))
  await new Promise((resolve) => setTimeout(resolve, 30))
  child.kill('SIGTERM')
  const before = Date.now()
  expect(await Promise.all(requests)).toEqual(Array.from({ length: 20 }, () => 200))
  expect(await ended).toBe(0)
  expect(Date.now() - before).toBeLessThan(10_000)
})
