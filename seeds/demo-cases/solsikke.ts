import { applies } from './apply.ts'
import { reviewed } from './reviewing.ts'
import { recommends, says, step } from './scenes.ts'
import type { Story } from './story.ts'

const me = 'solsikke'

/** Stopped by the de minimis ceiling, put off once, and late. */
export const solsikke: Story = {
  applicant: me,
  pool: 'TVAER',
  idea: {
    title: 'Solsikke Logistik: varer til døren med fleksjob',
    summary:
      'Fire ladcykler bringer varer ud for små butikker på Amager. Kørslen er delt i korte ture, så den passer til fleksjob på fem til femten timer. Butikkerne betaler pr. tur.',
    targetGroup: 'Ti borgere i fleksjob på Amager, som ikke kan finde et job med få timer.',
    purposes: ['employment', 'environment'],
    districts: ['amagerVest'],
    amount: '500.000',
    totalBudget: '680.000',
    wages: '300.000',
    budget:
      'Driftsleder og løn under oplæring: 300.000 kr. To ladcykler mere: 120.000 kr. Et system til ruter: 50.000 kr. Forsikring: 30.000 kr.',
    deMinimis: '1.900.000',
    otherGrants: 'Vi har fået støtte fra to fonde og en statslig pulje i de seneste tre år.',
    hypothesis: 'Korte ture gør fleksjob mulige i en branche, hvor de ikke findes.',
    measure: 'Antal fleksjob, timer pr. uge, ture pr. dag og omsætning.',
    starts: 60,
    ends: 600,
    afterwards: 'Ved 90 ture om dagen er vi i balance.',
    customers: '22 butikker kører med os i dag.',
    helpWanted: 'At blive leverandør til kommunens egne institutioner.',
  },
  scenes: [
    [-85, applies],
    ...reviewed(-82, 'sagsbehandler', [
      ['bif', [5, 5, 4, 3, 4, 4], 'Runs already, and pays wages. Strong case.'],
      ['sof', [4, 5, 3, 3, 4, 4], 'Godt tænkt. Støtten de sidste tre år skal regnes efter.'],
    ]),
    [
      -60,
      recommends('sagsbehandler', {
        outcome: 'grant',
        kroner: 500_000,
        reasons:
          'Højt vurderet. Men ansøgeren har oplyst 1.900.000 kr. i de minimis-støtte i tre år, og loftet er 2.238.114 kr. Det skal afklares, før der kan gives tilsagn.',
        conditions: '',
      }),
    ],
    [
      -50,
      step('styregruppe', 'postpone', {
        postponedBy: 44,
        reason: 'Vi skal vide, hvor meget af jeres støtte der tæller med under de minimis-loftet.',
      }),
    ],
    [
      -48,
      says(
        'sagsbehandler',
        'I har oplyst 1.900.000 kr. i de minimis-støtte. Sammen med de 500.000 kr. bliver det 2.400.000 kr., og loftet er 2.238.114 kr. Kan I sende tilsagnsbrevene, så vi kan se, hvornår beløbene er givet?',
      ),
    ],
    [
      -41,
      says(
        me,
        'Vi har skrevet til den statslige pulje. Vi mener, at 300.000 kr. er mere end tre år gamle, men vi venter stadig på brevet.',
      ),
    ],
  ],
}
