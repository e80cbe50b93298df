// Plain JavaScript on purpose: an old Node must get a sentence, not a crash on the first `.ts`.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const own = path.join(root, 'node_modules', 'node', 'bin', 'node')
const [what = 'server', ...rest] = process.argv.slice(2)

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const isNewEnough = major > 22 || (major === 22 && minor >= 18)

if (!isNewEnough && existsSync(own) && !process.env.FAELLESPULJEN_RELAUNCHED) {
  const again = spawnSync(own, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, FAELLESPULJEN_RELAUNCHED: '1' },
  })
  process.exit(again.status ?? 1)
}

if (!isNewEnough) {
  console.error(
    `Fællespuljen needs Node 22.18 or newer, and this is ${process.versions.node}. ` +
      'Run "npm ci" (without --ignore-scripts): it brings a Node of its own, and "npm start" uses it.',
  )
  process.exit(1)
}

const commands = {
  server: () => import('./server.ts'),
  cli: () => import('./cli.ts').then((cli) => cli.main(rest)),
  dev: () => run(['--watch', path.join(root, 'src', 'server.ts')]),
  test: () => run([path.join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...rest]),
}

const command = commands[what]
if (!command) {
  console.error(`Unknown command "${what}". Known: ${Object.keys(commands).join(', ')}.`)
  process.exit(1)
}
await command()

function run(args) {
  const done = spawnSync(process.execPath, args, { stdio: 'inherit', cwd: root })
  process.exit(done.status ?? 1)
}
