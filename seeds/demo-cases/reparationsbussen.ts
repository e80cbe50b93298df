import { applies, begins, writes } from './apply.ts'
import { reviewed } from './reviewing.ts'
import { paid, reported } from './running.ts'
import { ore, recommends, says, step } from './scenes.ts'
import type { Story } from './story.ts'

const me = 'reparationsbussen'

/** Proved locally, tapering now, and … */
export const reparationsbussen: Story = {
  applicant: me,
  pool: 'LOKAL',
  idea: {
    title: 'Reparationsbussen: en repair-café, der kommer til dig',
    summary:
      'En gammel bogbus kører rundt til pladser og boligselskaber i tre bydele. Frivillige reparerer lamper, brødristere, tøj og møbler sammen med dem, der ejer dem. Vi vil vise, at en bus når folk, som aldrig selv ville finde en repair-café.',
    targetGroup:
      'Beboere, der bor langt fra et værksted, især familier med få penge og ældre, der ikke kan bære en vaskemaskine på bussen.',
    purposes: ['environment', 'social'],
    districts: ['valby', 'kongensEnghave', 'vesterbro'],
    amount: '120.000',
    totalBudget: '160.000',
    wages: '36.000',
    budget:
      'Chauffør og værkfører på timer: 36.000 kr. Ombygning af bussen: 48.000 kr. Værktøj og reservedele: 21.000 kr. Forsikring og brændstof: 15.000 kr.',
    deMinimis: '0',
    otherGrants: 'En bank har givet selve bussen.',
    hypothesis: 'Når værkstedet holder for døren, kommer der også folk, der ellers køber nyt.',
    measure:
      'Antal ting, der er repareret, antal førstegangsbesøg, og hvor mange der siger, at de ellers ville have købt nyt.',
    starts: 30,
    ends: 220,
    afterwards: 'Boligselskaber betaler for en fast dag om måneden.',
    customers: 'Tre boligselskaber og et storcenter vil have bussen på besøg.',
    helpWanted: 'Lov til at holde på pladserne uden en ny ansøgning hver gang.',
  },
  scenes: [
    [-260, applies],
    ...reviewed(-258, 'sagsbehandler2', [
      ['valby', [5, 5, 4, 4, 5, 4], 'Det her har vi ventet på. Tre bydele i én bus.'],
      ['vesterbro', [5, 4, 4, 5, 5, 4], 'Klar afprøvning og et sted, der mangler.'],
    ]),
    [
      -242,
      recommends('sagsbehandler2', {
        outcome: 'grant',
        kroner: 120_000,
        reasons: 'Højeste samlede vurdering i runden. Beløbet svarer til et gennemskueligt budget.',
        conditions: '',
      }),
    ],
    [
      -236,
      step('puljeudvalg', 'grant', {
        amountOre: ore(120_000),
        hearing: 'notNeeded',
        stateAid: 'yes',
        stateAidWhy: 'Bussen kan tage betaling. Støtten gives som de minimis.',
      }),
    ],
    [-230, step(me, 'accept')],
    ...paid(-228, 1, 'sagsbehandler2'),
    [
      -120,
      says(
        me,
        'Vi søger om lov til at holde på Enghave Plads for fjerde gang. Kan I hjælpe med en fast tilladelse?',
      ),
    ],
    [
      -118,
      says(
        'sagsbehandler2',
        'Ja. Jeg har fået en kontakt i forvaltningen og sætter jer i forbindelse i denne uge.',
      ),
    ],
    ...reported(
      -66,
      1,
      me,
      {
        done: '41 stop i tre bydele. 1.126 ting kom ind i bussen, og 814 kom hele ud igen.',
        learned:
          'Det går langsommere, end vi troede, fordi folk gerne vil lære det selv. Nu har vi et bord mere og en kaffekande.',
        result: '63 % kom for første gang i en repair-café. 7 af 10 ville ellers have købt nyt.',
        onward: 'To boligselskaber betaler fra nytår. Vi vil køre i hele byen.',
        kroner: 91_400,
      },
      'sagsbehandler2',
    ),
    [
      -58,
      step('sagsbehandler2', 'proveConcept', {
        outcome: 'proved',
        reason: 'Alle tre mål er nået, og interessen er større, end bussen kan følge med til.',
      }),
    ],
    ...paid(-50, 2, 'sagsbehandler2'),
  ],
}

/** … ready to grow: a draft to the other pool, half written. */
export const reparationsbussenIHeleByen: Story = {
  applicant: me,
  pool: 'TVAER',
  isDraft: true,
  idea: {
    title: 'Reparationsbussen i hele byen',
    summary:
      'Bussen virkede i tre bydele. Nu vil vi have to busser og 14 faste stop, og lære unge i fritidsjob at reparere sammen med de frivillige.',
    purposes: ['environment', 'employment'],
    districts: ['wholeCity'],
    amount: '640.000',
    totalBudget: '',
  },
  scenes: [
    [-9, begins],
    [
      -4,
      writes({
        targetGroup: 'Beboere i alle bydele, og 20 unge i fritidsjob.',
        hypothesis: 'Unge i fritidsjob kan bære halvdelen af arbejdet, når en værkfører er med.',
      }),
    ],
  ],
}
