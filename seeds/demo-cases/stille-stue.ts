import { applies } from './apply.ts'
import { reviewed } from './reviewing.ts'
import { paid, reported } from './running.ts'
import { all, doesTask, handles, ore, plans, recommends, says, step } from './scenes.ts'
import type { Story } from './story.ts'

const me = 'stillestue'

/** Closed: it could not be proved, 18.450 kr. came back, and the learning stays. */
export const stilleStue: Story = {
  applicant: me,
  pool: 'LOKAL',
  idea: {
    title: 'Stille Stue: en sansevenlig café',
    summary:
      'En café på Østerbro uden musik, med dæmpet lys og faste pladser. Vi vil prøve, om der er gæster nok til, at den kan leve af kaffe og suppe alle hverdage.',
    targetGroup:
      'Mennesker med autisme, hovedskade eller stress, som går uden om de almindelige caféer.',
    purposes: ['health', 'social'],
    districts: ['oesterbro'],
    amount: '110.000',
    totalBudget: '131.000',
    wages: '49.500',
    budget:
      'To på deltid bag disken: 49.500 kr. Lyddæmpning og lamper: 38.500 kr. Leje i et halvt år: 22.000 kr.',
    deMinimis: '0',
    otherGrants: '',
    hypothesis: 'Stilhed er noget, folk vil gå efter, hvis de ved, den er der.',
    measure: 'Gæster pr. dag, hvor mange der kommer igen, og hvad de køber for.',
    starts: 30,
    ends: 200,
    afterwards: 'Caféen skal leve af sit salg fra det andet år.',
    customers: 'Tre foreninger vil bruge den som mødested.',
    helpWanted: 'Et lokale i stueetagen.',
  },
  scenes: [
    [-330, applies],
    ...reviewed(-328, 'sagsbehandler', [
      ['vesterbro', [4, 3, 2, 5, 2, 3], 'Ingen andre tør prøve det. Det skal prøves.'],
      [
        'noerrebro',
        [4, 4, 3, 5, 2, 3],
        'Jeg tvivler på økonomien, men det er jo det, de vil vise.',
      ],
    ]),
    [
      -313,
      recommends('sagsbehandler', {
        outcome: 'grant',
        kroner: 100_000,
        reasons: 'Klar afprøvning af noget, ingen ved. Lamperne kan købes for mindre.',
        conditions: '',
      }),
    ],
    [
      -306,
      step('puljeudvalg', 'grant', {
        amountOre: ore(100_000),
        reasons:
          'Et modigt forsøg med en tydelig prøve. Vi giver 100.000 kr., fordi lamperne kan købes billigere.',
        rule: 'Puljens kriterier 1, 4 og 6',
        hearing: 'notNeeded',
        hearingWhy: 'Afgørelsen bygger kun på jeres egne oplysninger.',
        stateAid: 'yes',
        stateAidWhy: 'Caféen sælger på et marked. Støtten gives som de minimis.',
      }),
    ],
    [-300, step(me, 'accept')],
    ...paid(-298, 1),
    ...reported(-140, 1, me, {
      done: 'Caféen har haft åbent i fem måneder. Vi har haft 11 gæster om dagen, hvor vi regnede med 30.',
      learned:
        'De, der kom, blev længe og købte én kop. De, der ikke kom, skriver, at vejen dertil er det værste. De vil hellere have en stille time et sted, de kender.',
      result: '38 faste gæster. Salget dækkede en femtedel af driften.',
      onward: 'Vi lukker caféen i god ro og prøver en stille time på biblioteket.',
      kroner: 51_550,
    }),
    [
      -130,
      step('sagsbehandler', 'concludeUnproven', {
        learning:
          'Stille caféer har gæster, men ikke omsætning: gæsterne bliver længe og køber lidt. En stille time i et kendt hus når flere for langt færre penge.',
        spentOre: ore(51_550),
      }),
    ],
    [
      -118,
      step('puljeudvalg', 'demandRepayment', {
        repaymentOre: ore(18_450),
        reasons: 'I har fået 70.000 kr. udbetalt og brugt 51.550 kr. Resten skal tilbage i puljen.',
        rule: 'Tilsagnets vilkår om ubrugte midler',
        hearing: 'notNeeded',
        hearingWhy: 'Beløbet er jeres eget regnskabs.',
      }),
    ],
    [-117, says(me, 'Pengene er overført. Det var en god prøve, selv om svaret blev nej.')],
    [-100, step('oekonomi', 'settleRepayment', { receivedOre: ore(18_450), settledBy: 'paid' })],
    [
      -95,
      all(
        plans('where', 'En stille time på biblioteket hver tirsdag formiddag', {
          contact: 'Bibliotekar (demo), tlf. 12 34 56 78',
        }),
        plans('who', 'Foreningen, der vil være vært', { contact: 'Forperson (demo)' }),
      ),
    ],
    [-88, doesTask],
    [-75, step('raadgiver', 'close')],
  ],
}

/** What they learned became something small: granted in the quick lane, and waits for their yes. */
export const stilleTime: Story = {
  applicant: me,
  pool: 'LOKAL',
  idea: {
    title: 'Stille time på biblioteket',
    summary:
      'Hver tirsdag fra ni til elleve er der dæmpet lys og ingen meddelelser i højttaleren. Vi har lært, at folk hellere vil have ro et sted, de kender.',
    targetGroup: 'De 38 faste gæster fra Stille Stue og alle, der har det som dem.',
    purposes: ['health', 'social'],
    districts: ['oesterbro'],
    amount: '22.000',
    totalBudget: '22.000',
    wages: '6.000',
    budget: 'Vært to timer om ugen: 6.000 kr. Lamper og skærme: 12.000 kr. Opslag: 4.000 kr.',
    deMinimis: '100.000',
    otherGrants: '',
    hypothesis: 'Ro et kendt sted når tre gange så mange som ro et nyt sted.',
    measure: 'Gæster pr. tirsdag, talt i døren.',
    starts: 30,
    ends: 180,
    afterwards: 'Biblioteket tager det ind i sin egen drift, hvis det virker.',
    customers: 'Biblioteket har sagt ja til et halvt år.',
    helpWanted: '',
  },
  scenes: [
    [-15, applies],
    [-13, handles('sagsbehandler2')],
    [
      -1,
      step('sagsbehandler2', 'grant', {
        amountOre: ore(22_000),
        hearing: 'notNeeded',
        stateAid: 'no',
        stateAidWhy: 'Aktiviteten er gratis og lokal.',
      }),
    ],
  ],
}
