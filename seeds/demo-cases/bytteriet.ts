import { applies } from './apply.ts'
import { reviewed } from './reviewing.ts'
import { paid, reported } from './running.ts'
import { ore, recommends, says, step } from './scenes.ts'
import type { Story } from './story.ts'

const me = 'bytteriet'

/** All is paid out, and the accounts are late. */
export const bytteriet: Story = {
  applicant: me,
  pool: 'LOKAL',
  idea: {
    title: 'Bytteriet: byttebutik i Husum',
    summary:
      'En butik uden kasseapparat: man afleverer det, man er færdig med, og tager det, man mangler. Et pointsystem på papkort holder regnskab. Vi vil prøve, om en hel bydel kan holde liv i den.',
    targetGroup: 'Børnefamilier og alle andre i Brønshøj-Husum med ting, der er vokset fra.',
    purposes: ['environment', 'social'],
    districts: ['broenshoejHusum'],
    amount: '40.000',
    totalBudget: '49.000',
    wages: '4.000',
    budget:
      'Reoler og stativer: 17.000 kr. Leje af butik i et halvt år: 15.000 kr. En, der åbner om lørdagen: 4.000 kr. Skilte og papkort: 4.000 kr.',
    deMinimis: '0',
    otherGrants: '',
    hypothesis:
      'Der kommer lige så meget ind, som der går ud, når man kan se, hvem man bytter med.',
    measure: 'Ting ind og ud pr. uge, antal familier og kilo sparet affald.',
    starts: 30,
    ends: 220,
    afterwards: 'Et lille årligt medlemskab betaler huslejen.',
    customers: '140 familier har skrevet sig op.',
    helpWanted: 'En kasserer.',
  },
  scenes: [
    [-360, applies],
    ...reviewed(-358, 'sagsbehandler', [
      ['valby', [5, 4, 3, 5, 2, 4], 'Billigt forsøg med et tydeligt svar.'],
      ['vesterbro', [4, 5, 3, 5, 2, 4], 'Folk har allerede skrevet sig op. God forankring.'],
    ]),
    [
      -344,
      recommends('sagsbehandler', {
        outcome: 'grant',
        kroner: 40_000,
        reasons: 'Lille beløb, stor lokal opbakning.',
        conditions: '',
      }),
    ],
    [
      -336,
      step('puljeudvalg', 'grant', {
        amountOre: ore(40_000),
        hearing: 'notNeeded',
        stateAid: 'no',
        stateAidWhy: 'Der er ingen omsætning: der byttes.',
      }),
    ],
    [-330, step(me, 'accept')],
    ...paid(-328, 1),
    ...reported(-225, 1, me, {
      done: 'Butikken har haft åbent hver lørdag. 2.300 ting er byttet mellem 190 familier.',
      learned:
        'Alle vil af med tøj, og alle vil have cykler. Nu tager vi kun ét stykke tøj pr. ting.',
      result: 'Balancen holder nu: 48 ind og 46 ud pr. lørdag.',
      onward: 'Medlemskabet koster 100 kr. om året, og 84 familier har sagt ja.',
      kroner: 20_000,
    }),
    ...paid(-212, 2),
    [
      -14,
      says(
        'sagsbehandler',
        'Hej Bytteriet. Jeres regnskab skulle være kommet for et par uger siden. Kan I sende det, eller er der noget, vi kan hjælpe med?',
      ),
    ],
    [
      -12,
      says(
        me,
        'Undskyld! Vores kasserer er holdt op, og bilagene ligger i en skotøjsæske. Vi er i gang og regner med at være færdige i næste måned.',
      ),
    ],
  ],
}
