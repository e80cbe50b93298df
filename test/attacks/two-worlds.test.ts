import { describe, expect, it } from 'vitest'
import { review, step } from '../../src/journey/stages.ts'
import type { Client } from '../support/client.ts'
import { crawl } from '../support/crawl.ts'
import type { Town } from '../support/town.ts'
import { aRole } from '../support/factories.ts'
import { aTown } from '../support/town.ts'
import type { Secret } from './two-worlds-secrets.ts'
import { secretsOfCasework } from './two-worlds-secrets.ts'

/**
 * The same town twice, alike but for one secret: whoever must not know it reads the very same
 * bytes on every page, in every list and in every mail.
 */
describe('two worlds that differ only in a secret', () => {
  it('are one world to everybody who must not know', async () => {
    const { town, people, secrets } = await aTownWithSecrets()
    const { db } = town
    const faults: string[] = []
    const one = new Map<string, Map<string, string>>()
    const see = (browser: Client, files: boolean) =>
      crawl(browser, [alsoFrom], { files, leave: settings })
    for (const [name, browser] of Object.entries(people)) one.set(name, await see(browser, true))
    for (const secret of secrets) {
      await db.raw('savepoint secret')
      await secret.change(db)
      for (const name of [...secret.unseenBy, secret.seenBy]) {
        const browser = people[name]
        if (!browser) throw new Error(`nobody is ${name}`)
        const { inFiles = false } = secret
        const other = await see(browser, inFiles)
        const differing = differences(one.get(name) ?? new Map(), other, inFiles)
        const sees = name === secret.seenBy
        if (!sees && differing.length > 0) {
          faults.push(`${secret.name}: ${name} sees ${differing.join(', ')}`)
        }
        if (sees && differing.length === 0) faults.push(`${secret.name}: not even ${name} sees it`)
      }
      await db.raw('rollback to secret')
      await db.raw('release secret')
    }
    expect(faults).toEqual([])
    expect(secrets.length).toBeGreaterThanOrEqual(20)
  }, 240_000)
})

/** The page of what was done to many cases at once, which no link leads back to. */
const alsoFrom = '/sager/samlet/1'

/** Nothing there is of a case; an administrator's hundreds of pages would take all the time. */
const settings =
  /^\/(mails|administration\/(runder|personer|puljer|bidragydere))\/|[?&](aar|efter|foer)=/

function differences(a: Map<string, string>, b: Map<string, string>, inFiles: boolean): string[] {
  const paths = [...new Set([...a.keys(), ...b.keys()])]
  const looked = inFiles ? paths : paths.filter((path) => !/\.(pdf|json)/.test(path))
  return looked.filter((path) => a.get(path) !== b.get(path))
}

async function aTownWithSecrets() {
  const town = await aTown('SQLite')
  const { db } = town
  const scored = await town.sent({ title: 'Naboer laver mad' })
  const other = await town.sent({ title: 'Syværkstedet' })
  const draft = await town.draft({ title: 'En hemmelig kladde' })
  await review(other.reference, other.cast)
  const [first, second] = scored.cast.reviewers
  await halfReviewed(town, scored.reference, scored.cast)
  await step(scored.cast.applicant, other.reference, 'withdraw').catch(() => undefined)
  const reviewer = async (person: { email: string }) => (await town.person(person.email)).id
  const [firstId, secondId] = [await reviewer(first), await reviewer(second)]
  const idOf = async (reference: string) =>
    (await db('applications').where({ reference }).first<{ id: number }>('id')).id
  const [scoredId, otherId, draftId] = [
    await idOf(scored.reference),
    await idOf(other.reference),
    await idOf(draft.reference),
  ]
  const of = (id: number) => ({ application_id: id })
  const reviewOf = (application: number, person: number) =>
    db('reviews').where({ application_id: application, reviewer_id: person }).select('id')
  await db('messages').insert({
    application_id: otherId,
    author_id: (await town.person(other.cast.applicant.email)).id,
    side: 'applicant',
    kind: 'message',
    body: 'Vores hemmelighed',
    created_at: town.now(),
  })
  await db('recommendations').insert({
    ...of(otherId),
    outcome: 'reject',
    amount_ore: 0,
    reasons: 'Kun til intern brug',
    conditions: '',
    prepared_by: (await town.official('sagsbehandler')).id,
    prepared_at: town.now(),
  })
  await db('tasks').insert({
    ...of(otherId),
    kind: 'deadMail',
    detail: 'adressen findes ikke',
    created_at: town.now(),
  })
  const { id: ofOnePool } = await town.person('puljeadministrator@example.org')
  await aRole(db, ofOnePool, 'administrator', { pool_id: 1 })
  const people: Record<string, Client> = {
    applicant: (await town.person(scored.cast.applicant.email)).browser,
    otherApplicant: (await town.person(other.cast.applicant.email)).browser,
    drafter: (await town.person(draft.cast.applicant.email)).browser,
    firstReviewer: (await town.person(first.email)).browser,
    secondReviewer: (await town.person(second.email)).browser,
    secretariat: (await town.official('sagsbehandler')).browser,
    decisionMaker: (await town.official('puljeudvalg')).browser,
    decisionMakerElsewhere: (await town.official('styregruppe')).browser,
    finance: (await town.official('oekonomi')).browser,
    contributor: (await town.official('bidrag-amv')).browser,
    otherContributor: (await town.official('bidrag-chr')).browser,
    adviser: (await town.official('raadgiver')).browser,
    administrator: (await town.official('administrator')).browser,
    poolAdministrator: (await town.person('puljeadministrator@example.org')).browser,
    roleless: (await town.person('ingen@example.org')).browser,
  }
  const outsiders = [
    ...['drafter', 'contributor', 'decisionMakerElsewhere', 'roleless', 'poolAdministrator'],
  ]
  const secrets: Secret[] = [
    {
      name: 'a score that was sent',
      change: (d) =>
        d('scores').whereIn('review_id', reviewOf(scoredId, firstId)).update({ score: 1 }),
      unseenBy: [
        ...['secondReviewer', 'applicant', 'otherApplicant', 'finance', 'adviser'],
        ...['administrator', ...outsiders],
      ],
      seenBy: 'firstReviewer',
      inFiles: true,
    },
    {
      name: 'the comment to a score that was sent',
      change: (d) =>
        d('reviews').whereIn('id', reviewOf(scoredId, firstId)).update({ comment: 'Nej tak.' }),
      unseenBy: ['secondReviewer', 'applicant', 'otherApplicant', 'finance', ...outsiders],
      seenBy: 'firstReviewer',
    },
    {
      name: 'a score that was only saved',
      change: (d) =>
        d('scores').whereIn('review_id', reviewOf(scoredId, secondId)).update({ score: 1 }),
      unseenBy: ['firstReviewer', 'secretariat', 'decisionMaker', 'applicant', ...outsiders],
      seenBy: 'secondReviewer',
    },
    {
      name: 'who the other reviewer is',
      change: (d) => d('people').where({ id: firstId }).update({ name: 'En helt anden' }),
      unseenBy: ['secondReviewer', 'applicant', 'otherApplicant', ...outsiders],
      seenBy: 'secretariat',
    },
    {
      name: 'the title of a draft',
      change: (d) => d('applications').where({ id: draftId }).update({ title: 'En anden kladde' }),
      unseenBy: [
        'applicant',
        'secretariat',
        'decisionMaker',
        'finance',
        'firstReviewer',
        'contributor',
      ],
      seenBy: 'drafter',
    },
    {
      name: 'what a draft asks for',
      change: (d) => d('applications').where({ id: draftId }).update({ requested_ore: 123 }),
      unseenBy: [
        'applicant',
        'secretariat',
        'decisionMaker',
        'finance',
        'firstReviewer',
        'contributor',
      ],
      seenBy: 'drafter',
    },
    {
      name: 'another’s message',
      change: (d) => d('messages').where(of(otherId)).update({ body: 'Noget andet' }),
      unseenBy: ['applicant', 'firstReviewer', 'secondReviewer', ...outsiders],
      seenBy: 'otherApplicant',
    },
    {
      name: 'another’s title and money',
      change: (d) =>
        d('applications')
          .where({ id: otherId })
          .update({ title: 'Et andet navn', requested_ore: 7 }),
      unseenBy: ['applicant', ...outsiders],
      seenBy: 'secretariat',
    },
    {
      name: 'what the secretariat recommends',
      change: (d) => d('recommendations').where(of(otherId)).update({ reasons: 'Omvendt' }),
      unseenBy: ['otherApplicant', 'applicant', 'firstReviewer', ...outsiders],
      seenBy: 'decisionMaker',
    },
    {
      name: 'a task of the secretariat',
      change: (d) => d('tasks').where(of(otherId)).update({ detail: 'kassen er fuld' }),
      unseenBy: ['otherApplicant', 'applicant', 'firstReviewer', ...outsiders],
      seenBy: 'secretariat',
    },
    {
      name: 'why a reviewer may be conflicted',
      change: (d) =>
        d('reviews')
          .whereIn('id', reviewOf(otherId, firstId))
          .update({ conflict_reason: 'Min bror' }),
      unseenBy: [
        ...['otherApplicant', 'applicant', 'secondReviewer', 'finance', 'adviser'],
        ...['administrator', ...outsiders],
      ],
      seenBy: 'secretariat',
      inFiles: true,
    },
    {
      name: 'an applicant’s address and telephone',
      change: async (d) => {
        const id = (await town.person(other.cast.applicant.email)).id
        await d('people').where({ id }).update({ email: 'ny@example.org', phone: '99999999' })
      },
      unseenBy: ['applicant', 'firstReviewer', 'secondReviewer', ...outsiders],
      seenBy: 'otherApplicant',
    },
    {
      name: 'whether another council has paid',
      change: async (d) => {
        const chr = await d('contributors').where({ code: 'CHR' }).first<{ id: number }>('id')
        await d('contributions').where({ contributor_id: chr.id }).update({ transferred_ore: 1 })
      },
      unseenBy: ['contributor', 'applicant', 'firstReviewer', 'roleless'],
      seenBy: 'otherContributor',
    },
    ...(await secretsOfCasework(town, other.reference, outsiders)),
  ]
  return { town, people, secrets }
}

/** The first reviewer has sent, the second has only saved. */
async function halfReviewed(
  town: Town,
  reference: string,
  { secretariat, reviewers }: Awaited<ReturnType<Town['sent']>>['cast'],
): Promise<void> {
  const page = `/ansoegninger/${reference}`
  const invite = `${page}/bedoemmere`
  for (const reviewer of reviewers) {
    const { id } = await town.person(reviewer.email)
    await secretariat.browser.complete(page, { reviewer: String(id) }, invite)
  }
  const reviews = await town
    .db('reviews as r')
    .join('applications as a', 'a.id', 'r.application_id')
    .where('a.reference', reference)
    .orderBy('r.id')
    .pluck<number[]>('r.id')
  for (const [i, reviewer] of reviewers.entries()) {
    await reviewer.browser.complete(`/bedoemmelser/${reviews[i] ?? 0}`)
  }
  await step(secretariat, reference, 'startReview')
  for (const [i, reviewer] of reviewers.entries()) {
    const address = `/bedoemmelser/${reviews[i] ?? 0}`
    const { fields, names } = await reviewer.browser.formOf(address)
    const scores = names.filter((name) => name.startsWith('score-'))
    const given = Object.fromEntries(scores.map((name) => [name, '4']))
    const event = i === 0 ? 'submitReview' : 'saveScores'
    const answer = await reviewer.browser.post(`${address}/trin/${event}`, {
      ...fields,
      ...given,
      comment: 'Klart tænkt.',
    })
    if (answer.status !== 303) throw new Error(`${event}: ${answer.status}`)
  }
}
