import type { Browser } from 'playwright-core'
import type { Person } from '../../src/journey/person.ts'
import { everyStage } from './every-stage.ts'
import type { Stages } from './every-stage.ts'
import { aMembership, anInvitation } from './factories.ts'
import type { Look } from './look.ts'
import { faultsOf, lookingAt, signIn } from './look.ts'
import type { Town } from './town.ts'
import { aTown } from './town.ts'

type Visit = { who: Person | null; pages: string[] }

/**
 * Every page of every role in these looks: what is wrong with them, and how many were looked at. A
 * sample is the first two pages of each person.
 */
export async function lookAtEveryPage(
  browser: Browser,
  looks: readonly (Look & { isSample?: true })[],
): Promise<{ faults: string[]; looked: number }> {
  const town = await aTown('SQLite')
  const visits = await visitsIn(town, await everyStage(town))
  const faults: string[] = []
  let looked = 0
  for (const look of looks) {
    await town.db('people').update({ language: look.lang })
    const page = await lookingAt(browser, look)
    const context = page.context()
    for (const { who, pages } of visits) {
      await signIn(context, town, who, look.lang)
      for (const path of look.isSample ? pages.slice(0, 2) : pages) {
        const found = await faultsOf(page, town.url + path, look)
        const name = who?.email ?? 'anybody'
        faults.push(...found.map((f) => `${look.lang} ${look.width} ${name} ${path}: ${f}`))
        looked += 1
      }
    }
    await context.close()
  }
  return { faults, looked }
}

/** An organisation of several: one asks to be let in, one is invited. */
async function membersOf({ db, person, now }: Town, reference: string) {
  const { organisation_id: id, contact_id: contact } = await db('applications')
    .where({ reference })
    .first<{ organisation_id: number; contact_id: number }>('organisation_id', 'contact_id')
  const asking = await person('vil-gerne@example.org')
  await aMembership(db, id, asking.id, { approved_at: null })
  const member = await aMembership(db, id, (await person('kasserer@example.org')).id)
  const guest = await person('gaest@example.org')
  const invitation = await anInvitation(db, id, contact, { email: guest.email, invited_at: now() })
  const page = `/organisationer/${id}`
  return {
    guest,
    invitation: `/invitationer/${invitation}`,
    pages: [
      page,
      `${page}/inviter`,
      `${page}/mails`,
      `${page}/paamindelser`,
      `${page}/medlemmer/${member}/rolle`,
      `${page}/medlemmer/${member}/fjern`,
    ],
  }
}

async function visitsIn(town: Town, stages: Stages): Promise<Visit[]> {
  const { draft, awaiting, reviewed, hearing, running, tapering, owing, advised } = stages
  const page = (stage: { reference: string }, more = '') =>
    `/ansoegninger/${stage.reference}${more}`
  const { cast } = running
  const reviewer = await town.person(cast.reviewers[0].email)
  const idOf = async (table: string, where: object) =>
    String((await town.db(table).where(where).first<{ id: number }>('id')).id)
  const mail = await idOf('outbox', { template: 'grant-offered' })
  const review = await idOf('reviews', { reviewer_id: reviewer.id })
  const both = `sag=${stages.submitted.reference},${running.reference}`
  const { browser } = cast.secretariat
  const plan = await browser.complete(`/sager/samlet?handling=startReview&${both}`)
  const message = `/sager/samlet?handling=sendMessage&${both}`
  const done = await browser.complete(message, { body: 'Vi holder lukket i påsken.' })
  await browser.complete(done.location, {}, done.location)
  const delegation = await idOf('delegations', { role: 'secretariat' })
  const members = await membersOf(town, draft.reference)
  const { planned } = await town.db('rounds').max({ planned: 'id' }).first<{ planned: number }>()
  return [
    {
      who: null,
      pages: [
        '/',
        '/puljer/lokal',
        '/puljer/tvaer',
        '/puljer/lokal/spoergsmaal',
        '/livscyklus',
        '/privatliv',
        '/was',
        '/log-ind',
        '/log-ind/kode?adresse=a@b.dk',
        '/postkasse',
      ],
    },
    {
      who: draft.cast.applicant,
      pages: [
        '/mine-sager',
        '/profil',
        '/organisationer',
        '/organisationer/ny',
        '/puljer/lokal/ansoeg',
        page(draft),
        ...['about', 'idea', 'money', 'concept', 'after', 'declarations'].map((s) =>
          page(draft, `/skema/${s}`),
        ),
        page(draft, '/tjek'),
        page(draft, '/kontakt'),
        ...members.pages,
        '/profil/data',
        '/profil/slet',
      ],
    },
    { who: members.guest, pages: ['/organisationer', members.invitation, '/profil/slet'] },
    {
      who: cast.applicant,
      pages: [
        page(running),
        page(running, '/beskeder'),
        page(running, '/kvittering'),
        page(running, '/udskrift'),
        page(running, '/aktindsigt'),
        page(running, '/aktindsigt/1'),
        page(running, '/aktindsigt/2'),
        page(running, '/rapporter/1'),
        page(running, '/trin/stopProject'),
      ],
    },
    {
      who: awaiting.cast.applicant,
      pages: [page(awaiting), page(awaiting, '/trin/provideInformation')],
    },
    { who: hearing.cast.applicant, pages: [page(hearing), page(hearing, '/trin/answerHearing')] },
    {
      who: stages.moving.cast.applicant,
      pages: [page(stages.moving), page(stages.moving, '/trin/acceptMove')],
    },
    { who: tapering.cast.applicant, pages: [page(tapering)] },
    { who: owing.cast.applicant, pages: [page(owing), page(owing, '/videre')] },
    { who: stages.rejected.cast.applicant, pages: [page(stages.rejected)] },
    {
      who: stages.closed.cast.applicant,
      pages: [page(stages.closed), page(stages.closed, '/videre')],
    },
    {
      who: cast.secretariat,
      pages: [
        '/indbakke',
        '/indbakke?q=nabo',
        '/indbakke?vis=late',
        '/sager',
        '/sager?q=findes+ikke',
        `/sager/samlet?handling=sendMessage&${both}`,
        `/sager/samlet?handling=extendDeadline&${both}`,
        plan.location,
        done.location,
        '/indtast',
        '/runder',
        '/fravaer',
        page(stages.moving),
        page(stages.submitted, '/notater'),
        page(stages.submitted, '/aktindsigt'),
        page(running, '/aktindsigt/2'),
        page(stages.submitted, '/sagsbehandler'),
        page(stages.submitted, '/trin/proposeMove'),
        page(awaiting, '/trin/enterAnswer'),
        page(stages.submitted),
        page(stages.submitted, '/trin/requestInformation'),
        page(reviewed),
        page(reviewed, '/indstilling'),
        page(reviewed, '/trin/openHearing'),
        page(running),
        page(tapering),
        page(owing),
      ],
    },
    { who: reviewer, pages: ['/bedoemmelser', `/bedoemmelser/${review}`] },
    {
      who: cast.decisionMaker,
      pages: [
        '/afgoerelser',
        page(reviewed),
        page(reviewed, '/trin/grant'),
        page(reviewed, '/trin/reject'),
      ],
    },
    {
      who: cast.finance,
      pages: ['/udbetalinger', page(owing), page(owing, '/trin/settleRepayment')],
    },
    {
      who: cast.adviser,
      pages: [
        '/raadgivning',
        page(advised),
        page(advised, '/videre'),
        page(advised, '/trin/close'),
      ],
    },
    { who: await town.official('bidrag-amv'), pages: ['/bidragydere', '/bidragydere/AMV'] },
    {
      who: await town.official('administrator'),
      pages: [
        '/administration',
        '/administration/runder',
        '/administration/runder/lokal/ny',
        '/administration/runder/lokal/aar?aar=2028&dag=1&maaned=1&maaned=2&kl=12.00&uger=4',
        `/administration/runder/${planned}/ret`,
        `/administration/runder/${planned}/aflys`,
        '/administration/bidragydere',
        '/administration/bidragydere/VAL',
        '/administration/bidragydere/lokal/ny',
        '/administration/bidragydere/VAL/slut',
        '/administration/bidragydere/VAL/bidrag',
        '/administration/historik',
        '/administration/historik?hvad=round&hvem=findes+ikke',
        '/administration/personer',
        '/administration/personer/inviter',
        '/administration/personer/1',
        '/administration/personer/1/roller',
        '/administration/personer/1/luk',
        '/administration/puljer',
        '/administration/puljer/lokal',
        '/administration/puljer/lokal/rediger/amounts',
        '/administration/puljer/lokal/udbetaling/2',
        '/administration/puljer/lokal/delegationer/ny',
        `/administration/puljer/lokal/delegationer/${delegation}/slut`,
        '/administration/puljer/lokal/kriterier',
        '/administration/puljer/lokal/kriterier/ny',
        '/administration/puljer/lokal/kriterier/vaegte',
        '/administration/puljer/lokal/kriterier/budget/slut',
        '/mails',
        `/mails/${mail}`,
        '/mails/skabeloner',
        '/mails/skabeloner/da/grant-offered',
      ],
    },
  ]
}
