import { applies } from './apply.ts'
import { handles, step } from './scenes.ts'
import type { Story } from './story.ts'

/** The quick lane: in two days ago, and nobody has taken it yet. */
export const havnensHaender: Story = {
  applicant: 'havnenshaender',
  pool: 'LOKAL',
  idea: {
    title: 'Havnens Hænder: bådværksted for unge',
    summary:
      'En vinter med jollen på land: seks unge sliber, lakerer og splejser, mens en gammel skipper viser, hvordan man gør. Til foråret sejler de den selv.',
    targetGroup: 'Seks unge mellem 13 og 17 år fra Christianshavn, som sjældent kommer på vandet.',
    purposes: ['social', 'culture'],
    districts: ['christianshavn'],
    amount: '25.000',
    totalBudget: '27.500',
    wages: '0',
    budget: 'Lak, tovværk og træ: 14.000 kr. Værktøj: 8.000 kr. Redningsveste: 3.000 kr.',
    deMinimis: '0',
    otherGrants: 'Jollen og pladsen får vi lov at låne.',
    hypothesis: 'Unge kommer hele vinteren, når båden skal være deres til foråret.',
    measure: 'Hvor mange af de seks er med, når båden sættes i vandet.',
    starts: 21,
    ends: 170,
    afterwards: 'De unge lærer de næste op. Sejlklubben lægger plads til.',
    customers: 'Sejlklubben vil have gjort to joller mere i stand.',
    helpWanted: 'Et opvarmet rum i januar og februar.',
  },
  scenes: [[-2, applies]],
}

/** Sent to the local pool, and asked whether it should rather stand in the shared one. */
export const havnensHaenderIHeleByen: Story = {
  applicant: 'havnenshaender',
  pool: 'LOKAL',
  idea: {
    title: 'Både i alle havne: værksted på fire kajer',
    summary:
      'Når bådværkstedet virker på Christianshavn, kan det også virke i Sydhavnen, Nordhavn og Nyhavn. Vi vil bygge en vogn med værktøj, som kører på omgang mellem fire kajer.',
    targetGroup: 'Unge mellem 13 og 17 år i fire bydele, som skolerne peger på.',
    purposes: ['social', 'culture'],
    districts: ['christianshavn', 'valby', 'vesterbro', 'oesterbro'],
    amount: '190.000',
    totalBudget: '230.000',
    wages: '90.000',
    budget:
      'Vogn og værktøj: 80.000 kr. To instruktører på deltid: 90.000 kr. Lak og træ: 20.000 kr.',
    deMinimis: '0',
    otherGrants: 'Skolerne betaler transport for 40.000 kr.',
    hypothesis: 'Et værksted kan flytte og stadig få de samme unge tilbage.',
    measure: 'Hvor mange unge der kommer mere end fem gange på hver kaj.',
    starts: 60,
    ends: 300,
    afterwards: 'Skolerne køber forløb, når de har set det virke.',
    customers: 'Fire skoler har sagt, at de vil være med.',
    helpWanted: 'En kontakt på skolerne i hver bydel.',
  },
  scenes: [
    [-6, applies],
    [-5, handles('sagsbehandler')],
    [
      -3,
      step('sagsbehandler', 'proposeMove', {
        toPool: 'TVAER',
        reason:
          'Projektet går på tværs af fire bydele og handler om skole og fritid. Det passer til den tværgående pulje, som også kan give et større beløb.',
      }),
    ],
  ],
}
