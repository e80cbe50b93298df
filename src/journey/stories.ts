import { paths } from '../shared/paths.ts'
import type { Idea } from './application.ts'
import { date } from './application.ts'
import type { Cast } from './stages.ts'
import { adviseAndClose, askAndAnswer, grant, pay, report, review, step } from './stages.ts'

export type Story = {
  name: string
  idea: Idea
  email: string
  lang: 'da' | 'en'
  run: (reference: string, cast: Cast) => Promise<void>
}

/** The four cases that the journey takes from an empty form to a closed case. */
export const stories: Story[] = [
  {
    name: 'TVAER through all six stages',
    email: 'cykler@rejsen.example.org',
    lang: 'da',
    idea: {
      pool: 'TVAER',
      organisation: { name: 'Cykelværkstedet på Rejsen', cvr: '00007005' },
      title: 'Unge reparerer byens cykler',
      summary: 'Vi lærer unge uden job at reparere cykler, som kommunen ellers kasserer.',
      kroner: '250.000',
      budgetKroner: '400.000,00',
      wagesKroner: '180.000 kr.',
      districts: ['noerrebro', 'bispebjerg'],
      startInDays: 60,
    },
    run: async (reference, cast) => {
      await askAndAnswer(reference, cast)
      await review(reference, cast)
      await grant(reference, cast, { amount: '250.000', conditions: '' })
      await pay(reference, cast)
      await report(reference, 1, cast, '98.000')
      await step(cast.secretariat, reference, 'proveConcept', { outcome: 'proved' })
      await pay(reference, cast)
      await report(reference, 2, cast, '172.000')
      await pay(reference, cast)
      await report(reference, 3, cast, '221.500')
      await pay(reference, cast)
      await report(reference, 4, cast, '250.000')
      await step(cast.secretariat, reference, 'finishTapering')
      await adviseAndClose(reference, cast)
    },
  },
  {
    name: 'LOKAL through all six stages',
    email: 'syning@rejsen.example.org',
    lang: 'da',
    idea: {
      pool: 'LOKAL',
      organisation: { name: 'Sy med naboen', cvr: null },
      title: 'Et systue-fællesskab i gården',
      summary: 'Beboere lærer hinanden at sy og reparere tøj i en tom butik.',
      kroner: '80.000',
      budgetKroner: '80.000',
      wagesKroner: '40.000',
      districts: ['valby'],
      startInDays: 30,
    },
    run: async (reference, cast) => {
      await review(reference, cast)
      await grant(reference, cast, { amount: '80.000', conditions: '' })
      await pay(reference, cast)
      await report(reference, 1, cast, '56.000')
      await step(cast.secretariat, reference, 'proveConcept', { outcome: 'partly' })
      await pay(reference, cast)
      await report(reference, 2, cast, '80.000')
      await step(cast.secretariat, reference, 'finishTapering')
      await adviseAndClose(reference, cast)
    },
  },
  {
    name: 'LOKAL not proved, the rest returned',
    email: 'taenkehat@rejsen.example.org',
    lang: 'da',
    idea: {
      pool: 'LOKAL',
      organisation: { name: 'Tænkehatten', cvr: '00007064' },
      title: 'Lektiecafé på biblioteket',
      summary: 'Vi prøver, om unge lærer mere, når de underviser hinanden.',
      kroner: '100.000',
      budgetKroner: '120.000',
      wagesKroner: '60.000',
      districts: ['vesterbro'],
      startInDays: 30,
    },
    run: async (reference, cast) => {
      await review(reference, cast)
      await grant(reference, cast, { amount: '100.000', conditions: '' })
      await pay(reference, cast)
      await report(reference, 1, cast, '51.550')
      await step(cast.secretariat, reference, 'concludeUnproven', {
        learning: 'De unge ville hellere mødes hjemme hos hinanden end på biblioteket.',
        spent: '51.550',
      })
      await step(cast.decisionMaker, reference, 'demandRepayment', {
        repayment: '18.450',
        reasons: 'Pengene er udbetalt og ikke brugt.',
        rule: 'Tilsagnets vilkår om ubrugte midler',
        hearing: 'notNeeded',
        hearingWhy: 'Beløbet er jeres eget regnskabs.',
      })
      await step(cast.finance, reference, 'settleRepayment', {
        received: '18.450',
        settledBy: 'paid',
      })
      await adviseAndClose(reference, cast)
    },
  },
  {
    name: 'LOKAL rejected after a hearing, advice accepted',
    email: 'garden@rejsen.example.org',
    lang: 'en',
    idea: {
      pool: 'LOKAL',
      organisation: { name: 'The Rooftop Garden Group', cvr: null },
      title: 'A garden on the roof of the car park',
      summary: 'Neighbours grow vegetables together on an unused roof.',
      kroner: '150.000',
      budgetKroner: '300.000',
      wagesKroner: '50.000',
      districts: ['indreBy'],
      startInDays: 90,
    },
    run: async (reference, cast) => {
      const { secretariat, decisionMaker, applicant } = cast
      await review(reference, cast)
      await step(secretariat, reference, 'openHearing', {
        facts: 'Ejeren af taget har skrevet til os, at taget ikke må belastes.',
        ...date('answerBy', new Date(Date.now() + 10 * 86_400_000)),
      })
      await step(applicant, reference, 'answerHearing', {
        answer: 'We did not know. We have no other roof yet.',
      })
      await secretariat.browser.complete(paths.recommendation(reference), {
        outcome: 'reject',
        amount: '0',
        reasons: 'Der er ikke et sted, hvor projektet kan være.',
      })
      await step(decisionMaker, reference, 'reject', {
        reasons: 'Projektet kan ikke gennemføres på det sted, der er søgt til.',
        rule: 'Puljens kriterium om gennemførlighed',
        hearing: 'held',
        onwardHelp: 'Vi hjælper jer med at finde et andet sted i bydelen.',
      })
      await step(applicant, reference, 'acceptAdvice')
      await adviseAndClose(reference, cast)
    },
  },
]
