import { applies } from './apply.ts'
import { handles, notes, step } from './scenes.ts'
import type { Story } from './story.ts'

const me = 'lyslinjen'

/** Withdrawn before anybody had decided … */
export const lyslinjen: Story = {
  applicant: me,
  pool: 'LOKAL',
  idea: {
    title: 'Lyslinjen: tryghedsværter om natten',
    summary:
      'Fredag og lørdag nat går to værter i lysende veste fra Enghave Plads til Hovedbanegården. De følger dem hjem, der beder om det, og ringer, når der er brug for det.',
    targetGroup: 'Unge og kvinder på vej hjem om natten, og de unge, der selv er værter.',
    purposes: ['social', 'health'],
    districts: ['vesterbro'],
    amount: '90.000',
    totalBudget: '104.000',
    wages: '49.500',
    budget:
      'Timeløn til værter: 49.500 kr. Uddannelse: 18.000 kr. Veste, lygter og telefoner: 14.500 kr. Forsikring: 8.000 kr.',
    deMinimis: '0',
    otherGrants: '',
    hypothesis: 'Et fast lys på en fast rute er nok til, at flere tør gå hjem.',
    measure: 'Antal følgeskaber pr. nat og svar på et spørgeskema hver måned.',
    starts: 30,
    ends: 200,
    afterwards: 'Værtshusene på strækningen betaler for hver sin aften.',
    customers: 'Syv værtshuse siger, at de vil være med, hvis de andre er.',
    helpWanted: 'En fast kontakt hos politiet.',
  },
  scenes: [
    [-60, applies],
    [-57, handles('sagsbehandler')],
    [
      -56,
      notes(
        'sagsbehandler',
        'Lyslinjens kontaktperson',
        'Hun ringede og spurgte, om de må bruge en frivillig elektriker. Jeg sagde, at det må de, hvis han har autorisation, og at de skal skrive det i ansøgningen.',
      ),
    ],
    [
      -52,
      step(me, 'withdraw', {
        reason:
          'Vi er blevet færre end ventet og kan ikke dække to nætter om ugen. Vi kommer igen med noget mindre.',
      }),
    ],
  ],
}

/** … and back with something smaller: the secretariat has asked, and waits for an answer. */
export const lyslinjenFraNattoget: Story = {
  applicant: me,
  pool: 'LOKAL',
  idea: {
    ...lyslinjen.idea,
    title: 'Lyslinjen: følgeskab hjem fra nattoget',
    summary:
      'Én nat om ugen møder to værter de sidste tre tog på Enghave Station og følger dem hjem, der har lyst til selskab. Mindre end sidst, og noget, vi ved, vi kan bære.',
    amount: '48.000',
    totalBudget: '56.000',
    wages: '26.400',
    budget:
      'Timeløn til værter: 26.400 kr. Uddannelse: 11.600 kr. Veste og lygter: 6.000 kr. Forsikring: 4.000 kr.',
  },
  scenes: [
    [-12, applies],
    [-10, handles('sagsbehandler')],
    [
      -3,
      step('sagsbehandler', 'requestInformation', {
        question:
          'Har værterne en forsikring, når de følger nogen hjem? Og hvad gør de, hvis nogen bliver truende? Send gerne jeres vejledning til værterne.',
        answerWithin: 20,
      }),
    ],
  ],
}
