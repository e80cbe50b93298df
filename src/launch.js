// Plain JavaScript on purpose: an old Node must get a sentence, not a crash on the first `.ts`.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const modules = path.join(root, 'node_modules')
const ownNode = path.join(modules, 'node', 'bin', 'node')
const vitest = path.join(modules, 'vitest', 'vitest.mjs')
const [what = 'server', ...rest] = process.argv.slice(2)

const commands = {
  server: () => import('./server.ts'),
  cli: () => import('./cli.ts').then((cli) => cli.main(rest)),
  dev: () => become(process.execPath, ['--watch', path.join(root, 'src', 'server.ts')]),
  test: () => become(process.execPath, [vitest, 'run', ...rest]),
}

if (!Object.hasOwn(commands, what)) {
  stop(`Unknown command "${what}". Known: ${Object.keys(commands).join(', ')}.`)
} else if (!existsSync(path.join(modules, 'knex'))) {
  stop('The libraries are not installed. Run "npm ci", then this command again.')
} else if (!isNewEnough(process.versions.node)) {
  withOwnNode(
    `Fællespuljen needs Node 22.18 or newer, and this is ${process.versions.node}. ` +
      installHint('it brings a Node of its own, and "npm start" uses it'),
  )
} else {
  const problem = await problemWithSqlite()
  if (problem === null) await commands[what]()
  else {
    withOwnNode(
      `The SQLite library does not load (${problem}). ` +
        installHint('it fetches the part that fits this machine'),
    )
  }
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18)
}

function installHint(why) {
  return `Run "npm ci" without --ignore-scripts, in this folder: ${why}.`
}

async function problemWithSqlite() {
  try {
    const { default: Database } = await import('better-sqlite3')
    new Database(':memory:').close()
    return null
  } catch (error) {
    return String(error.message).split('\n')[0]
  }
}

function withOwnNode(otherwise) {
  if (process.env.FAELLESPULJEN_RELAUNCHED || !existsSync(ownNode)) stop(otherwise)
  else become(ownNode, process.argv.slice(1), { FAELLESPULJEN_RELAUNCHED: '1' })
}

/** Runs another program in place of this one: its streams, its signals, its end. */
function become(program, args, extra = {}) {
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...extra } })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // Ctrl-C in a terminal reaches the child by itself; a second one would mean "at once".
    const arrivesTwice = signal === 'SIGINT' && process.stdin.isTTY
    process.on(signal, () => arrivesTwice || child.kill(signal))
  }
  child.on('error', (error) => stop(`${program} does not start: ${error.message}`))
  child.on('exit', (code, signal) => {
    if (signal) process.removeAllListeners(signal)
    if (signal) process.kill(process.pid, signal)
    else process.exit(code ?? 1)
  })
}

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}
