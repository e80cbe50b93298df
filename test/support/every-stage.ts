import { adviseAndClose, grant, pay, report, review, step } from '../../src/journey/stages.ts'
import type { Cast } from '../../src/journey/stages.ts'
import { date } from '../../src/journey/application.ts'
import type { Town } from './town.ts'

const soon = () => date('answerBy', new Date(Date.now() + 9 * 86_400_000))
const full = { amount: '80.000', conditions: 'I sender os en aftale med værten før første rate.' }

export type Stage = { reference: string; cast: Cast }

/** One case in every status that people spend time in, each brought there by its pages. */
export async function everyStage(town: Town) {
  const draft = await town.draft()
  const submitted = await town.sent()
  const awaiting = await town.sent()
  await step(awaiting.cast.secretariat, awaiting.reference, 'requestInformation', {
    question: 'Hvem ejer lokalet, I vil bruge?',
    ...soon(),
  })
  const moving = await town.sent()
  await step(moving.cast.secretariat, moving.reference, 'proposeMove', {
    toPool: 'TVAER',
    reason: 'Projektet går på tværs af bydele.',
  })
  const reviewed = await town.sent()
  await review(reviewed.reference, reviewed.cast)
  const hearing = await town.sent()
  await review(hearing.reference, hearing.cast)
  await step(hearing.cast.secretariat, hearing.reference, 'openHearing', {
    facts: 'Naboen klager over støj.',
    ...soon(),
  })
  const running = await town.sent()
  await review(running.reference, running.cast)
  await grant(running.reference, running.cast, full)
  await pay(running.reference, running.cast)
  const tapering = await town.sent({ pool: 'TVAER', kroner: '300.000', budgetKroner: '500.000' })
  await review(tapering.reference, tapering.cast)
  await grant(tapering.reference, tapering.cast, { amount: '300.000', conditions: '' })
  await pay(tapering.reference, tapering.cast)
  await report(tapering.reference, 1, tapering.cast, '120.000')
  await step(tapering.cast.secretariat, tapering.reference, 'proveConcept', { outcome: 'proved' })
  const owing = await town.sent()
  await review(owing.reference, owing.cast)
  await grant(owing.reference, owing.cast, full)
  await pay(owing.reference, owing.cast)
  await report(owing.reference, 1, owing.cast, '40.000')
  await step(owing.cast.secretariat, owing.reference, 'concludeUnproven', {
    learning: 'Folk ville hellere lave mad hjemme.',
    spent: '40.000',
  })
  await step(owing.cast.decisionMaker, owing.reference, 'demandRepayment', {
    repayment: '16.000',
    reasons: 'Pengene er ikke brugt.',
    rule: 'Tilsagnets vilkår',
    hearing: 'held',
  })
  const rejected = await town.sent()
  await review(rejected.reference, rejected.cast)
  await step(rejected.cast.decisionMaker, rejected.reference, 'reject', {
    reasons: 'Budgettet hænger ikke sammen.',
    rule: 'Puljens kriterium 6',
    hearing: 'notNeeded',
    hearingWhy: 'Kun jeres egne oplysninger.',
    onwardHelp: 'Bydelens frivilligcenter.',
  })
  const advised = await town.sent()
  await review(advised.reference, advised.cast)
  await step(advised.cast.decisionMaker, advised.reference, 'reject', {
    reasons: 'Puljen er ikke den rette.',
    rule: 'Puljens formål',
    hearing: 'notNeeded',
    hearingWhy: 'Kun jeres egne oplysninger.',
    onwardHelp: 'Den tværgående pulje.',
  })
  await step(advised.cast.applicant, advised.reference, 'acceptAdvice')
  const closed = await town.sent()
  await review(closed.reference, closed.cast)
  await step(closed.cast.decisionMaker, closed.reference, 'reject', {
    reasons: 'Puljen er ikke den rette.',
    rule: 'Puljens formål',
    hearing: 'notNeeded',
    hearingWhy: 'Kun jeres egne oplysninger.',
    onwardHelp: 'Den tværgående pulje.',
  })
  await step(closed.cast.applicant, closed.reference, 'acceptAdvice')
  await adviseAndClose(closed.reference, closed.cast)
  const files = `/ansoegninger/${running.reference}/aktindsigt`
  await running.cast.applicant.browser.complete(files, { body: 'Alt i sagen' })
  await running.cast.secretariat.browser.complete(`${files}/1`, { rest: 'yes' })
  await running.cast.applicant.browser.complete(files, { body: 'Det, der er kommet siden' })
  await running.cast.applicant.browser.complete(
    `/ansoegninger/${running.reference}`,
    { body: 'Hej! Vi har fundet et køkken. Må vi begynde i næste uge?' },
    `/ansoegninger/${running.reference}/beskeder`,
  )
  return {
    draft,
    submitted,
    awaiting,
    moving,
    reviewed,
    hearing,
    running,
    tapering,
    owing,
    rejected,
    advised,
    closed,
  }
}
export type Stages = Awaited<ReturnType<typeof everyStage>>
