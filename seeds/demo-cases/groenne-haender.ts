import { applies } from './apply.ts'
import { reviewed } from './reviewing.ts'
import { paid, reported } from './running.ts'
import { all, doesTask, ore, plans, recommends, says, step } from './scenes.ts'
import type { Story } from './story.ts'

const me = 'groennehaender'

/** Follow-up advice: tapering is over, the plan takes shape. */
export const groenneHaender: Story = {
  applicant: me,
  pool: 'LOKAL',
  idea: {
    title: 'Grønne Hænder: jobtræning i en byhave',
    summary:
      'Otte borgere ad gangen passer en have på en tom grund i Valby og leverer krydderurter og salat til caféer i nærheden. En gartner er med hver dag. Arbejdet er rigtigt, og det er tempoet også: dit eget.',
    targetGroup: 'Voksne i ressourceforløb, som har været væk fra et arbejde i mere end et år.',
    purposes: ['employment', 'health', 'environment'],
    districts: ['valby'],
    amount: '60.000',
    totalBudget: '82.000',
    wages: '30.000',
    budget:
      'Gartner otte timer om ugen: 30.000 kr. Højbede, jord og vand: 18.000 kr. Skur og redskaber: 9.000 kr. Arbejdstøj: 3.000 kr.',
    deMinimis: '0',
    otherGrants: '',
    hypothesis:
      'Faste opgaver i det fri gør det lettere at møde op end en plads i et kursuslokale.',
    measure: 'Fremmøde i procent uge for uge, og hvor mange der går videre i praktik.',
    starts: 30,
    ends: 210,
    afterwards: 'Caféerne betaler for leverancen, og jobcentret køber pladser.',
    customers: 'Fire caféer har købt urter på prøve.',
    helpWanted: 'En grund, vi kan blive på, og en, der kan læse en kontrakt.',
  },
  scenes: [
    [-290, applies],
    ...reviewed(-288, 'sagsbehandler', [
      ['valby', [4, 5, 4, 5, 2, 4], 'Enkelt, klart og savnet i bydelen.'],
      ['noerrebro', [4, 4, 3, 4, 2, 5], 'Fint projekt. Kunne prøves af flere steder senere.'],
    ]),
    [
      -274,
      recommends('sagsbehandler', {
        outcome: 'grant',
        kroner: 60_000,
        reasons: 'Lille, overskueligt og let at måle.',
        conditions: '',
      }),
    ],
    [
      -268,
      step('puljeudvalg', 'grant', {
        amountOre: ore(60_000),
        hearing: 'notNeeded',
        stateAid: 'no',
        stateAidWhy: 'Salget er så lille, at det ikke påvirker markedet.',
      }),
    ],
    [-262, step(me, 'accept')],
    ...paid(-260, 1),
    ...reported(-110, 1, me, {
      done: 'Haven har været i drift i fem måneder med otte faste pladser. Vi har leveret 340 kilo grønt til fire caféer.',
      learned:
        'Regnvejr er ikke problemet. Det er mandag. Nu begynder vi ugen med fælles morgenmad.',
      result: 'Fremmødet er 81 %. Fem er videre i praktik.',
      onward: 'Caféerne vil fortsætte. Vi mangler en grund, når kontrakten udløber.',
      kroner: 44_200,
    }),
    [
      -104,
      step('sagsbehandler', 'proveConcept', {
        outcome: 'partly',
        reason: 'Fremmødet er langt over målet. Salget er der endnu ikke.',
      }),
    ],
    ...paid(-84, 2),
    ...reported(-44, 2, me, {
      done: 'Sæsonen er afsluttet, og alle pladser har været besat. Regnskabet er lagt ved.',
      learned: 'Vi skal sælge færre ting til flere. Basilikum og salat betaler for resten.',
      result: 'Tre er i småjob, to i praktik, og én er begyndt på gartnerskolen.',
      onward: 'Jobcentret vil købe fire pladser, hvis vi har en grund.',
      kroner: 60_000,
    }),
    [-36, step('sagsbehandler', 'finishTapering')],
    [
      -30,
      all(
        plans('where', 'Fire pladser, købt af jobcentret fra foråret', {
          contact: 'Virksomhedskonsulent (demo), tlf. 12 34 56 78',
        }),
        plans('task', 'Finde en kommunal grund, der kan lånes i tre år', { within: 50 }),
      ),
    ],
    [-26, doesTask],
    [
      -14,
      says(
        me,
        'Vi har kigget på grunden ved Toftegårds Plads. Den ligger perfekt, men der er ikke vand.',
      ),
    ],
    [
      -12,
      says(
        'raadgiver',
        'Godt fundet. Jeg spørger, hvad en vandhane koster. Har I en, I gerne vil have med til mødet om kontrakten?',
      ),
    ],
  ],
}

/** The next step, in the other pool: something speaks against it, and they are heard. */
export const groenneHaenderPaaPlejehjem: Story = {
  applicant: me,
  pool: 'TVAER',
  idea: {
    title: 'Grønne Hænder på to plejehjem',
    summary:
      'Haven flytter ind i gårdene på to plejehjem. De samme otte borgere passer den sammen med beboerne, og køkkenerne bruger det, der gror.',
    targetGroup: 'Voksne i ressourceforløb og beboere på to plejehjem i Valby.',
    purposes: ['employment', 'health'],
    districts: ['valby'],
    amount: '180.000',
    totalBudget: '260.000',
    wages: '95.000',
    budget:
      'Gartner på halv tid i et år: 95.000 kr. Højbede i kørestolshøjde: 52.000 kr. Planter og redskaber: 21.000 kr. Forsikring: 12.000 kr.',
    deMinimis: '60.000',
    otherGrants: '',
    hypothesis:
      'En have, man kan nå fra en kørestol, får både beboere og deltagere til at blive ude.',
    measure: 'Fremmøde, antal beboere i haven om ugen og kilo grønt til køkkenerne.',
    starts: 60,
    ends: 420,
    afterwards: 'Plejehjemmene betaler for gartneren ud af deres aktivitetsmidler.',
    customers: 'To plejehjem i Valby.',
    helpWanted: '',
  },
  scenes: [
    [-45, applies],
    ...reviewed(-42, 'sagsbehandler2', [
      ['bif', [4, 4, 4, 3, 4, 3], 'Good match of two groups. Depends fully on the two homes.'],
      ['sof', [4, 3, 4, 4, 3, 3], 'Jeg er i tvivl om, hvem der passer haven i weekenden.'],
    ]),
    [
      -4,
      step('sagsbehandler2', 'openHearing', {
        facts:
          'Det ene af de to plejehjem har skrevet til os, at gården skal bygges om næste år, og at de derfor ikke kan være med. Det taler imod, at projektet kan gennemføres, som I har beskrevet det.',
        answerWithin: 21,
      }),
    ],
    [
      -3,
      says(me, 'Tak for høringen. Vi taler med et tredje plejehjem på mandag og svarer derefter.'),
    ],
  ],
}
