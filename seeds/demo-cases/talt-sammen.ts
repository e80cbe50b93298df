import { applies } from './apply.ts'
import { reviewed } from './reviewing.ts'
import { recommends, step } from './scenes.ts'
import type { Story } from './story.ts'

/** Rejected with help onward; they have not yet said whether they want it. */
export const taltSammen: Story = {
  applicant: 'taltsammen',
  pool: 'LOKAL',
  idea: {
    title: 'Talt Sammen: sprogcafé i Brønshøj',
    summary:
      'Hver onsdag mødes folk, der er ved at lære dansk, med folk, der taler det. Der er kaffe, spil og en bunke spørgsmål på bordet, og ingen underviser. Vi vil gerne have fem onsdage i gang på fem steder.',
    targetGroup: 'Nye danskere i Brønshøj-Husum og de naboer, de endnu ikke har talt med.',
    purposes: ['social', 'culture'],
    districts: ['broenshoejHusum'],
    amount: '45.000',
    totalBudget: '52.000',
    wages: '9.000',
    budget:
      'Koordinator to timer om ugen: 9.000 kr. Kaffe og mad: 16.000 kr. Spil og materialer: 12.000 kr. Tryk og opslag: 8.000 kr.',
    deMinimis: '0',
    otherGrants: '',
    hypothesis: 'Man tør tale dansk, når ingen retter en.',
    measure: 'Hvor mange der kommer, og hvor mange der kommer igen.',
    starts: 30,
    ends: 200,
    afterwards: 'Caféerne fortsætter med frivillige.',
    customers: 'Et bibliotek vil gerne lægge lokaler til.',
    helpWanted: 'Hjælp til at finde frivillige, der kan på hverdage.',
  },
  scenes: [
    [-32, applies],
    ...reviewed(-30, 'sagsbehandler2', [
      ['noerrebro', [2, 4, 1, 4, 1, 3], 'Varmt projekt, men svært at se, hvad der afprøves.'],
      ['valby', [2, 3, 2, 3, 1, 3], 'Findes allerede to steder i bydelen. De kunne gå sammen.'],
    ]),
    [
      -14,
      recommends('sagsbehandler2', {
        outcome: 'reject',
        kroner: 0,
        reasons:
          'Der afprøves ikke noget nyt, og der er ingen vej til økonomi bagefter. Aktiviteten hører hjemme i en anden ordning.',
        conditions: '',
      }),
    ],
    [
      -6,
      step('puljeudvalg', 'reject', {
        reasons:
          'Puljen støtter idéer, der skal bevises på kort tid og siden kan bære sig selv. Jeres sprogcafé er en god aktivitet, men ansøgningen viser ikke, hvad der skal afprøves, eller hvad caféerne skal leve af bagefter. Der findes allerede to sprogcaféer i bydelen.',
        rule: 'Puljens kriterier 1 og 3',
        hearing: 'notNeeded',
        hearingWhy: 'Afgørelsen bygger på jeres egne oplysninger og på offentligt kendte tilbud.',
        onwardHelp:
          'Vi hjælper jer gerne videre: § 18-midler passer bedre til frivilligt socialt arbejde, og vi kan sætte jer i forbindelse med sprogcaféen på biblioteket. Rådgivningen er gratis.',
      }),
    ],
  ],
}
