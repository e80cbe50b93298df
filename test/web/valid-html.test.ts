import { HtmlValidate } from 'html-validate'
import { expect, it } from 'vitest'
import { formIn } from '../../src/journey/forms.ts'
import type { Answer, Client } from '../support/client.ts'
import { crawl } from '../support/crawl.ts'
import { everyStage } from '../support/every-stage.ts'
import { aTown } from '../support/town.ts'

const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    'require-sri': 'off', // everything comes from here
    'heading-level': ['error', { minInitialRank: 'h2' }], // the summary of errors comes first
    'no-implicit-button-type': 'off', // a button in a form sends it
  },
})

it('every page of everybody is valid HTML, also when its form comes back with errors', async () => {
  const town = await aTown('SQLite')
  const stages = await everyStage(town)
  const officials = [
    'sagsbehandler',
    'bedoemmer-valby',
    'puljeudvalg',
    'oekonomi',
    'raadgiver',
    'bidrag-amv',
    'administrator',
  ]
  const people = [town.client()]
  for (const key of officials) people.push((await town.official(key)).browser)
  for (const { cast } of Object.values(stages)) {
    people.push((await town.person(cast.applicant.email)).browser)
  }
  const faults = new Map<string, string>()
  const seen = new Set<string>()
  let refused = 0
  const look = async (path: string, html: string) => {
    const shape = html.replace(/>[^<]*[^<\s][^<]*/g, '>text').replace(/\d+/g, '0')
    if (!html.startsWith('<!') || seen.has(shape)) return
    seen.add(shape)
    const report = await validator.validateString(html)
    for (const { ruleId, message, line } of report.results.flatMap((r) => r.messages)) {
      const fault = `${ruleId}: ${message}`
      const at = html.split('\n')[line - 1] ?? ''
      if (!faults.has(fault)) faults.set(fault, `${path}:${line} ${at.slice(0, 200)}`)
    }
  }
  for (const browser of people) {
    const pages = await crawl(browser)
    for (const [path, html] of pages) await look(path, html)
    for (const [path, html] of pages) {
      if (!/<main[\s\S]*method="post"/.test(html)) continue
      const answer = await emptied(browser, path)
      if (answer?.status !== 422) continue
      refused += 1
      await look(`${path} refused`, answer.body)
    }
  }
  const { browser: many } = await town.official('sagsbehandler')
  const both = `sag=${stages.submitted.reference},${stages.running.reference}`
  for (const handling of ['assignHandler', 'startReview', 'extendDeadline', 'sendMessage']) {
    const path = `/sager/samlet?handling=${handling}&${both}`
    await look(path, (await many.open(path)).body)
  }
  const message = `/sager/samlet?handling=sendMessage&${both}`
  const plan = await many.complete(message, { body: 'Vi holder lukket i påsken.' })
  await look(plan.location, plan.body)
  await look(plan.location, (await many.complete(plan.location, {}, plan.location)).body)
  expect([...faults]).toEqual([])
  expect(seen.size).toBeGreaterThan(300)
  expect(refused).toBeGreaterThan(40)
}, 240_000)

/** The answer to the first form of a page when nothing is filled in; null where there is nothing to fill. */
async function emptied(browser: Client, path: string): Promise<Answer | null> {
  const page = await browser.get(path)
  if (page.status !== 200) return null
  const { action, fields, names } = formIn(page.body)
  const hidden = ['_csrf', 'requestKey', 'version', 'videre', 'tilbage']
  const typed = names.filter((name) => !hidden.includes(name))
  if (typed.length === 0) return null
  const empty = Object.fromEntries(typed.map((name) => [name, '']))
  return browser.post(action, { ...fields, ...empty })
}
