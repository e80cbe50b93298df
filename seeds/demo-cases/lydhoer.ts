import { applies } from './apply.ts'
import { reviewed } from './reviewing.ts'
import { instalment, ore, recommends, says, step } from './scenes.ts'
import type { Story } from './story.ts'

const me = 'lydhoer'

/** Granted in part after a hearing; the first instalment is with the bank. */
export const lydhoer: Story = {
  applicant: me,
  pool: 'TVAER',
  idea: {
    title: 'Lydhør: podcast af unge, der sjældent bliver spurgt',
    summary:
      'Et lydstudie på Amager, hvor 15 udsatte unge laver en podcast om deres egen by. De lærer at interviewe, klippe og tage ansvar for en udsendelse, der skal ud til tiden. Kommuner og boligselskaber kan bestille afsnit.',
    targetGroup: 'Unge mellem 15 og 22 år på Amager, som har kontakt med en støtteperson.',
    purposes: ['social', 'culture', 'employment'],
    districts: ['amagerOest', 'amagerVest'],
    amount: '400.000',
    totalBudget: '545.000',
    wages: '220.000',
    budget:
      'Lydtekniker og pædagog på deltid: 220.000 kr. Studie i to rum: 96.000 kr. Udstyr: 58.000 kr. Honorar til de unge: 26.000 kr.',
    deMinimis: '0',
    otherGrants: 'En radiostation låner os tre mikrofoner.',
    hypothesis: 'Unge, der bliver hørt, begynder at møde til tiden.',
    measure:
      'Fremmøde, antal udsendelser til tiden, og hvor mange der er i skole efter et halvt år.',
    starts: 60,
    ends: 600,
    afterwards: 'Bestilte afsnit skal dække halvdelen af driften i det andet år.',
    customers: 'Et boligselskab har bestilt to afsnit på prøve.',
    helpWanted: 'En, der ved, hvordan man sælger til en kommune.',
  },
  scenes: [
    [-70, applies],
    ...reviewed(-68, 'sagsbehandler', [
      ['buf', [4, 3, 4, 5, 4, 3], 'De unge er medejere af udsendelsen. Det er det nye.'],
      ['bif', [4, 3, 3, 4, 4, 2], 'The rent seems high. Otherwise clear and brave.'],
    ]),
    [
      -52,
      step('sagsbehandler', 'openHearing', {
        facts:
          'En bedømmer peger på, at huslejen i budgettet er dobbelt så høj som i lignende lokaler i området. Det taler imod beløbet.',
        answerWithin: 14,
      }),
    ],
    [
      -43,
      step(me, 'answerHearing', {
        answer:
          'Det er rigtigt. Vi havde regnet med lydisolering, men har nu fået et tilbud på et rum, der allerede er isoleret. Vi kan klare os for 350.000 kr.',
      }),
    ],
    [
      -34,
      recommends('sagsbehandler', {
        outcome: 'grant',
        kroner: 350_000,
        reasons: 'Ansøgeren har fundet et billigere lokale i høringen. Resten af budgettet holder.',
        conditions: 'De unge skal have samtykke fra forældre, hvis de er under 18 år.',
      }),
    ],
    [
      -18,
      step('styregruppe', 'grant', {
        amountOre: ore(350_000),
        conditions: 'De unge skal have samtykke fra forældre, hvis de er under 18 år.',
        reasons:
          'Idéen er ny og forener skole, kultur og beskæftigelse. Vi giver 350.000 kr., som I selv nåede frem til i jeres høringssvar.',
        rule: 'Puljens kriterier 3, 4 og 6',
        hearing: 'held',
        stateAid: 'yes',
        stateAidWhy: 'Studiet kan sælge afsnit. Støtten gives som de minimis.',
      }),
    ],
    [-12, step(me, 'accept')],
    [-9, instalment('sagsbehandler', 1, 'approve')],
    [-6, says(me, 'Vi flytter ind i studiet på fredag. Hvornår kommer den første rate?')],
    [-5, says('sagsbehandler', 'Den er godkendt. Økonomi bestiller den i denne uge.')],
    [-2, instalment('oekonomi', 1, 'order')],
  ],
}
