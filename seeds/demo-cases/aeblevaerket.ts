import { applies, begins, writes } from './apply.ts'
import { reviewed } from './reviewing.ts'
import { paid } from './running.ts'
import { ore, recommends, says, step } from './scenes.ts'
import type { Story } from './story.ts'

const me = 'aeblevaerket'

/** Stopped by frost: they spent less than they got, and owe the rest. */
export const mobilPresse: Story = {
  applicant: me,
  pool: 'LOKAL',
  idea: {
    title: 'Æblepressen i gården',
    summary:
      'En presse på ladcykel kører fra gård til gård i Indre By i september og oktober. Beboerne presser deres egne æbler sammen, og saften er deres.',
    targetGroup: 'Beboere i gårde med frugttræer, som ingen plukker.',
    purposes: ['environment', 'social'],
    districts: ['indreBy'],
    amount: '30.000',
    totalBudget: '33.000',
    wages: '3.000',
    budget: 'Presse og kværn: 19.000 kr. Ladcykel: 8.000 kr. En, der viser det: 3.000 kr.',
    deMinimis: '0',
    otherGrants: '',
    hypothesis: 'Gårde, der presser sammen, begynder også at passe træerne sammen.',
    measure: 'Antal gårde, liter saft, og hvor mange der vil have os igen.',
    starts: 20,
    ends: 150,
    afterwards: 'Gårdene betaler for besøget.',
    customers: 'Ni gårde har skrevet sig op.',
    helpWanted: '',
  },
  scenes: [
    [-128, applies],
    ...reviewed(-126, 'sagsbehandler2', [
      ['noerrebro', [4, 4, 3, 5, 1, 4], 'Lille, sjovt og let at måle.'],
      ['valby', [4, 4, 3, 5, 1, 4], 'Kunne gå på omgang mellem flere bydele næste år.'],
    ]),
    [
      -112,
      recommends('sagsbehandler2', {
        outcome: 'grant',
        kroner: 30_000,
        reasons: 'Klar afprøvning inden for én sæson.',
        conditions: '',
      }),
    ],
    [
      -104,
      step('puljeudvalg', 'grant', {
        amountOre: ore(30_000),
        hearing: 'notNeeded',
        stateAid: 'no',
        stateAidWhy: 'Saften er beboernes egen.',
      }),
    ],
    [-99, step(me, 'accept')],
    ...paid(-97, 1, 'sagsbehandler2'),
    [
      -30,
      step(me, 'stopProject', {
        reason:
          'Frosten tog blomsterne, og syv af ni gårde har ingen æbler i år. Vi stopper, før vi bruger flere penge, og vil hellere bygge et rigtigt mosteri.',
        spentOre: ore(9_000),
      }),
    ],
    [
      -28,
      says(
        'sagsbehandler2',
        'Det er klogt at stoppe i tide. I skylder 6.000 kr., og økonomi sender jer en indbetaling.',
      ),
    ],
    [-27, says(me, 'Tak. Vi betaler den første i måneden.')],
  ],
}

/** A draft, half written; its name sorts last. */
export const aeblevaerket: Story = {
  applicant: me,
  pool: 'TVAER',
  isDraft: true,
  idea: {
    title: 'Æbleværket: mosteri midt i byen',
    summary:
      'Et lille mosteri i Indre By, hvor byens frugt bliver til most, og hvor fire borgere ad gangen kommer i arbejdsprøvning ved pressen.',
    purposes: ['environment', 'employment'],
    districts: ['indreBy'],
    amount: '150.000',
    totalBudget: '210.000',
    wages: '52.500',
  },
  scenes: [
    [-8, begins],
    [
      -3,
      writes({
        targetGroup: 'Fire borgere ad gangen i arbejdsprøvning, tre måneder hver.',
        budget:
          'Mostmester på deltid: 52.500 kr. Presse og pasteurisering: 68.000 kr. Mangler: leje.',
        deMinimis: '30.000',
      }),
    ],
  ],
}
