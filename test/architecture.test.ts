import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.dirname(import.meta.dirname)
const folders = ['workflows', 'src', 'seeds'].filter((name) => existsSync(path.join(root, name)))
const files = folders.flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(folder, file.replaceAll(path.sep, '/'))),
)
const text = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** The first line that fits gives the rank; whatever fits none is an operation, named by its verb. */
const ranks: [RegExp, number][] = [
  [/^(workflows|src\/shared)\//, 0],
  [/^src\/(db|templates)\//, 1],
  [/^src\/(server|cli)\.ts$/, 8],
  [/^src\/(doctor|docs)\//, 6],
  [/^src\/config\.ts$/, 4.5], // no rule may depend on how the program was started
  [/^(src\/[^/]+\.ts$|seeds\/|src\/(cli|journey)\/)/, 7],
  [/^src\/web\/(fields|schemas)\.ts$/, 4.5], // what every form is made of
  [/^src\/web\/|\/deadlines\.ts$/, 6],
  [/\/routes\.ts$/, 6.5],
  [/\/(form|pages|[\w-]+-page|timeline)\.ts$/, 5],
  [/\/(queries|counts|facts|balances|recipients|attribution|statements)\.ts$/, 2],
  [/\/outbox\/[\w-]+-(data|words)\.ts$/, 2],
  [/\/(lifecycle\/advance|ledger\/post-[\w-]+|outbox\/(render|transport|enqueue[\w-]*))\.ts$/, 3],
  [/\/((record|plan)-[\w-]+|applications\/(carry-out|check-asked))\.ts$/, 3],
]
const rankOf = (file: string) => ranks.find(([pattern]) => pattern.test(file))?.[1] ?? 4
const withinTheirFolder = [0, 1, 6, 7]
/** Readers, recorders and pages build on each other across features; never in a circle. */
const acrossFolders = [2, 3, 5]
const roomOf = (file: string) =>
  file.startsWith('seeds/') ? 'seeds' : file.split('/').slice(0, 2).join('/')

/** `import type` is gone at run time, yet a type from above is a dependency too: it counts. */
function importsOf(file: string): string[] {
  const found = text(file).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)
  return [...found].map(([, name = '']) =>
    name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name,
  )
}

/** What the rule says of one import, or null. */
function objection(file: string, to: string): string | null {
  if (!/^(workflows|src|seeds)\//.test(to)) return null
  const [from, target] = [rankOf(file), rankOf(to)]
  if (target < from || (target === from && acrossFolders.includes(from))) return null
  const isOwn = from === 0 || roomOf(file) === roomOf(to)
  if (target === from && isOwn && withinTheirFolder.includes(from)) return null
  return `${file} (rank ${from}) imports ${to} (rank ${target})`
}

const usersOf = (library: RegExp) =>
  files.filter((file) => importsOf(file).some((name) => library.test(name)))

describe('the architecture', () => {
  it('lets imports point down only', () => {
    const wrong = files.flatMap((file) => importsOf(file).map((to) => objection(file, to)))
    expect(wrong.filter((line) => line !== null)).toEqual([])
    expect(files.length).toBeGreaterThan(40)
  })

  it('would notice an import that points up', () => {
    expect(objection('src/pools/queries.ts', 'src/pools/pledge-contribution.ts')).toContain(
      'rank 4',
    )
    expect(objection('src/a/grant-it.ts', 'src/a/reject-it.ts')).not.toBeNull()
    expect(objection('workflows/lifecycle.ts', 'src/db/connection.ts')).not.toBeNull()
    expect(objection('src/pools/pages.ts', 'src/web/respond.ts')).not.toBeNull()
    expect(objection('src/pools/routes.ts', 'src/pools/pledge-contribution.ts')).toBeNull()
  })

  it('has no circles', () => {
    const done = new Set<string>()
    const circles: string[] = []
    const visit = (file: string, above: string[]) => {
      if (above.includes(file)) circles.push([...above, file].join(' → '))
      if (done.has(file) || above.includes(file)) return
      for (const to of importsOf(file).filter((name) => files.includes(name))) {
        visit(to, [...above, file])
      }
      done.add(file)
    }
    for (const file of files) visit(file, [])
    expect(circles).toEqual([])
  })

  it('keeps XState in the workflows', () => {
    expect(usersOf(/^xstate/).filter((file) => !file.startsWith('workflows/'))).toEqual([])
  })

  /** What a status permits is asked of its machine; only the delivery of mails steps through its own. */
  it('compares no status by its name', () => {
    const byName = /(?<!typeof [\w.]*)status (?:===|!==) '\w|'\w+' (?:===|!==) [\w.]*status\b/
    const outside = files.filter((file) => /^src\/(?!outbox\/(deliver|pages)\.ts)/.test(file))
    expect(outside.filter((file) => byName.test(text(file)))).toEqual([])
    expect(byName.test("if (row.status === 'draft')")).toBe(true)
  })

  it('keeps Express in the drivers', () => {
    expect(usersOf(/^express$/).filter((file) => rankOf(file) < 6)).toEqual([])
  })

  it('keeps SQL out of routes, and writes out of pages', () => {
    const isSql = /\b(db|trx)\(\s*['"`]|\b(db|trx)\.raw\(/
    const isWrite = /\.(insert|update|increment|decrement|del|delete)\(|inTransaction/
    const routes = files.filter((file) => rankOf(file) === 6.5)
    const pages = files.filter((file) => rankOf(file) === 5)
    expect(routes.filter((file) => isSql.test(text(file)))).toEqual([])
    expect(pages.filter((file) => isWrite.test(text(file)))).toEqual([])
  })

  it('has no default exports', () => {
    expect(files.filter((file) => /^export default/m.test(text(file)))).toEqual([])
  })

  it('has files that are read in one go', () => {
    const long = files.filter((file) => text(file).split('\n').length - 1 > limitOf(file))
    expect(long).toEqual([])
  })
})

/** One table each, read by looking up a row: cutting them would hide a row, not help a reader. */
function limitOf(file: string): number {
  const tables = /^(workflows\/(application\.machine|vocabulary)|src\/db\/tables)\.ts$/
  return tables.test(file) ? 600 : 250
}
