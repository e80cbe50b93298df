import { applies } from './apply.ts'
import { reviewed } from './reviewing.ts'
import { instalment, ore, recommends, says, step } from './scenes.ts'
import type { Story } from './story.ts'

const me = 'traadogtillid'

/** Granted and accepted: the first instalment is approved and waits for finance. */
export const traadOgTillid: Story = {
  applicant: me,
  pool: 'TVAER',
  idea: {
    title: 'Tråd & Tillid: en systue med plads til at begynde',
    summary:
      'En systue på Nørrebro, hvor kvinder uden for arbejdsmarkedet syr gardiner, duge og forklæder for betalende kunder. Der er plads til 12 ad gangen. Man begynder ved siden af en, der kan det, og fortsætter i sit eget tempo.',
    targetGroup:
      'Kvinder over 30 år på Nørrebro, som aldrig har haft et arbejde i Danmark. Mange kan allerede sy, men har aldrig fået penge for det.',
    purposes: ['social', 'employment'],
    districts: ['noerrebro'],
    amount: '700.000',
    totalBudget: '960.000',
    wages: '420.000',
    budget:
      'Systueleder og en håndværker på deltid: 420.000 kr. Ti symaskiner og et skærebord: 165.000 kr. Husleje i et år: 85.000 kr. Stof til de første ordrer: 30.000 kr.',
    deMinimis: '0',
    otherGrants: 'Vi har søgt en fond om 150.000 kr. til maskiner og venter på svar.',
    hypothesis: 'Den første løn flytter mere end ti kurser.',
    measure:
      'Hvor mange der syr for betaling efter tre måneder, timer pr. uge, og hvor mange der er i småjob efter ni.',
    starts: 60,
    ends: 600,
    afterwards: 'Ordrer fra hoteller og teatre skal dække driften efter to år.',
    customers: 'To hoteller har bestilt prøver. Et teater vil have kostumer repareret.',
    helpWanted: 'En kontrakt om kommunens forklæder og duge: små ordrer, ofte.',
  },
  scenes: [
    [-48, applies],
    ...reviewed(-46, 'sagsbehandler2', [
      ['sof', [5, 4, 4, 3, 4, 3], 'Kvinderne er med til at lede det. Det ses ikke ofte.'],
      ['bif', [5, 4, 5, 4, 4, 3], 'Real orders from day one. The machines could be bought used.'],
    ]),
    [
      -28,
      recommends('sagsbehandler2', {
        outcome: 'grant',
        kroner: 500_000,
        reasons:
          'Højt vurderet af begge. Vi foreslår 500.000 kr., fordi maskinerne kan købes brugt, og fordi der er søgt en fond om dem.',
        conditions: 'Mindst otte af de 12 pladser går til kvinder, som jobcentret henviser.',
      }),
    ],
    [
      -9,
      step('styregruppe', 'grant', {
        amountOre: ore(500_000),
        conditions: 'Mindst otte af de 12 pladser går til kvinder, som jobcentret henviser.',
        reasons:
          'Projektet forener beskæftigelse og integration, og der er kunder fra første dag. Vi giver 500.000 kr. af de 700.000 kr., fordi maskinerne kan købes brugt.',
        rule: 'Puljens kriterier 1, 2 og 6',
        hearing: 'notNeeded',
        hearingWhy: 'Afgørelsen bygger kun på jeres egne oplysninger.',
        stateAid: 'yes',
        stateAidWhy: 'Systuen sælger til virksomheder. Støtten gives som de minimis.',
      }),
    ],
    [-8, says(me, 'Tusind tak! Må vi bruge de første penge på husleje, før maskinerne er købt?')],
    [-7, says('sagsbehandler2', 'Ja, så længe det står i budgettet, og I kan vise kontrakten.')],
    [-3, step(me, 'accept')],
    [-1, instalment('sagsbehandler2', 1, 'approve')],
  ],
}
