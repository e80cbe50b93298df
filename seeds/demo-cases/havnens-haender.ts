import { applies } from './apply.ts'
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
