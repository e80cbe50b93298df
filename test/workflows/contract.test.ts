import { describe, expect, it } from 'vitest'
import type { ApplicationFacts } from '../../workflows/application.facts.ts'
import { mainPath } from '../../workflows/application.machine.ts'
import { runCheck } from '../../workflows/define.ts'
import type { Lifecycle } from '../../workflows/define.ts'
import {
  arrowsOf,
  choicesFor,
  decide,
  machines,
  metaOf,
  permits,
} from '../../workflows/lifecycle.ts'
import type { Role } from '../../workflows/vocabulary.ts'
import {
  askNames,
  audiences,
  deadlineKinds,
  ledgerEntries,
  records,
  roles,
  tags,
  vocabulary,
} from '../../workflows/vocabulary.ts'
import { Blocked, NotAllowed } from '../../src/shared/errors.ts'
import { hasText, languages } from '../../src/templates/i18n.ts'
import { mailTemplateNames } from '../../src/templates/mail-templates.ts'
import { engines, freshDatabase } from '../support/database.ts'
import { insertRow } from '../support/factories.ts'
import { factsFor, worlds } from './facts.ts'

type AnyLifecycle = Lifecycle<ApplicationFacts>
const all = Object.values(machines) as unknown as AnyLifecycle[]

describe.each(all.map((m) => [m.name, m] as const))('the %s machine', (name, lifecycle) => {
  const arrows = arrowsOf(lifecycle)

  it('reaches every status from its first, and an end from every status without withdrawing', () => {
    const from = (start: string, skip: string[] = []) => {
      const seen = new Set([start])
      for (const status of seen) {
        for (const a of arrows) {
          if (a.from === status && !skip.includes(a.event)) seen.add(a.to)
        }
      }
      return seen
    }
    expect([...from(lifecycle.initial)].sort()).toEqual([...lifecycle.statuses].sort())
    const isEnd = (status: string) =>
      permits(name, status, 'ended') || arrows.every((a) => a.from !== status)
    const stuck = lifecycle.statuses.filter(
      (status) => ![...from(status, ['withdraw'])].some(isEnd),
    )
    expect(stuck).toEqual([])
  })

  it('gives every arrow a role that exists, and a mail or a reason for its silence', () => {
    for (const a of arrows) {
      expect(a.roles.length, `${a.from} ${a.event}`).toBeGreaterThan(0)
      expect(roles).toEqual(expect.arrayContaining([...a.roles]))
      const told = a.effects.filter((e) => e.type === 'email' || e.type === 'silent')
      expect(told.length, `${a.from} ${a.event}`).toBeGreaterThan(0)
    }
  })

  it('uses every event of its vocabulary and no other, and no other word either', () => {
    expect([...new Set(arrows.map((a) => a.event))].sort()).toEqual([...vocabulary[name]].sort())
    for (const { asks, effects } of arrows) {
      expect(askNames).toEqual(expect.arrayContaining([...asks]))
      for (const e of effects) {
        if (e.type === 'email') expect(audiences).toContain(e.params.to)
        if (e.type === 'ledger') expect(ledgerEntries).toContain(e.params.entry)
        if (e.type === 'record') expect(records).toContain(e.params.what)
        if (e.type === 'startDeadline') expect(deadlineKinds).toContain(e.params.kind)
      }
    }
    const used = lifecycle.statuses.flatMap((s) => lifecycle.states[s]?.tags ?? [])
    expect(tags).toEqual(expect.arrayContaining(used))
  })

  it.each(languages)('has words for every status, event, hint, mail and silence in %s', (lang) => {
    const keys = [
      ...lifecycle.statuses.map((s) => `lifecycle.${name}.status.${s}`),
      ...arrows.flatMap((a) => [
        `lifecycle.${name}.event.${a.event}`,
        `lifecycle.${name}.done.${a.event}`,
        ...a.checks.map((check) => `lifecycle.${name}.hint.${check}`),
        ...a.effects.flatMap((e) =>
          e.type === 'silent' ? [`lifecycle.silent.${e.params.because}`] : [],
        ),
      ]),
    ]
    expect([...new Set(keys)].filter((key) => !hasText(lang, key))).toEqual([])
    const templates = arrows.flatMap((a) =>
      a.effects.flatMap((e) => (e.type === 'email' ? [e.params.template] : [])),
    )
    expect([...new Set(templates)].filter((t) => !mailTemplateNames(lang).includes(t))).toEqual([])
  })

  it('has checks that are all used, that can all say yes, and can all say no', () => {
    const used = new Set(arrows.flatMap((a) => a.checks))
    const faults = Object.keys(lifecycle.checks).filter((check) => {
      const answers = worlds(name).map((facts) => runCheck(lifecycle.checks, check, facts as never))
      return !used.has(check) || !answers.includes(true) || !answers.includes(false)
    })
    expect(faults.filter((check) => check !== 'notConflicted' || used.has(check))).toEqual([])
  })

  it('refuses a step by name: each check, alone against it, gives its own hint', () => {
    const faults: string[] = []
    for (const a of arrows) {
      for (const check of a.checks) {
        const facts = factsFor(lifecycle, a.checks, check)
        if (facts === null) {
          faults.push(`${a.from} ${a.event}: no world in which only ${check} says no`)
          continue
        }
        const others = arrows.filter((b) => b.from === a.from && b.event === a.event && b !== a)
        const another = others.some((b) =>
          b.checks.every((c) => runCheck(lifecycle.checks, c, facts as never)),
        )
        if (another) continue // a sibling of the arrow is open in this world: nothing is refused
        const role = a.roles[0] ?? 'clock'
        const hint = hintOf(() => decide(lifecycle, a.from, facts as never, a.event, [role]))
        const possible = [a, ...others].flatMap((b) =>
          b.checks
            .filter((c) => !runCheck(lifecycle.checks, c, facts as never))
            .map((c) => `lifecycle.${name}.hint.${c}`),
        )
        if (!possible.includes(hint)) faults.push(`${a.from} ${a.event} without ${check}: ${hint}`)
        if (others.length === 0 && hint !== `lifecycle.${name}.hint.${check}`) {
          faults.push(`${a.from} ${a.event} without ${check} says ${hint}`)
        }
      }
    }
    expect(faults).toEqual([])
  })

  it('shows the buttons that a write accepts, given the best answer, for every status, event and role', () => {
    const faults: string[] = []
    for (const facts of worlds(name)) {
      for (const status of lifecycle.statuses) {
        for (const role of roles) {
          const shown = choicesFor(lifecycle, status, facts as never, [role])
          for (const event of vocabulary[name]) {
            const choice = shown.find((c) => c.event === event)
            const typed = lifecycle.atBest(facts as never, choice?.asks ?? [])
            const answer = answerOf(lifecycle, status, typed, event, role)
            const expected = !choice ? 'none' : choice.blockedHint === null ? 'open' : 'blocked'
            const agrees = expected === 'none' ? answer !== 'open' : answer === expected
            if (!agrees)
              faults.push(`${role} ${status} ${event}: ${expected}, write says ${answer}`)
            if (expected !== 'open' && answerOf(lifecycle, status, facts, event, role) === 'open')
              faults.push(`${role} ${status} ${event}: no button, and the write takes it`)
          }
        }
      }
    }
    expect(faults.slice(0, 10)).toEqual([])
  })
})

describe('the six stages', () => {
  it('are a way that the machine has', () => {
    const arrows = arrowsOf(machines.application)
    for (const [i, status] of mainPath.slice(0, -1).entries()) {
      const next = mainPath[i + 1]
      expect(
        arrows.some((a) => a.from === status && a.to === next),
        `${status} → ${next}`,
      ).toBe(true)
    }
    expect(metaOf('application', 'tapering').stage).toBe('tapering')
  })
})

describe('every arrow of an official', () => {
  it('asks about conflicts of interest first', () => {
    const free: Role[] = ['applicant', 'clock', 'contributor', 'administrator']
    const unguarded = all.flatMap((m) =>
      arrowsOf(m)
        .filter((a) => a.roles.some((role) => !free.includes(role)))
        .filter((a) => a.checks[0] !== 'notConflicted')
        .map((a) => `${m.name} ${a.event}`),
    )
    expect(unguarded).toEqual([])
  })
})

const tables: [string, string][] = [
  ['application', 'applications'],
  ['review', 'reviews'],
  ['contribution', 'contributions'],
  ['instalment', 'instalments'],
  ['report', 'reports'],
  ['mail', 'outbox'],
]

describe.each(engines)('the database on %s', (engine) => {
  it('holds each machine to its own statuses', async () => {
    const db = await freshDatabase(engine)
    for (const [name, table] of tables) {
      const lifecycle = all.find((m) => m.name === name)
      expect((await statusesIn(db, table)).sort()).toEqual([...(lifecycle?.statuses ?? [])].sort())
    }
  })

  it('lets nobody invent one', async () => {
    const db = await freshDatabase(engine)
    const row = { status: 'invented', message_id: 'a', event: 'x', template: 'x', language: 'da' }
    const rest = {
      to_address: 'a',
      subject: '',
      text: '',
      html: '',
      raw: '',
      next_at: '',
      created_at: '',
    }
    await expect(insertRow(db, 'outbox', { ...row, ...rest })).rejects.toThrow(/ck_|check/i)
    await expect(
      insertRow(db, 'outbox', { ...row, ...rest, status: 'pending' }),
    ).resolves.toBeGreaterThan(0)
  })
})

/** The statuses that the table's own constraint lists, as the database itself tells them. */
async function statusesIn(
  db: Awaited<ReturnType<typeof freshDatabase>>,
  table: string,
): Promise<string[]> {
  const constraint = new RegExp(`ck_${table}_status\\W[^)]*?\\(?[^(]*\\(([^)]*)\\)`)
  const isPg = db.client.config.client === 'pg'
  const sql = isPg
    ? await db('pg_constraint')
        .where({ conname: `ck_${table}_status` })
        .first<{ sql: string }>(db.raw('pg_get_constraintdef(oid) as sql'))
    : await db('sqlite_master').where({ type: 'table', name: table }).first<{ sql: string }>('sql')
  const text = isPg ? sql.sql : (constraint.exec(sql.sql)?.[0] ?? '')
  return [...text.matchAll(/'(\w+)'/g)].map(([, status = '']) => status)
}

function hintOf(step: () => unknown): string {
  try {
    step()
    return 'taken'
  } catch (error) {
    if (error instanceof Blocked) return error.hint
    if (error instanceof NotAllowed) return 'not allowed'
    throw error
  }
}

function answerOf(
  lifecycle: AnyLifecycle,
  status: string,
  facts: object,
  event: string,
  role: Role,
): 'open' | 'blocked' | 'notAllowed' {
  const hint = hintOf(() => decide(lifecycle, status, facts as never, event, [role]))
  if (hint === 'taken') return 'open'
  return hint === 'not allowed' ? 'notAllowed' : 'blocked'
}
