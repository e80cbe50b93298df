import { applies } from './apply.ts'
import { reviewed } from './reviewing.ts'
import { paid } from './running.ts'
import { all, ore, plans, recommends, says, step } from './scenes.ts'
import type { Story } from './story.ts'

const me = 'restret'

/** The proof of concept is under way; the report is due in some weeks, and a kitchen is missing. */
export const restOgRet: Story = {
  applicant: me,
  pool: 'LOKAL',
  idea: {
    title: 'Rest & Ret: fælleskøkken på overskudsmad',
    summary:
      'To aftener om ugen laver naboer mad til 60 mennesker af det, supermarkederne ellers kasserer. Man betaler, hvad man kan, og alle vasker op. Vi vil prøve, om køkkenet kan flytte mellem to bydele, så flere kan nå det til fods.',
    targetGroup:
      'Naboer, der spiser alene: ældre, enlige forældre og nye københavnere. Vi møder dem gennem boligsociale medarbejdere og opslag i opgangene.',
    purposes: ['social', 'environment'],
    districts: ['noerrebro', 'vesterbro'],
    amount: '95.000',
    totalBudget: '118.000',
    wages: '38.000',
    budget:
      'Køkkenleder ti timer om ugen: 38.000 kr. Køkkenudstyr på hjul: 27.000 kr. Leje af køkken: 18.000 kr. Transport på ladcykel: 7.000 kr. Hygiejnekursus: 5.000 kr.',
    deMinimis: '0',
    otherGrants: '',
    hypothesis:
      'Folk kommer igen, når de selv har været med til at lave maden, og når det er lige om hjørnet.',
    measure:
      'Antal kilo mad, der er reddet, antal spisende pr. aften, og hvor mange der har lavet mad mindst tre gange.',
    starts: 30,
    ends: 210,
    afterwards:
      'Vi vil leve af firmafrokoster to dage om ugen og lade dem betale for fællesspisningen.',
    customers: 'To arbejdspladser på Vesterbro har bestilt prøvefrokoster i efteråret.',
    helpWanted: 'Et godkendt køkken, vi kan være i. Det er det eneste, vi ikke kan skaffe selv.',
  },
  scenes: [
    [-178, applies],
    ...reviewed(-176, 'sagsbehandler', [
      ['noerrebro', [4, 5, 3, 4, 5, 4], 'Stærkt lokalt. Køkkenet er det åbne spørgsmål.'],
      ['vesterbro', [4, 4, 3, 5, 5, 3], 'God idé at flytte mellem bydelene. Budgettet er stramt.'],
    ]),
    [
      -162,
      recommends('sagsbehandler', {
        outcome: 'grant',
        kroner: 80_000,
        reasons: 'Klar afprøvning på tværs af to bydele. Udstyret kan lejes til en del af prisen.',
        conditions: 'Maden skal laves i et køkken, Fødevarestyrelsen har registreret.',
      }),
    ],
    [
      -155,
      step('puljeudvalg', 'grant', {
        amountOre: ore(80_000),
        conditions: 'Maden skal laves i et køkken, Fødevarestyrelsen har registreret.',
        reasons:
          'Idéen kan prøves af på et halvt år og gavner to bydele. Vi giver 80.000 kr., fordi udstyret kan lejes.',
        rule: 'Puljens kriterier 1, 2 og 6',
        hearing: 'notNeeded',
        hearingWhy: 'Afgørelsen bygger kun på jeres egne oplysninger.',
        stateAid: 'no',
        stateAidWhy: 'Fællesspisningen er lokal og uden for markedet.',
      }),
    ],
    [-150, step(me, 'accept')],
    ...paid(-148, 1),
    [
      -61,
      says(
        me,
        'Vi har mistet køkkenet på Nørrebro, fordi foreningen flytter. Vesterbro kører videre. Kender I et køkken, vi kan låne om tirsdagen?',
      ),
    ],
    [
      -59,
      says(
        'sagsbehandler',
        'Tak, fordi I skriver med det samme. Jeg har givet det videre til rådgiveren, som spørger i medborgerhusene. I må gerne holde pause på Nørrebro imens.',
      ),
    ],
    [
      -52,
      all(
        plans('who', 'Køkkenansvarlig i et medborgerhus på Nørrebro', {
          contact: 'Køkkenansvarlig (demo), tlf. 12 34 56 78',
        }),
        plans('task', 'Finde et registreret køkken på Nørrebro om tirsdagen', { within: 70 }),
      ),
    ],
    [
      -6,
      says(
        me,
        'Vi har set to køkkener. Det ene passer, hvis vi må få nøgle. Vi rapporterer snart.',
      ),
    ],
  ],
}
