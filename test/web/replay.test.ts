import { describe, expect, it } from 'vitest'
import { proposeContribution } from '../../src/contributions/propose-contribution.ts'
import type { Db } from '../../src/db/connection.ts'
import { date } from '../../src/journey/application.ts'
import type { Person } from '../../src/journey/person.ts'
import { grant, pay, report, review, step } from '../../src/journey/stages.ts'
import { declaredRoutes } from '../../src/web/route.ts'
import { engines } from '../support/database.ts'
import type { Engine } from '../support/database.ts'
import { everyStage } from '../support/every-stage.ts'
import { aTown } from '../support/town.ts'
import type { Town } from '../support/town.ts'

/** What the stories below send only once, because another test sends it again and again. */
const elsewhere = [
  'post /log-ind', // people/sign-in: same answer to all, limited
  'post /log-ind/kode', // people/sign-in: single use
  'post /log-ind/link/:token', // people/sign-in: single use
  'post /log-ind/demo', // a session each, none of them a second effect
  'post /profil/slet', // privacy/own-data: there is nobody left to send it again
  'post /log-ud', // there is nobody to sign out twice
]

type Sent = { faults: string[]; routes: Set<string> }

/** Sends every form twenty times at once, five times more in a row, and once with another body. */
function replaying({ faults, routes }: Sent): typeof fetch {
  return async (address, init) => {
    if (init?.method !== 'POST') return fetch(address, init)
    const at = new URL(String(address instanceof Request ? address.url : address)).pathname
    const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(address, init)))
    for (let i = 0; i < 5; i += 1) answers.push(await fetch(address, init))
    const [first, ...others] = answers
    if (!first) throw new Error('nothing was sent')
    await Promise.all(others.map((answer) => answer.text()))
    const kinds = new Set(answers.map((a) => `${a.status} ${a.headers.get('location') ?? ''}`))
    if (kinds.size > 1) faults.push(`${at}: ${[...kinds].join(' and ')}`)
    if (first.status === 303) {
      routes.add(patternOf(at))
      const body = String(init.body)
      if (!body.includes('requestKey=') && at !== '/sprog') faults.push(`${at} has no key`)
      const other = await fetch(address, { ...init, body: `${body}&more=1` })
      await other.text()
      if (at !== '/sprog' && other.status !== 409) {
        faults.push(`${at} with another body: ${other.status}`)
      }
    }
    return first
  }
}

const patternOf = (address: string): string => {
  const found = declaredRoutes.find(
    ({ method, path }) =>
      method === 'post' &&
      new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`).test(address) &&
      !(path.endsWith('/:id') && /\/(paamind|ny)$/.test(address)),
  )
  return `post ${found?.path ?? address}`
}

/** Everything that a form could have done twice: how many rows there are, and how much money. */
async function effectsIn(db: Db): Promise<Record<string, number>> {
  const tables = [
    'applications',
    'organisations',
    'memberships',
    'invitations',
    'messages',
    'attachments',
    'attachment_parts',
    'information_requests',
    'deadlines',
    'tasks',
    'reviews',
    'scores',
    'recommendations',
    'decisions',
    'grants',
    'grant_shares',
    'instalments',
    'instalment_shares',
    'reports',
    'onward_items',
    'case_notes',
    'file_requests',
    'file_request_documents',
    'leaves',
    'bulk_runs',
    'bulk_items',
    'people',
    'roles',
    'rounds',
    'contributors',
    'contributions',
    'delegations',
    'criteria',
    'history',
    'ledger_postings',
    'ledger_entries',
    'outbox',
    'request_keys',
  ]
  const counted: Record<string, number> = {}
  for (const table of tables) {
    counted[table] = Number((await db(table).count({ n: '*' }).first<{ n: number }>()).n)
  }
  const sum = await db('pool_years').sum({ ore: 'available_ore' }).first<{ ore: number }>()
  const versions = await db('applications').sum({ n: 'version' }).first<{ n: number }>()
  return { ...counted, availableOre: Number(sum.ore), versions: Number(versions.n) }
}

/** The forms that no case passes through on its way. */
async function sideForms(town: Town): Promise<void> {
  const { cast, reference } = await town.sent()
  const { secretariat, applicant } = cast
  await applicant.browser.complete('/profil', { name: 'Åse Ny', phone: '20304050' })
  await applicant.browser.post('/sprog', {
    ...(await applicant.browser.formOf('/profil', '/sprog')).fields,
    lang: 'en',
  })
  const { contact_id: contact } = await town
    .db('applications')
    .where({ reference })
    .first<{ contact_id: number }>('contact_id')
  await applicant.browser.complete(`/ansoegninger/${reference}/kontakt`, {
    person: String(contact),
  })
  const draft = await town.draft()
  await draft.cast.applicant.browser.complete(
    `/ansoegninger/${draft.reference}`,
    {},
    `/ansoegninger/${draft.reference}/slet`,
  )
  await step(secretariat, reference, 'requestInformation', {
    question: 'Hvem låser op?',
    ...soon,
  })
  await casework(town, reference, secretariat)
  const page = `/ansoegninger/${reference}`
  await secretariat.browser.submit(page, {}, `${page}/eksport`)
  const files = `${page}/aktindsigt`
  await applicant.browser.complete(files, { body: 'Alt i sagen' })
  await secretariat.browser.complete(`${files}/1`, { rest: 'yes' })
  await manyAtOnce(reference, secretariat)
  await joinAnOrganisation(town)
  await access(town)
  await settings(town)
  await rounds(town)
  await contributors(town)
  const unit = await town.official('bidrag-amv')
  const contribution = await aProposal(town)
  await unit.browser.complete(`/bidrag/${contribution}/trin/promise`)
  const admin = await town.official('administrator')
  const mail = await town.db('outbox').orderBy('id').first<{ id: number }>('id')
  await admin.browser.complete(`/mails/${mail.id}/trin/suppress`, { reason: 'Sendt med posten' })
  const [task] = await town
    .db('tasks')
    .insert({
      application_id: (await town.db('applications').where({ reference }).first<{ id: number }>())
        .id,
      kind: 'callApplicant',
      detail: '',
      created_at: town.now(),
    })
    .returning<{ id: number }[]>('id')
  await secretariat.browser.complete(
    `/ansoegninger/${reference}`,
    {},
    `/ansoegninger/${reference}/opgaver/${task?.id ?? 0}`,
  )
}

async function access(town: Town): Promise<void> {
  const { browser } = await town.official('administrator')
  const list = '/administration/personer'
  const { location } = await browser.complete(`${list}/inviter`, { email: 'ny@example.org' })
  const [page = ''] = location.split('?')
  await browser.complete(`${page}/roller`, { role: 'adviser' })
  const role = await town.db('roles').orderBy('id', 'desc').first<{ id: number }>('id')
  await browser.complete(page, {}, `${page}/roller/${role.id}/slut`)
  await browser.complete(`${page}/luk`, { reason: 'Er rejst' })
  await browser.complete(page, {}, `${page}/aabn`)
}

async function settings(town: Town): Promise<void> {
  const { browser } = await town.official('administrator')
  const pool = '/administration/puljer/lokal'
  await browser.complete(`${pool}/rediger/time`, { accept_days: '21' })
  await browser.complete(`${pool}/udbetaling/ny`, { upTo: '20.000', percent1: '100' })
  await browser.complete(pool, {}, `${pool}/udbetaling/1/fjern`)
  await browser.complete(`${pool}/delegationer/ny`, {
    role: 'secretariat',
    body_da: 'Puljekontoret',
    body_en: 'The pool office',
    case_number: '2026-7',
    limit_ore: '20.000',
    ...date('decidedOn', new Date(town.now())),
    ...date('validTo', new Date(Date.parse(town.now()) + 9e9)),
  })
  const delegation = await town.db('delegations').orderBy('id', 'desc').first<{ id: number }>('id')
  await browser.complete(`${pool}/delegationer/${delegation.id}/slut`, { reason: 'Samles igen' })
  const criteria = `${pool}/kriterier`
  const words = { name_da: 'Klima', name_en: 'Climate', help_da: 'Hvor?', help_en: 'Where?' }
  const { names } = await browser.formOf(`${criteria}/vaegte`)
  const [first = ''] = names.filter((name) => name.startsWith('weight-'))
  const given = Number((await browser.formOf(`${criteria}/vaegte`)).fields[first])
  const lower = { [first]: String(given - 1) }
  await browser.complete(`${criteria}/ny`, { ...words, ...lower, weight: '1' })
  await browser.complete(`${criteria}/${first.slice('weight-'.length)}`, words)
  await browser.complete(`${criteria}/vaegte`, { [`position-${first.slice(7)}`]: '9' })
  const added = await town
    .db('criteria')
    .orderBy('id', 'desc')
    .where({ weight: 1 })
    .first<{ code: string }>('code')
  await browser.complete(`${criteria}/${added.code}/slut`, { [first]: String(given) })
}

async function rounds(town: Town): Promise<void> {
  const { browser } = await town.official('administrator')
  const list = '/administration/runder'
  const year = Number(town.now().slice(0, 4)) + 4
  const day = (name: string, month: number) => date(name, new Date(Date.UTC(year, month, 10)))
  const times = { opensTime: '12.00', closesTime: '23.59' }
  const planned = { ...times, ...day('opens', 0), ...day('closes', 1), ...day('decides', 2) }
  await browser.complete(`${list}/tvaer/ny`, planned)
  const { id } = await town.db('rounds').orderBy('id', 'desc').first<{ id: number }>('id')
  await browser.complete(`${list}/${id}/ret`, day('decides', 3))
  await browser.complete(`${list}/${id}/aflys`)
  const rule = `aar=${year - 1}&dag=1&maaned=2&maaned=3&kl=12.00&uger=4`
  await browser.complete(`${list}/tvaer/aar?${rule}`, {}, `${list}/tvaer/aar`)
}

async function contributors(town: Town): Promise<void> {
  const { browser } = await town.official('administrator')
  const list = '/administration/bidragydere'
  const names = { nameDa: 'Havnen', nameEn: 'The harbour' }
  const from = date('from', new Date(Date.UTC(2020, 0, 1)))
  await browser.complete(`${list}/lokal/ny`, {
    ...names,
    ...from,
    code: 'HAV',
    kind: 'localCouncil',
  })
  await browser.complete(`${list}/HAV/navn`, { nameDa: 'Havneudvalget' })
  const year = Number(town.now().slice(0, 4))
  await browser.complete(`${list}/HAV/bidrag`, {
    year: String(year),
    base: '100.000',
    percent: '5',
    noteDa: 'Budget',
    noteEn: 'Budget',
  })
  const end = date('lastDay', new Date(Date.UTC(year, 11, 31)))
  await browser.complete(`${list}/HAV/slut`, end)
}

async function casework(town: Town, reference: string, { browser }: Person): Promise<void> {
  const page = `/ansoegninger/${reference}`
  await browser.complete(`${page}/notater`, { kind: 'call', party: 'Formanden', body: 'Ja tak.' })
  const id = async (table: string, where: object) =>
    (await town.db(table).where(where).orderBy('id', 'desc').first<{ id: number }>('id')).id
  const inTwoYears = { 'newDate-day': '1', 'newDate-month': '12', 'newDate-year': '2100' }
  const deadline = await id('deadlines', { kind: 'informationDue', handled_at: null })
  await browser.complete(`${page}/frister/${deadline}`, { ...inTwoYears, reason: 'Ferie' })
  const { closes_at } = await town
    .db('rounds as r')
    .join('applications as a', 'a.round_id', 'r.id')
    .where('a.reference', reference)
    .first<{ closes_at: string }>('r.closes_at')
  const round = await id('rounds', { closes_at })
  const next = date('newDate', new Date(Date.parse(closes_at) + 3 * 86_400_000))
  await browser.complete(`/runder/${round}/forlaeng`, { ...next, reason: 'Siden var nede' })
  const days = { ...date('from', new Date()), ...date('to', new Date(Date.now() + 9e8)) }
  await browser.complete('/indtast', {
    pool: 'LOKAL',
    cameBy: 'letter',
    kind: 'group',
    organisation: 'Bordtennis i kælderen',
    contact: 'Bo Brevskriver',
    email: 'brev@example.org',
  })
  await browser.complete('/fravaer', days, '/fravaer')
  await browser.complete('/fravaer', {}, `/fravaer/${await id('leaves', {})}/slut`)
}

async function manyAtOnce(reference: string, { browser }: Person): Promise<void> {
  const choice = `/sager/samlet?handling=sendMessage&sag=${reference}`
  const { location } = await browser.complete(choice, { body: 'Vi holder lukket i påsken.' })
  await browser.complete(location, {}, location)
}

async function aProposal({ db, now }: Town): Promise<number> {
  const amv = await db('contributors')
    .where({ code: 'AMV' })
    .first<{ id: number; pool_id: number }>('id', 'pool_id')
  return proposeContribution(db, {
    poolId: amv.pool_id,
    contributorId: amv.id,
    year: 2031,
    baseOre: 200_000_00,
    percentPpm: 50_000,
    baseNoteDa: 'Budget 2031',
    baseNoteEn: 'Budget 2031',
    isPlaceholder: false,
    actor: null,
    now: now(),
  })
}

const soon = { 'answerBy-day': '1', 'answerBy-month': '12', 'answerBy-year': '2099' }

async function joinAnOrganisation(town: Town): Promise<void> {
  const founder = await town.person('stifter@example.org')
  const made = { kind: 'registered', name: 'Fælles Cykler', cvr: '00007005' }
  await founder.browser.complete('/organisationer/ny', made)
  const joiner = await town.person('nytmedlem@example.org')
  await joiner.browser.complete('/organisationer/ny', made)
  const { id } = await town.db('organisations').where({ cvr: '00007005' }).first<{ id: number }>()
  const page = `/organisationer/${id}`
  await founder.browser.complete(page, {}, (await joining(town, joiner.id, id)) + '/godkend')
  const invited = await town.person('inviteret@example.org')
  await members(town, page, founder.browser, invited)
  const own = await joining(town, joiner.id, id)
  await founder.browser.complete(`${own}/rolle`, { role: 'bind' })
  await founder.browser.complete(`${page}/paamindelser`, { person: String(joiner.id) })
  await joiner.browser.complete(`${page}/mails`, { mails: 'own' })
  await joiner.browser.complete(`${own}/fjern`)
}

async function joining({ db }: Town, personId: number, organisationId: number): Promise<string> {
  const row = await db('memberships')
    .where({ person_id: personId, organisation_id: organisationId })
    .first<{ id: number }>('id')
  return `/organisationer/${organisationId}/medlemmer/${row.id}`
}

/** Invited twice and once more: withdrawn, declined, accepted. */
async function members(
  { db }: Town,
  page: string,
  founder: Person['browser'],
  invited: Person,
): Promise<void> {
  const invite = async (): Promise<string> => {
    await founder.complete(`${page}/inviter`, { email: invited.email, role: 'view' })
    const row = await db('invitations').orderBy('id', 'desc').first<{ id: number }>('id')
    return String(row.id)
  }
  const withdraw = `${page}/invitationer/${await invite()}/traek-tilbage`
  await founder.complete(page, {}, withdraw)
  const declined = `/invitationer/${await invite()}`
  await invited.browser.complete(declined, {}, `${declined}/afvis`)
  await invited.browser.complete(`/invitationer/${await invite()}`)
}

async function adviceNotice(town: Town): Promise<void> {
  const { reference, cast } = await town.sent()
  await review(reference, cast)
  await grant(reference, cast, { amount: '80.000', conditions: '' })
  await pay(reference, cast)
  await report(reference, 1, cast, '56.000')
  await step(cast.secretariat, reference, 'concludeUnproven', {
    learning: 'Det var for dyrt.',
    spent: '56.000',
  })
  const plan = `/ansoegninger/${reference}/videre`
  await cast.adviser.browser.complete(plan, { body: 'Skal vi tales ved?' }, `${plan}/paamind`)
}

/** Every form on SQLite; on PostgreSQL one whole life and the side forms, for it takes its time. */
async function run(engine: Engine, send?: typeof fetch): Promise<Record<string, number>> {
  const town = await aTown(engine, send ? { send } : {})
  if (engine === 'SQLite') await everyStage(town)
  await sideForms(town)
  await adviceNotice(town)
  return effectsIn(town.db)
}

describe.each(engines)('every form, sent again on %s', (engine) => {
  it('has one effect: twenty at once, five in a row; and its key takes no other body', async () => {
    const once = await run(engine)
    const sent: Sent = { faults: [], routes: new Set() }
    const again = await run(engine, replaying(sent))
    expect(sent.faults).toEqual([])
    expect(again).toEqual(once)
    if (engine === 'PostgreSQL') return
    const posts = declaredRoutes.filter((r) => r.method === 'post').map((r) => `post ${r.path}`)
    expect(posts.filter((p) => !sent.routes.has(p) && !elsewhere.includes(p))).toEqual([])
  }, 240_000)
})
