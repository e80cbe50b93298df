import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { declaredRoutes } from '../../src/web/route.ts'
import type { Db } from '../../src/db/connection.ts'
import { startTestApp } from '../support/app.ts'
import type { Answer, Client } from '../support/client.ts'
import type { Filling } from './around.ts'
import { everybodyAround, nowhere } from './around.ts'
import type { Relation, Rule, Stage } from './declared.ts'
import { declared, knowers, relations, rolesOf, stages } from './declared.ts'

const keyOf = (r: { method: string; path: string }) => `${r.method} ${r.path}`

describe('the access matrix', () => {
  it('has a row for every route, and no row for a route that is gone', async () => {
    await startTestApp('SQLite')
    expect(Object.keys(declared).sort()).toEqual(declaredRoutes.map(keyOf).sort())
  })

  it('holds for every route, every relation and every stage; and reading writes nothing', async () => {
    const { town, people, fillings } = await everybodyAround()
    const faults: string[] = []
    let asked = 0
    const tokens = new Map<Relation, string>()
    for (const relation of relations) {
      tokens.set(relation, await tokenOf(people[relation].browser, relation))
    }
    let before = await dumpOf(town.db)
    for (const route of [...declaredRoutes].sort((a, b) => a.method.localeCompare(b.method))) {
      const rule = declared[keyOf(route)]
      if (!rule || route.path === '/log-ud') continue
      const isStaged = rule.thing !== undefined && rule.thing !== 'pool'
      for (const stage of isStaged ? stages : (['running'] as const)) {
        const address = fill(route.path, fillings.get(stage) ?? {})
        for (const relation of relations) {
          const { browser } = people[relation]
          const answer =
            route.method === 'get'
              ? await browser.get(address)
              : await browser.post(address, { _csrf: tokens.get(relation) ?? '', probe: '1' })
          asked += 1
          const should = expected(rule, relation, stage)
          const isNowhere = address.includes(nowhere) && answer.status === 404
          if (!isNowhere && !fits(answer, should, rule)) {
            faults.push(
              `${route.method} ${address} (${stage}) by ${relation}: ${answer.status} ${answer.location}, not ${should}`,
            )
          }
        }
      }
      const after = await dumpOf(town.db)
      if (after !== before) faults.push(`${keyOf(route)} wrote something`)
      before = after
    }
    expect(faults).toEqual([])
    expect(asked).toBeGreaterThan(4000)
  }, 240_000)
})

type Expected = 'open' | 'signIn' | 403 | 404

/** What the table says of one request: the function first, then the thing, then whose hand it is. */
function expected(rule: Rule, relation: Relation, stage: Stage): Expected {
  const isOut = relation === 'nobody' || relation === 'disabled'
  const { of, thing, hands } = rule
  if (of !== 'anyone' && isOut) return 'signIn'
  if (Array.isArray(of) && !rolesOf[relation].some((role) => of.includes(role))) return 403
  if (thing !== undefined && !knowers[thing](stage).includes(relation)) return 404
  return hands !== undefined && !hands.includes(relation) ? 403 : 'open'
}

function fits(answer: Answer, should: Expected, { byEvent, thing }: Rule): boolean {
  const leadsToSignIn = answer.status === 303 && answer.location.startsWith('/log-ind')
  if (should === 'signIn') return leadsToSignIn
  if (should !== 'open') return answer.status === should
  if (leadsToSignIn) return false
  if (byEvent && answer.status === 403) return true
  const isAbsent = answer.status === 404 && (byEvent === true || thing === undefined)
  return isAbsent || [200, 303, 400, 409, 422].includes(answer.status)
}

/** Which part of a filling stands for the number of a path. */
const ids: [RegExp, keyof Filling][] = [
  [/^\/gemt/, 'keptForm'],
  [/^\/organisationer/, 'organisation'],
  [/^\/invitationer/, 'invitation'],
  [/^\/bedoemmelser/, 'review'],
  [/^\/udbetalinger/, 'instalment'],
  [/^\/bidrag\//, 'contribution'],
  [/^\/postkasse/, 'mailbox'],
  [/^\/mails/, 'mail'],
  [/^\/administration\/runder/, 'plannedRound'],
  [/^\/administration/, 'person'],
  [/filer/, 'file'],
  [/opgaver/, 'task'],
  [/frister/, 'deadline'],
  [/afgoerelser/, 'decision'],
  [/eksport/, 'task'],
  [/^\/runder/, 'round'],
  [/^\/fravaer/, 'leave'],
  [/^\/sager/, 'bulkRun'],
  [/videre/, 'item'],
]

function fill(pattern: string, filling: Filling): string {
  return pattern.replace(/:(\w+)/g, (_, name: string) => {
    const id = ids.find(([path]) => path.test(pattern))?.[1]
    const key =
      name === 'id'
        ? id
        : name === 'code' && pattern.includes('/bidragydere')
          ? 'contributor'
          : name
    const value = key === undefined ? undefined : filling[key]
    if (value === undefined) throw new Error(`nothing stands for :${name} in ${pattern}`)
    return value
  })
}

async function tokenOf(browser: Client, relation: Relation): Promise<string> {
  const isOut = relation === 'nobody' || relation === 'disabled'
  return String((await browser.formOf(isOut ? '/log-ind' : '/profil')).fields._csrf)
}

/** Every table, every row, as one hash. */
async function dumpOf(db: Db): Promise<string> {
  const tables = await db('sqlite_master')
    .where({ type: 'table' })
    .whereNot('name', 'like', 'sqlite_%')
    .orderBy('name')
    .pluck<string[]>('name')
  const hash = createHash('sha256')
  for (const table of tables) hash.update(table).update(JSON.stringify(await db(table)))
  return hash.digest('hex')
}
