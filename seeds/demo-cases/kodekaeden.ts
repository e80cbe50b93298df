import { applies } from './apply.ts'
import { invites, review } from './reviewing.ts'
import { all, handles, says, step } from './scenes.ts'
import type { Story } from './story.ts'

const me = 'kodekaeden'

/** Under review: one has sent scores, one was found partial and left out, one has begun. */
export const kodekaeden: Story = {
  applicant: me,
  pool: 'TVAER',
  idea: {
    title: 'Kodekæden: fra sprogskole til første udviklerjob',
    summary:
      'Et gratis forløb på ni måneder, hvor flygtninge lærer at programmere om aftenen og om lørdagen. Underviserne er frivillige udviklere. Dem, der er færdige, hjælper det næste hold: deraf kæden. I det første år tager vi to hold med 24 i hver.',
    targetGroup:
      'Flygtninge over 18 år, som har lært dansk på mindst niveau 2, og som har brug for et arbejde, de kan forsørge sig ved. Halvdelen af pladserne er til kvinder.',
    purposes: ['social', 'employment'],
    districts: ['wholeCity'],
    amount: '950.000',
    totalBudget: '1.300.000',
    wages: '665.000',
    budget:
      'Forløbsleder på fuld tid og to undervisere på deltid: 665.000 kr. Bærbare computere på lån: 140.000 kr. Lokaler om aftenen: 80.000 kr. Børnepasning ved lørdagsundervisning: 65.000 kr.',
    deMinimis: '120.000',
    otherGrants: 'En privat fond har givet 200.000 kr. til computere, og vi har søgt én mere.',
    hypothesis:
      'Kæden holder: når de færdige underviser de næste, kan et hold klare sig med den halve løn.',
    measure:
      'Hvor mange der gennemfører, hvor mange der er i praktik eller job seks måneder efter, og hvor mange der kommer tilbage og underviser.',
    starts: 90,
    ends: 460,
    afterwards:
      'Virksomheder betaler for at møde et hold. I år tre skal det dække halvdelen af driften.',
    customers:
      'Fire virksomheder har skrevet under på, at de vil have praktikanter fra første hold.',
    helpWanted: 'Kommunens egen it-afdeling som praktiksted. Vi har fået nej tre gange.',
  },
  scenes: [
    [-30, applies],
    [
      -28,
      all(
        handles('sagsbehandler'),
        invites('sagsbehandler', 'buf'),
        invites('sagsbehandler', 'sof'),
      ),
    ],
    [-26, all(review('buf', 'acceptReview'), review('sof', 'acceptReview'))],
    [-25, step('sagsbehandler', 'startReview')],
    [
      -17,
      review('sof', 'reportConflict', {
        asked: { reason: 'Min samlever er begyndt som frivillig underviser hos ansøgeren.' },
      }),
    ],
    [
      -16,
      review('sof', 'excludeReviewer', {
        by: 'sagsbehandler',
        asked: { reason: 'Nær tilknytning til ansøgeren, forvaltningslovens § 3, stk. 1, nr. 2.' },
      }),
    ],
    [
      -11,
      review('buf', 'submitReview', {
        points: [5, 4, 4, 4, 5, 3],
        comment:
          'Overbevisende plan, og kæden er en rigtig nyhed. Jeg ville gerne se et bud på, hvad der sker, når de frivillige bliver trætte.',
      }),
    ],
    [-5, invites('sagsbehandler', 'bif')],
    [
      -4,
      says(
        me,
        'Vi har fået tilsagn fra den anden fond om 100.000 kr. Skal vi rette budgettet, eller er det nok, at I ved det?',
      ),
    ],
    [
      -3,
      all(
        review('bif', 'acceptReview'),
        says(
          'sagsbehandler',
          'Det er nok. Jeg lægger jeres besked ved sagen, så bedømmerne kan se det.',
        ),
      ),
    ],
    [
      -2,
      review('bif', 'saveScores', {
        points: [4, 5, 4],
        comment: 'The job part is strong. I still have to read the budget.',
      }),
    ],
  ],
}
