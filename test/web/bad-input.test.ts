import { describe, expect, it } from 'vitest'
import type { Db } from '../../src/db/connection.ts'
import { declaredRoutes } from '../../src/web/route.ts'
import { grant, review } from '../../src/journey/stages.ts'
import type { Person } from '../../src/journey/person.ts'
import type { Access } from '../../src/web/route.ts'
import type { Role } from '../../workflows/vocabulary.ts'
import type { Fields } from '../../src/journey/forms.ts'
import { engines } from '../support/database.ts'
import type { Town } from '../support/town.ts'
import { aTown } from '../support/town.ts'

const long = 'æ'.repeat(600_000)

/** Where much text belongs; everywhere else a field is only one of many that is not known. */
const takesLongText = /\/(beskeder|skema\/about|profil|videre|requestInformation)$/

/** What no page of ours sends, and what people do type. */
const bodies: [string, Fields][] = [
  ['nothing at all', {}],
  ['a field that is not asked for', { version: '1', isAdmin: '1' }],
  ['a field twice', { version: ['1', '1'], body: ['a', 'b'], email: ['a@b.dk', 'c@d.dk'] }],
  ['words for numbers', { version: 'ett', organisation: 'x', reviewer: '1e99', handler: '-1' }],
  [
    'numbers nobody has',
    { version: '9007199254740993', organisation: '999999999999', person: '0' },
  ],
  ['a megabyte of text', { version: '1', body: long, title: long }],
  ['NUL and emoji', { version: '1', body: 'a\u0000b 👩🏽‍🔧 æøå', question: '\u0000', name: '🎉' }],
  ['a turned reading direction', { version: '1', body: 'abc\u202edef', reason: '\u0007' }],
  ['an unclear amount', { version: '1', amount: '250.00', spent: '-1', received: '1e3' }],
]

describe.each(engines)('bad input on %s', (engine) => {
  it('is answered by a page on every form there is, and changes nothing', async () => {
    const town = await aTown(engine)
    const forms = await formsOf(town)
    const faults: string[] = []
    let before = await everythingThatMoves(town.db)
    for (const { who, token, address } of forms) {
      for (const [name, fields] of bodies) {
        if (name === 'a megabyte of text' && !takesLongText.test(address)) continue
        const { status } = await who.browser
          .post(address, { ...fields, _csrf: token })
          .catch((error: unknown) => ({ status: String(error).slice(0, 200) }))
        const after = await everythingThatMoves(town.db)
        const fault = ![303, 400, 403, 404, 409, 413, 422, 429].includes(Number(status))
          ? status
          : status !== 303 && after !== before
            ? 'refused, and yet it did something'
            : null
        if (fault !== null) faults.push(`${who.email} ${address} with ${name}: ${fault}`)
        before = after
      }
    }
    expect(faults).toEqual([])
    expect(forms.length).toBeGreaterThan(60)
  }, 120_000)
})

/** Every form's address with the numbers of cases in many states, and who would send it. */
async function formsOf(town: Town) {
  const draft = await town.draft()
  const reviewed = await town.sent()
  await review(reviewed.reference, reviewed.cast)
  const { reference: running, cast } = await town.sent()
  await review(running, cast)
  await grant(running, cast, { amount: '80.000', conditions: '' })
  const [reviewer] = cast.reviewers
  const [administrator, contributor] = [
    await town.official('administrator'),
    await town.official('bidrag-amv'),
  ]
  const holders: Partial<Record<Role, Person>> = {
    reviewer,
    secretariat: cast.secretariat,
    decisionMaker: cast.decisionMaker,
    finance: cast.finance,
    adviser: cast.adviser,
    contributor,
    administrator,
  }
  const suited = (access: Access, address: string): (Person | undefined)[] => {
    if (typeof access !== 'string') return access.map((role) => holders[role])
    const isDraft = address.includes(draft.reference)
    return isDraft ? [draft.cast.applicant] : [cast.applicant, cast.secretariat]
  }
  const forms = declaredRoutes
    .filter(({ method, path }) => method === 'post' && path !== '/log-ud')
    .flatMap(({ path, access }) =>
      expand(
        path,
        path.includes('skema') ? [draft.reference] : [reviewed.reference, running],
      ).flatMap((address) => suited(access, address).map((who) => ({ who, address }))),
    )
  const tokens = new Map<Person, string>()
  for (const { who } of forms) {
    if (!who || tokens.has(who)) continue
    tokens.set(who, String((await who.browser.formOf('/profil')).fields._csrf))
  }
  return forms.flatMap(({ who, address }) =>
    who ? [{ who, address, token: tokens.get(who) ?? '' }] : [],
  )
}

const eventsFor: [RegExp, string[]][] = [
  [/rapporter/, ['submitReport', 'approveReport', 'nothing']],
  [/ansoegninger/, ['submit', 'grant', 'requestInformation', 'accept', 'close', 'nothing']],
  [/bedoemmelser/, ['acceptReview', 'saveScores', 'submitReview', 'reportConflict']],
  [/udbetalinger/, ['approve', 'order', 'withhold']],
  [/bidrag/, ['promise', 'transfer']],
  [/mails/, ['resend', 'suppress']],
]

function expand(pattern: string, references: string[]): string[] {
  const events = eventsFor.find(([path]) => path.test(pattern))?.[1] ?? ['nothing']
  let paths = [pattern]
  const fill = (name: string, values: string[]) => {
    paths = paths.flatMap((path) =>
      path.includes(`:${name}`) ? values.map((v) => path.replace(`:${name}`, v)) : [path],
    )
  }
  fill('reference', references)
  fill('event', events)
  fill('step', ['about', 'money', 'nothing'])
  fill('code', ['lokal'])
  for (const name of ['id', 'number', 'membership']) fill(name, ['1'])
  return paths.map((path) => path.replace(/:\w+/g, '1'))
}

/** Every status, every ledger line, every mail: what a refused form must not have moved. */
async function everythingThatMoves(db: Db): Promise<string> {
  const tables = ['applications', 'reviews', 'instalments', 'reports', 'contributions'] as const
  const rows = await Promise.all(
    tables.map((table) => db(table).select('id', 'status', 'version').orderBy('id')),
  )
  const counts = await Promise.all(
    ['history', 'ledger_entries', 'outbox', 'messages', 'memberships', 'organisations'].map(
      (table) => db(table).count({ n: '*' }).first(),
    ),
  )
  return JSON.stringify([rows, counts])
}
