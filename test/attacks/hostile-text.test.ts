import { describe, expect, it } from 'vitest'
import type { Db } from '../../src/db/connection.ts'
import { crawl } from '../support/crawl.ts'
import { everyStage } from '../support/every-stage.ts'
import type { Town } from '../support/town.ts'
import { aTown } from '../support/town.ts'

const hostile = `"><img src=x onerror=__x()>'-__x()-'<script>__x()</script>{{7*7}}\${7*7}<%=7*7%>`

/** Every column that a person fills in freely, somewhere in the program. */
const typed: Record<string, string[]> = {
  people: ['name'],
  organisations: ['name', 'address', 'website'],
  applications: ['title', 'learning'],
  messages: ['body'],
  information_requests: ['question', 'answer'],
  reviews: ['conflict_reason', 'comment'],
  scores: ['comment'],
  recommendations: ['reasons', 'conditions'],
  decisions: ['conditions', 'reasons', 'rule', 'hearing', 'state_aid', 'onward_help'],
  reports: ['done', 'learned', 'result', 'onward', 'returned_reason'],
  instalments: ['failure_reason'],
  onward_items: ['text', 'contact', 'waived_reason'],
  tasks: ['detail'],
  contributions: ['base_note_da', 'base_note_en', 'decision_case_number'],
  contributors: ['name_da', 'name_en'],
  outbox: ['subject', 'last_error'],
}

async function makeHostile(db: Db): Promise<void> {
  for (const [table, columns] of Object.entries(typed)) {
    for (const column of columns) {
      await db(table).update({ [column]: hostile })
    }
  }
  for (const row of await db('applications').select<{ id: number; answers: string }[]>()) {
    const answers = Object.entries(JSON.parse(row.answers) as Record<string, unknown>)
    const all = Object.fromEntries(answers.map(([name]) => [name, hostile]))
    await db('applications')
      .where({ id: row.id })
      .update({ answers: JSON.stringify(all) })
  }
}

describe('hostile text in every field there is', () => {
  it('is shown as it was typed on every page of every person, and is never part of the page', async () => {
    const town = await aTown('SQLite')
    const stages = await everyStage(town)
    const people = await everybody(town, stages)
    await makeHostile(town.db)
    const faults: string[] = []
    let shown = 0
    let looked = 0
    for (const [name, browser] of people) {
      for (const [path, html] of await crawl(browser)) {
        if (!html.startsWith('<!')) continue
        looked += 1
        if (html.includes('&lt;script&gt;__x()')) shown += 1
        if (/<img src=x|<script>__x/.test(html)) faults.push(`${name} ${path}`)
        if (html.includes('__x()') && !html.includes('{{7*7}}${7*7}')) {
          faults.push(`${name} ${path}: what was typed was read as a template`)
        }
      }
    }
    expect(faults).toEqual([])
    expect(looked).toBeGreaterThan(300)
    expect(shown).toBeGreaterThan(150)
  }, 120_000)
})

async function everybody(town: Town, stages: Awaited<ReturnType<typeof everyStage>>) {
  const officials = [
    'sagsbehandler',
    'bedoemmer-valby',
    'puljeudvalg',
    'oekonomi',
    'raadgiver',
    'bidrag-amv',
    'administrator',
  ]
  const found: [string, Awaited<ReturnType<Town['person']>>['browser']][] = []
  for (const key of officials) found.push([key, (await town.official(key)).browser])
  for (const { cast } of Object.values(stages)) {
    found.push([cast.applicant.email, (await town.person(cast.applicant.email)).browser])
  }
  return found
}
