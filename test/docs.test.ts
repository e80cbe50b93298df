import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { settings } from '../src/config.ts'
import { sections } from '../src/docs/sections.ts'
import { regenerate } from '../src/docs/write-docs.ts'

const root = path.dirname(import.meta.dirname)
const read = (name: string) => readFileSync(path.join(root, name), 'utf8')
const readme = read('README.md')
const manifest = JSON.parse(read('package.json')) as Record<
  'dependencies' | 'devDependencies' | 'scripts',
  Record<string, string>
>

/** What stands under a heading, up to the next of its kind. */
function chapter(title: string): string {
  const [, rest = ''] = readme.split(`\n## ${title}\n`)
  return rest.split('\n## ')[0] ?? ''
}

describe('the README', () => {
  it('has the generated parts as the source draws them now', () => {
    const isFresh = regenerate(readme) === readme
    expect(isFresh, 'README.md is older than the source: run npm run docs').toBe(true)
  })

  it('is refused when a part has lost its place', () => {
    const name = Object.keys(sections)[0] ?? ''
    expect(() => regenerate(readme.replace(`<!-- ${name}:end -->`, ''))).toThrow(`${name}:end`)
    expect(() => regenerate(`${readme}\n<!-- ${name}:start -->`)).toThrow(`${name}:start`)
  })

  it('gives a reason for every package', () => {
    const table = chapter('Dependencies')
    const packages = { ...manifest.dependencies, ...manifest.devDependencies }
    expect(Object.keys(packages).filter((name) => !table.includes(`| \`${name}\` `))).toEqual([])
    const rows = [...table.matchAll(/^\| `([^`]+)` /gm)].map(([, name = '']) => name)
    expect(rows.filter((name) => !(name in packages))).toEqual([])
  })

  it('says what every command is for, and names no other', () => {
    const commands = chapter('All commands')
    const scripts = Object.keys(manifest.scripts)
    const said = [...commands.matchAll(/^\| `npm (?:run )?([a-z]+)/gm)].map(([, name]) => name)
    expect(said.sort()).toEqual(scripts.sort())
  })

  it('says what every setting is, each read somewhere in the source', () => {
    const source = read('src/config.ts') + read('src/shared/log.ts')
    const isRead = ({ name }: { name: string }) =>
      source.includes(`${name}: setting`) || source.includes(`process.env.${name}`)
    expect(settings.filter((s) => !isRead(s))).toEqual([])
    const known = [...read('src/config.ts').matchAll(/^ {2}([A-Z_]+): setting,/gm)].map((m) => m[1])
    expect(known.filter((name) => !settings.some((s) => s.name === name))).toEqual([])
  })

  it('names only files and headings that are there', () => {
    const inCode = [...readme.matchAll(/`((?:src|workflows|views|seeds|test)\/[\w./-]*)`/g)]
    const linked = [...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)]
    const files = [...inCode, ...linked].map(([, name = '']) => name)
    expect(files.length).toBeGreaterThan(50)
    expect(files.filter((name) => !existsSync(path.join(root, name)))).toEqual([])

    const anchors = [...readme.matchAll(/^##+ (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    )
    const wanted = [...readme.matchAll(/\]\(#([^)]+)\)/g)].map(([, name = '']) => name)
    expect(wanted.filter((name) => !anchors.includes(name))).toEqual([])
  })
})
