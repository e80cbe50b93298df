import { applies } from './apply.ts'
import { reviewed } from './reviewing.ts'
import { paid, reported } from './running.ts'
import { all, doesTask, ore, plans, recommends, says, step } from './scenes.ts'
import type { Story } from './story.ts'

const me = 'cykelsmedjen'

/** Tapering: the third of four instalments waits; four of seven onward tasks are done. */
export const cykelsmedjen: Story = {
  applicant: me,
  pool: 'TVAER',
  idea: {
    title: 'Cykelsmedjen: unge lærer et håndværk i Nordvest',
    summary:
      'Vi åbner et cykelværksted på Frederiksborgvej, hvor 18 unge om året lærer at reparere og sælge cykler side om side med to udlærte cykelsmede. Hver ung er hos os i seks måneder, tre dage om ugen, og slutter med en praktik i en rigtig butik. Cyklerne er dem, kommunen ellers smider ud.',
    targetGroup:
      'Unge mellem 17 og 24 år fra Bispebjerg, som har forladt skolen og ikke er kommet i gang med noget nyt. De fleste kender vi fra klubberne i området.',
    purposes: ['social', 'employment', 'environment'],
    districts: ['bispebjerg'],
    amount: '800.000',
    totalBudget: '1.120.000',
    wages: '520.000',
    budget:
      'Løn til to cykelsmede og en koordinator på deltid: 520.000 kr. Værktøj og seks arbejdspladser: 140.000 kr. Husleje i 18 måneder: 95.000 kr. Forsikring og revision: 45.000 kr. Resten af budgettet dækker vi selv ved salg af cykler og et tilskud fra en boligforening.',
    deMinimis: '0',
    otherGrants: 'En boligforening giver 60.000 kr. til værktøj. Det er bevilget.',
    hypothesis:
      'Unge bliver hængende, når de laver noget, andre vil købe, og når der står en voksen med olie på fingrene ved siden af.',
    measure:
      'Vi tæller, hvor mange der stadig møder efter tre måneder, og hvor mange der er i praktik, job eller uddannelse seks måneder efter.',
    starts: 60,
    ends: 600,
    afterwards:
      'Efter halvandet år skal salg og reparationer betale to tredjedele af driften. Resten skal komme fra forløb, som jobcentret køber af os.',
    customers:
      'Boligforeningerne vil have faste reparationsdage i gårdene. To skoler vil have deres låneflåde efterset hvert halve år.',
    helpWanted: 'En vej ind til kommunens indkøb og hjælp til at regne prisen på et forløb ud.',
  },
  scenes: [
    [-412, applies],
    [
      -409,
      step('sagsbehandler', 'requestInformation', {
        question:
          'I skriver, at cyklerne kommer fra kommunen. Har I en aftale om det, og hvem har I talt med?',
        answerWithin: 14,
      }),
    ],
    [
      -406,
      step(me, 'provideInformation', {
        answer:
          'Ja. Vi har en mundtlig aftale med genbrugspladsen om 200 cykler om året og har lagt deres mail ved. Vi henter selv.',
      }),
    ],
    ...reviewed(-404, 'sagsbehandler', [
      [
        'buf',
        [5, 4, 5, 4, 4, 3],
        'De kender de unge i forvejen. Det er projektets største styrke.',
      ],
      [
        'sof',
        [5, 3, 4, 3, 5, 4],
        'Solidt. Jeg savner et bud på de unge, der falder fra undervejs.',
      ],
    ]),
    [
      -386,
      recommends('sagsbehandler', {
        outcome: 'grant',
        kroner: 600_000,
        reasons:
          'Begge bedømmere peger på idéen. Vi foreslår et mindre beløb, fordi halvdelen af værktøjet kan lejes det første år.',
        conditions: 'En skriftlig aftale om de kasserede cykler skal foreligge før opstart.',
      }),
    ],
    [
      -366,
      step('styregruppe', 'grant', {
        amountOre: ore(600_000),
        conditions: 'En skriftlig aftale om de kasserede cykler skal foreligge før opstart.',
        reasons:
          'Projektet løser en opgave, som tre forvaltninger deler, og de unge er med fra start. Vi giver 600.000 kr. af de 800.000 kr., fordi en del af værktøjet kan lejes.',
        rule: 'Puljens kriterier 1, 3 og 6',
        hearing: 'notNeeded',
        hearingWhy: 'Afgørelsen bygger kun på jeres egne oplysninger.',
        stateAid: 'yes',
        stateAidWhy: 'Værkstedet sælger til borgere. Støtten gives som de minimis.',
      }),
    ],
    [-360, step(me, 'accept')],
    ...paid(-358, 1),
    ...reported(-200, 1, me, {
      done: '19 unge har været igennem værkstedet, og vi har solgt 212 cykler. Fredag er reparationsdag i gården.',
      learned:
        'De første 14 dage afgør alt. Nu ringer vi om morgenen, og det er dem, der kom sidst, der tager telefonen.',
      result: '14 af 19 møder stadig. Fem er i praktik, to har fået læreplads.',
      onward: 'Vi er i gang med at regne på en fast aftale med to boligforeninger.',
      kroner: 231_000,
    }),
    [
      -194,
      step('sagsbehandler', 'proveConcept', {
        outcome: 'proved',
        reason: 'Målet var, at 12 af 18 stadig mødte. I nåede 14 af 19.',
      }),
    ],
    ...paid(-180, 2),
    [
      -150,
      all(
        plans('where', 'Boligforeningernes faste reparationsdage i gårdene', {
          contact: 'Driftschefen (demo), tlf. 12 34 56 78',
        }),
        plans('where', 'Jobcentrets køb af forløb fra næste budgetår'),
        plans('who', 'En mentor, der selv har drevet cykelbutik', { contact: 'Mentor (demo)' }),
      ),
    ],
    [
      -149,
      all(
        plans('task', 'Holde et møde mellem Cykelsmedjen og jobcentret', { within: 30 }),
        plans('task', 'Regne prisen på et forløb igennem sammen', { within: 45 }),
        plans('task', 'Finde ud af, hvem der køber eftersyn af skolernes cykler', { within: 60 }),
        plans('task', 'Skrive en udtalelse, som kan bruges over for fonde', { within: 90 }),
        plans('task', 'Undersøge, om værkstedet kan blive i lokalet efter lejemålet', {
          within: 170,
        }),
        plans('task', 'Invitere to andre kommuner på besøg i værkstedet', { within: 180 }),
        plans('task', 'Gøre status sammen, før den sidste rate', { within: 330 }),
      ),
    ],
    [-122, doesTask],
    [-104, doesTask],
    [-91, doesTask],
    [-62, doesTask],
    [
      -20,
      says(
        me,
        'Boligforeningen har sagt ja til en fast reparationsdag hver fredag. Skal vi sende aftalen til jer?',
      ),
    ],
    [-19, says('sagsbehandler', 'Tillykke! Ja tak, læg den ved den næste status, så er det nok.')],
    ...reported(-12, 2, me, {
      done: 'Vi har haft åbent hele året. 31 unge i alt, og to tidligere deltagere er nu ansat som svende hos os.',
      learned:
        'Salget svinger med vejret. Efter vintersæsonen har vi lagt reparationer på abonnement.',
      result: '23 af 31 er i praktik, job eller uddannelse. Egen indtægt er 41 % af driften.',
      onward: 'En boligforening har skrevet under. Jobcentret regner på to forløb om året.',
      kroner: 418_500,
    }),
  ],
}
