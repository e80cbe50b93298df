import { statusesWith } from '../../workflows/lifecycle.ts'
import { adviseAndClose, grant, pay, report, review, step } from '../../src/journey/stages.ts'
import type { Db } from '../../src/db/connection.ts'
import { keepForm } from '../../src/people/keep-form.ts'
import type { Client } from '../support/client.ts'
import {
  aFile,
  aMembership,
  anInvitation,
  anOrganisation,
  aPerson,
  aRole,
  insertRow,
} from '../support/factories.ts'
import { aTown } from '../support/town.ts'
import type { Town } from '../support/town.ts'
import type { Relation, Stage } from './declared.ts'
import { relations, rolesOf, stages } from './declared.ts'

/** The number of what this stage has not got yet. */
export const nowhere = '999999'

/** What an address of the matrix is filled with, in one stage of a case. */
export type Filling = Record<string, string>

/** A town with one case of the local pool in every stage, and one person in every relation to them. */
export async function everybodyAround() {
  const town = await aTown('SQLite')
  const cases = await oneInEveryStage(town)
  const people = await oneInEveryRelation(town, Object.values(cases))
  const fillings = new Map<Stage, Filling>()
  for (const stage of stages) fillings.set(stage, await fillingOf(town, cases[stage], people))
  return { town, people, fillings }
}

async function oneInEveryStage(town: Town): Promise<Record<Stage, string>> {
  const draft = await town.draft()
  const submitted = await town.sent()
  const reviewed = await town.sent()
  await review(reviewed.reference, reviewed.cast)
  const running = await town.sent()
  await review(running.reference, running.cast)
  await grant(running.reference, running.cast, { amount: '80.000', conditions: '' })
  await pay(running.reference, running.cast)
  const closed = await town.sent()
  await review(closed.reference, closed.cast)
  await grant(closed.reference, closed.cast, { amount: '80.000', conditions: '' })
  await pay(closed.reference, closed.cast)
  await report(closed.reference, 1, closed.cast, '56.000')
  await step(closed.cast.secretariat, closed.reference, 'concludeUnproven', {
    learning: 'Det var for dyrt.',
    spent: '56.000',
  })
  await adviseAndClose(closed.reference, closed.cast)
  return {
    draft: draft.reference,
    submitted: submitted.reference,
    reviewed: reviewed.reference,
    running: running.reference,
    closed: closed.reference,
  }
}

export type People = Record<Relation, { id: number; browser: Client }>

async function oneInEveryRelation(town: Town, references: string[]): Promise<People> {
  const { db } = town
  const poolOf = (code: string) => db('pools').where({ code }).first<{ id: number }>('id')
  const [here, elsewhere] = [await poolOf('LOKAL'), await poolOf('TVAER')]
  const made: Partial<People> = {}
  for (const relation of relations) {
    const id =
      relation === 'reviewer'
        ? (await town.official('bedoemmer-valby')).id
        : await aPerson(db, { email: `${relation}@matrix.example`, name: relation })
    const isElsewhere = relation.endsWith('Elsewhere')
    const poolOfRelation =
      relation === 'cityAdministrator' ? null : (isElsewhere ? elsewhere : here).id
    for (const role of relation === 'reviewer' ? [] : rolesOf[relation]) {
      const contributor =
        role === 'contributor' ? await contributorOf(db, isElsewhere ? 'BUF' : 'VAL') : null
      await aRole(db, id, role, {
        pool_id: contributor === null ? poolOfRelation : null,
        contributor_id: contributor,
      })
    }
    made[relation] = {
      id,
      browser: relation === 'nobody' ? town.client() : await town.signedIn(id),
    }
  }
  const people = made as People
  await inEveryCase(town, references, people)
  await db('people').where({ id: people.disabled.id }).update({ disabled_at: town.now() })
  const letter = await db('outbox').where({ template: 'grant-offered' }).first<{ id: number }>('id')
  await db('outbox').where({ id: letter.id }).update({ person_id: people.member.id })
  await insertRow(db, 'leaves', {
    person_id: people.secretariat.id,
    from_on: '2027-02-01',
    to_on: '2027-02-07',
    created_at: town.now(),
  })
  await insertRow(db, 'bulk_runs', {
    person_id: people.secretariat.id,
    action: 'startReview',
    asked: '{}',
    created_at: town.now(),
  })
  await anOrganisation(db, [people.otherMember.id], { name: 'En anden forening' })
  return people
}

const contributorOf = async (db: Db, code: string) =>
  (await db('contributors').where({ code }).first<{ id: number }>('id')).id

async function inEveryCase({ db, now }: Town, references: string[], people: People) {
  for (const reference of references) {
    const row = await db('applications')
      .where({ reference })
      .first<{ id: number; organisation_id: number }>('id', 'organisation_id')
    const organisationId = row.organisation_id
    for (const relation of ['member', 'disabled'] as const) {
      await aMembership(db, organisationId, people[relation].id)
    }
    await aMembership(db, organisationId, people.editor.id, { role: 'edit' })
    await aMembership(db, organisationId, people.viewer.id, { role: 'view' })
    await anInvitation(db, organisationId, people.member.id, { email: 'roleless@matrix.example' })
    await aMembership(db, organisationId, people.formerMember.id, { removed_at: now() })
    await aMembership(db, organisationId, people.askedMember.id, { approved_at: null })
    await aFile(db, { applicationId: row.id, personId: people.member.id })
    await insertRow(db, 'file_requests', {
      application_id: row.id,
      number: 1,
      asked_by: people.member.id,
      name: 'member',
      contact: 'member@matrix.example',
      language: 'da',
      body: 'Alt i sagen',
      is_before_decision: 0,
      asked_on: '2026-03-02',
      asked_at: now(),
      due_on: '2026-03-11',
      decided_at: now(),
    })
    await insertRow(db, 'reviews', {
      application_id: row.id,
      reviewer_id: people.excluded.id,
      status: statusesWith('review', 'barred')[0],
      conflict_reason: 'Gift med forpersonen',
      due_on: '2027-01-01',
      invited_at: now(),
    })
  }
}

async function fillingOf({ db, now }: Town, reference: string, people: People): Promise<Filling> {
  const row = await db('applications')
    .where({ reference })
    .first<{ id: number; organisation_id: number; round_id: number }>(
      'id',
      'organisation_id',
      'round_id',
    )
  const idOf = async (table: string, where: object) => {
    const found = await db(table).where(where).first<{ id: number } | undefined>('id')
    return String(found?.id ?? nowhere)
  }
  const ofCase = { application_id: row.id }
  return {
    reference,
    code: 'lokal',
    pool: 'lokal',
    contributor: 'VAL',
    step: 'about',
    event: 'withdraw',
    number: '1',
    token: 'x'.repeat(43),
    lang: 'da',
    template: 'grant-offered',
    organisation: String(row.organisation_id),
    membership: await idOf('memberships', {
      organisation_id: row.organisation_id,
      person_id: people.askedMember.id,
    }),
    invitation: await idOf('invitations', { organisation_id: row.organisation_id }),
    review: await idOf('reviews', { ...ofCase, reviewer_id: people.reviewer.id }),
    instalment: await idOf('instalments', ofCase),
    decision: await idOf('decisions', ofCase),
    person: String(people.roleless.id),
    role: await idOf('roles', { person_id: people.reviewer.id }),
    file: await idOf('attachments', ofCase),
    task: await idOf('tasks', ofCase),
    deadline: await idOf('deadlines', { ...ofCase, handled_at: null, kind: 'informationDue' }),
    round: await idOf('rounds', { id: row.round_id }),
    section: 'amounts',
    band: '1',
    delegation: await idOf('delegations', { role: 'secretariat' }),
    criterion: 'budget',
    plannedRound: String(await lastRoundOf(db, 'LOKAL')),
    leave: await idOf('leaves', { person_id: people.secretariat.id }),
    bulkRun: await idOf('bulk_runs', { person_id: people.secretariat.id }),
    item: await idOf('onward_items', ofCase),
    mail: await idOf('outbox', ofCase),
    mailbox: await idOf('outbox', { person_id: people.member.id }),
    contribution: await idOf('contributions', {
      contributor_id: await contributorOf(db, 'VAL'),
    }),
    keptForm: await keepForm(db, {
      personId: people.member.id,
      path: `/ansoegninger/${reference}`,
      typed: { body: 'Skrevet før' },
      now: now(),
    }),
  }
}

const lastRoundOf = async (db: Db, pool: string) =>
  (
    await db('rounds')
      .where({ pool_id: db('pools').where({ code: pool }).select('id') })
      .orderBy('closes_at', 'desc')
      .first<{ id: number }>('id')
  ).id
