import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { openDatabase } from '../src/db/connection.ts'

type Packages = Record<string, { version?: string; dev?: boolean; devOptional?: boolean }>
const read = (name: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '..', name), 'utf8'))
const { packages } = read('package-lock.json') as { packages: Packages }
const manifest = read('package.json') as { dependencies: Record<string, string> }

const floors = {
  express: '5.2.0',
  multer: '2.1.0',
  nodemailer: '9.0.5',
  'path-to-regexp': '8.4.0',
  qs: '6.14.2',
}

function isAtLeast(version: string, floor: string): boolean {
  const [have, want] = [version, floor].map((text) => text.split(/[.-]/).map(Number))
  for (const [i, least] of (want ?? []).entries()) {
    const part = have?.[i] ?? 0
    if (part !== least) return part > least
  }
  return true
}

it('compares versions by number', () => {
  expect(isAtLeast('8.10.0', '8.4.0')).toBe(true)
  expect(isAtLeast('8.4.0', '8.4.0')).toBe(true)
  expect(isAtLeast('8.3.9', '8.4.0')).toBe(false)
  expect(isAtLeast('6.14.1', '6.14.2')).toBe(false)
})

it.each(Object.entries(floors))('has every copy of %s at %s or newer', (name, floor) => {
  const copies = Object.entries(packages).filter(
    ([place, copy]) => place.endsWith(`node_modules/${name}`) && !copy.dev,
  )
  expect(copies.length).toBeGreaterThan(0)
  expect(copies.filter(([, copy]) => !isAtLeast(copy.version ?? '0', floor))).toEqual([])
})

it('has a SQLite library of 3.51.3 or newer', async () => {
  const db = openDatabase({ sqliteFile: ':memory:' })
  const [row] = await db.raw<{ version: string }[]>('select sqlite_version() as version')
  await db.destroy()
  expect(isAtLeast(row?.version ?? '0', '3.51.3')).toBe(true)
})

it('depends on few: at most 20 directly and 150 in all', () => {
  const production = Object.entries(packages).filter(
    ([place, copy]) => place !== '' && !copy.dev && !copy.devOptional,
  )
  expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(20)
  expect(production.length).toBeLessThanOrEqual(150)
})

it('has none of the packages to avoid', () => {
  expect(packages['node_modules/sanitize-html']).toBeUndefined()
  expect(packages['node_modules/xlsx']).toBeUndefined()
})
