import type { BrowserContextOptions } from 'playwright-core'
import { expect, it } from 'vitest'
import { step } from '../../src/journey/stages.ts'
import type { Person } from '../../src/journey/person.ts'
import { describeInBrowser } from '../support/browser.ts'
import { keyboardOf } from '../support/keyboard.ts'
import { expectText, pageOf } from '../support/pages.ts'
import { aTown } from '../support/town.ts'

const reasons = 'Begge bedømmere peger på idéen, og budgettet hænger sammen.'

const ways: { how: string; options: BrowserContextOptions }[] = [
  { how: 'by keyboard alone', options: { colorScheme: 'light' } },
  {
    how: 'by keyboard alone, in the dark and without JavaScript',
    options: { colorScheme: 'dark', javaScriptEnabled: false },
  },
]

describeInBrowser('the twelve main tasks', (browser) => {
  it.each(ways)(
    'are done $how',
    async ({ options }) => {
      const town = await aTown('SQLite')
      const faults: string[] = []
      const hasScript = options.javaScriptEnabled !== false
      const seat = async (who: Person | null) => {
        const page = await pageOf(browser(), town, who, options)
        return { page, keys: keyboardOf(page, faults) }
      }
      const stored = (table: string) => town.db(table).orderBy('id', 'desc').first('status')
      const at = (path: string) => town.url + path
      const applicant = 'tastatur@example.org'

      // 1. Sign in, with the code from the mail.
      const own = await seat(null)
      await own.keys.open(at('/log-ind'))
      await own.keys.type('email', applicant)
      await own.keys.press('Send mig en kode')
      const [mail] = await town.mails(applicant)
      await own.keys.type('code', /\b\d{4} ?\d{4}\b/.exec(mail?.text ?? '')?.[0] ?? '')
      await own.keys.press('Log ind')
      expect(new URL(own.page.url()).pathname).toBe('/mine-sager')

      // 2. Make an organisation.
      await own.keys.open(at('/organisationer/ny'))
      await own.keys.choose('kind', 'group')
      await own.keys.type('name', 'Gårdhaven')
      await own.keys.press('Opret')
      expect(await town.db('organisations').orderBy('id', 'desc').first('name')).toEqual({
        name: 'Gårdhaven',
      })

      // 3. Apply, and send.
      await own.keys.open(at('/puljer/lokal/ansoeg'))
      await own.keys.press('Start ansøgning')
      expect(await own.keys.walk()).toBeGreaterThan(20)
      await own.keys.type('contactPhone', '12 34 56 78')
      await own.keys.tick('districts')
      await own.keys.press('Gem og gå videre')
      await own.keys.type('title', 'En have')
      await own.keys.type('summary', 'Vi planter.')
      await own.keys.type('targetGroup', 'Alle i gården')
      await own.keys.press('Gem og gå videre')
      await own.keys.type('amount', '20.000')
      await own.keys.type('totalBudget', '20.000')
      await own.keys.type('deMinimis', '0')
      await own.keys.press('Gem og gå videre')
      await own.keys.type('hypothesis', 'Naboer mødes ved jord.')
      await own.keys.type('measure', 'Vi tæller.')
      await own.keys.type('startOn-day', '1')
      await own.keys.type('startOn-month', '9')
      await own.keys.type('startOn-year', '2026')
      await own.keys.press('Gem og gå videre')
      await own.keys.press('Gem og gå videre')
      await own.keys.tick('declaration')
      await own.keys.press('Gem og gå videre')
      await own.keys.press('Send ansøgning')
      await expectText(own.page, 'Ansøgningen er sendt')
      const { reference } = await town.db('applications').first<{ reference: string }>()
      const page = `/ansoegninger/${reference}`

      // 4. Answer a question.
      const cast = { ...(await town.castOf('LOKAL', applicant)) }
      await step(cast.secretariat, reference, 'requestInformation', {
        question: 'Hvem låser op?',
        'answerBy-day': '1',
        'answerBy-month': '12',
        'answerBy-year': '2099',
      })
      await own.keys.open(at(page))
      await own.keys.press('Send oplysningerne')
      await own.keys.type('answer', 'Det gør viceværten.')
      await own.keys.press('Send oplysningerne')
      expect(await stored('applications')).toEqual({ status: 'submitted' })

      // 5. Take the case, and invite reviewers.
      const office = await seat(cast.secretariat)
      await office.keys.open(at(page))
      await office.keys.press('Tag sagen')
      const asked: number[] = []
      for (const reviewer of cast.reviewers) {
        const { id } = await town
          .db('people')
          .where({ email: reviewer.email })
          .first<{ id: number }>('id')
        asked.push(id)
        await office.keys.open(at(page))
        await office.keys.choose('reviewer', String(id))
        await office.keys.press('Invitér')
      }
      expect(await town.db('reviews').orderBy('id').pluck('reviewer_id')).toEqual(asked)
      await office.keys.open(at(page))
      expect(await office.keys.walk()).toBeGreaterThan(20)

      // 6. Report a conflict; and 7. review.
      const ids = await town.db('reviews').orderBy('id').pluck<number[]>('id')
      const [first, second] = [await seat(cast.reviewers[0]), await seat(cast.reviewers[1])]
      await second.keys.open(at(`/bedoemmelser/${ids[1] ?? 0}`))
      await second.keys.press('Jeg er inhabil')
      await second.keys.type('reason', 'Min søster er med.')
      await second.keys.press('Jeg er inhabil')
      expect(await stored('reviews')).toEqual({ status: 'conflictReported' })
      await cast.secretariat.take(page, /\/bedoemmelser\/\d+\/trin\/clearReviewer/, {
        reason: 'Søsteren er holdt op.',
      })
      await first.keys.open(at(`/bedoemmelser/${ids[0] ?? 0}`))
      await first.keys.press('Jeg er habil')
      await step(cast.secretariat, reference, 'startReview')
      const codes = await town
        .db('criteria')
        .where({ pool_id: (await town.db('applications').first<{ pool_id: number }>()).pool_id })
        .orderBy('position')
        .pluck<string[]>('code')
      for (const [i, { keys }] of [first, second].entries()) {
        await keys.open(at(`/bedoemmelser/${ids[i] ?? 0}`))
        for (const code of codes) await keys.choose(`score-${code}`, String(4 - i))
        await keys.type('comment', 'Klar og modig ansøgning.')
        await keys.press('Indsend bedømmelse')
      }
      expect(await town.db('reviews').pluck('status')).toEqual(['submitted', 'submitted'])
      await step(cast.secretariat, reference, 'completeReview')

      // 8. Recommend.
      await office.keys.open(at(page))
      await office.keys.press('Skriv indstilling')
      await office.keys.choose('outcome', 'grant')
      await office.keys.type('amount', '20.000')
      await office.keys.type('reasons', reasons)
      await office.keys.press('Gem indstilling')

      // 9. Grant; what is missing is said first, and the focus is led there.
      const body = await seat(cast.decisionMaker)
      await body.keys.open(at(page))
      await body.keys.press('Giv tilsagn')
      await body.keys.press('Giv tilsagn')
      if (hasScript) {
        expect(await body.page.evaluate('document.activeElement.id')).toBe('error-summary')
      }
      await body.page.keyboard.press('Tab')
      if (!hasScript) await body.keys.open(body.page.url())
      await body.keys.type('amount', '20.000')
      await body.keys.type('reasons', reasons)
      await body.keys.type('rule', 'Puljens kriterier 1–5')
      await body.keys.choose('hearing', 'notNeeded')
      await body.keys.type('hearingWhy', 'Kun jeres egne oplysninger.')
      await body.keys.choose('stateAid', 'no')
      await body.keys.type('stateAidWhy', 'Uden for markedet.')
      await body.keys.press('Giv tilsagn')
      expect(await stored('applications')).toEqual({ status: 'granted' })

      // 10. Accept the grant.
      await own.keys.open(at(page))
      await own.keys.press('Tag imod')
      await own.keys.press('Tag imod')
      expect(await stored('applications')).toEqual({ status: 'proofOfConcept' })

      // 11. Approve a payment, order it and confirm it.
      const till = await seat(cast.finance)
      await office.keys.open(at(page))
      await office.keys.press('Godkend rate')
      await office.keys.press('Godkend rate')
      await till.keys.open(at('/udbetalinger'))
      await till.keys.press('Send til udbetaling')
      await till.keys.press('Send til udbetaling')
      await till.keys.open(at('/udbetalinger'))
      await till.keys.press('Bekræft')
      await till.keys.press('Bekræft')
      expect(await town.db('instalments').orderBy('id').first('status')).toEqual({ status: 'paid' })

      // 12. Report.
      await own.keys.open(at(page))
      await own.keys.press('Skriv: ')
      await own.keys.type('done', 'Vi har plantet.')
      await own.keys.type('learned', 'Det tager tid.')
      await own.keys.type('spent', '14.000')
      await own.keys.press('Send rapport')
      expect(await town.db('reports').orderBy('id').first('status')).toEqual({
        status: 'submitted',
      })
      expect([...new Set(faults)]).toEqual([])
    },
    120_000,
  )
})
