import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = path.dirname(import.meta.dirname)
const modules = path.join(root, 'node_modules')
let folder = ''

beforeEach(() => {
  // The suite itself may have been started through the launcher.
  delete process.env.FAELLESPULJEN_RELAUNCHED
  folder = mkdtempSync(path.join(tmpdir(), 'faellespuljen-launch-'))
  mkdirSync(path.join(folder, 'src'))
  mkdirSync(path.join(folder, 'node_modules'))
  copyFileSync(path.join(root, 'src', 'launch.js'), path.join(folder, 'src', 'launch.js'))
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(path.join(folder, 'src', 'server.ts'), 'console.log(process.version)')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const oldNode = `data:text/javascript,Object.defineProperty(process, 'versions', {
  value: { ...process.versions, node: '20.1.0' } })`.replaceAll('\n', '')

function install(...names: string[]) {
  for (const name of names) {
    symlinkSync(path.join(modules, name), path.join(folder, 'node_modules', name))
  }
}

function launch(what: string, ...nodeOptions: string[]) {
  const args = [...nodeOptions, path.join(folder, 'src', 'launch.js'), what]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

describe('the launcher', () => {
  it('starts the server', () => {
    install('knex', 'better-sqlite3')
    expect(launch('server')).toEqual({ status: 0, said: `${process.version}\n` })
  })

  it('says in one sentence what to do without libraries', () => {
    expect(launch('server')).toEqual({
      status: 1,
      said: 'The libraries are not installed. Run "npm ci", then this command again.\n',
    })
  })

  it('says what to do on an old Node, when the install scripts were left out', () => {
    install('knex', 'better-sqlite3')
    const { status, said } = launch('server', '--import', oldNode)
    expect(status).toBe(1)
    expect(said).toContain('needs Node 22.18 or newer, and this is 20.1.0')
    expect(said).toContain('Run "npm ci" without --ignore-scripts')
  })

  it('uses the Node that npm brought when it was started by an old one', () => {
    install('knex', 'better-sqlite3', 'node')
    const { status, said } = launch('server', '--import', oldNode)
    const own = path.join(modules, 'node', 'bin', 'node')
    expect(said).toBe(execFileSync(own, ['--version'], { encoding: 'utf8' }))
    expect(status).toBe(0)
  })

  it('says what to do when SQLite does not load', () => {
    install('knex')
    const broken = path.join(folder, 'node_modules', 'better-sqlite3')
    mkdirSync(broken)
    writeFileSync(path.join(broken, 'index.js'), 'throw new Error("no binding\\nhere")')
    const { status, said } = launch('server')
    expect(status).toBe(1)
    expect(said).toMatch(/^The SQLite library does not load \(no binding\)\. Run "npm ci" without/)
    expect(said.trim().split('\n')).toHaveLength(1)
  })

  it('knows its commands', () => {
    expect(launch('fly').said).toBe('Unknown command "fly". Known: server, cli, dev, test.\n')
  })

  it('passes an end on to the program it became', async () => {
    install('knex', 'better-sqlite3', 'node')
    const server = 'setInterval(() => {}, 1000); console.log(process.pid)'
    writeFileSync(path.join(folder, 'src', 'server.ts'), server)
    const args = ['--import', oldNode, path.join(folder, 'src', 'launch.js'), 'server']
    const launcher = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = new Promise((resolve) => launcher.on('exit', (_, signal) => resolve(signal)))
    const child = await new Promise<number>((resolve) =>
      launcher.stdout.on('data', (line) => resolve(Number(String(line)))),
    )
    launcher.kill('SIGTERM')
    expect(await ended).toBe('SIGTERM')
    expect(() => process.kill(child, 0)).toThrow()
  })
})
