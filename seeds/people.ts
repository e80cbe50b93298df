import type { Db } from '../src/db/connection.ts'
import type { ContributorRow, PoolRow } from '../src/db/tables.ts'
import { findPersonByEmail, getActor } from '../src/people/queries.ts'
import type { Actor } from '../src/shared/actor.ts'
import { sortKey } from '../src/shared/danish.ts'
import type { Role } from '../workflows/vocabulary.ts'

type DemoPerson = {
  key: string
  name: string
  roles: { role: Exclude<Role, 'applicant' | 'clock'>; pool?: string; contributor?: string }[]
  language?: 'en'
}

const both = (role: DemoPerson['roles'][number]['role']) => [{ role }]

/** The demo's people: named by role and unit, at addresses that go nowhere. */
export const demoPeople: DemoPerson[] = [
  { key: 'sagsbehandler', name: 'Sagsbehandler (demo)', roles: both('secretariat') },
  { key: 'sagsbehandler2', name: 'Sagsbehandler, vikar (demo)', roles: both('secretariat') },
  {
    key: 'bedoemmer-buf',
    name: 'Bedømmer, Børn og Unge (demo)',
    roles: [{ role: 'reviewer', pool: 'TVAER' }],
  },
  {
    key: 'bedoemmer-sof',
    name: 'Bedømmer, Socialforvaltningen (demo)',
    roles: [{ role: 'reviewer', pool: 'TVAER' }],
  },
  {
    key: 'bedoemmer-bif',
    name: 'Bedømmer, Beskæftigelse (demo)',
    roles: [{ role: 'reviewer', pool: 'TVAER' }],
    language: 'en',
  },
  {
    key: 'bedoemmer-valby',
    name: 'Bedømmer, Valby (demo)',
    roles: [{ role: 'reviewer', pool: 'LOKAL' }],
  },
  {
    key: 'bedoemmer-noerrebro',
    name: 'Bedømmer, Nørrebro (demo)',
    roles: [{ role: 'reviewer', pool: 'LOKAL' }],
  },
  {
    key: 'bedoemmer-vesterbro',
    name: 'Bedømmer, Vesterbro (demo)',
    roles: [{ role: 'reviewer', pool: 'LOKAL' }],
  },
  {
    key: 'styregruppe',
    name: 'Styregruppens formand (demo)',
    roles: [{ role: 'decisionMaker', pool: 'TVAER' }],
  },
  {
    key: 'puljeudvalg',
    name: 'Puljeudvalgets forperson (demo)',
    roles: [{ role: 'decisionMaker', pool: 'LOKAL' }],
  },
  { key: 'oekonomi', name: 'Økonomimedarbejder (demo)', roles: both('finance') },
  { key: 'raadgiver', name: 'Rådgiver (demo)', roles: both('adviser') },
  {
    key: 'bidrag-buf',
    name: 'Bidragyder, BUF (demo)',
    roles: [{ role: 'contributor', contributor: 'BUF' }],
  },
  {
    key: 'bidrag-amv',
    name: 'Bidragyder, Amager Vest (demo)',
    roles: [{ role: 'contributor', contributor: 'AMV' }],
  },
  {
    key: 'bidrag-chr',
    name: 'Bidragyder, Christianshavn (demo)',
    roles: [{ role: 'contributor', contributor: 'CHR' }],
  },
  { key: 'administrator', name: 'Administrator (demo)', roles: both('administrator') },
]

/** Organisations that apply in the demo: fictional, with CVR numbers that are never assigned. */
export const demoOrganisations = [
  { key: 'cykelsmedjen', name: 'Cykelsmedjen Nordvest (demo)', cvr: '00001007' },
  { key: 'restret', name: 'Rest & Ret (demo)', cvr: '00001376' },
  { key: 'kodekaeden', name: 'Kodekæden (demo)', cvr: '00001740' },
  { key: 'reparationsbussen', name: 'Reparationsbussen (demo)', cvr: '00002119' },
  { key: 'groennehaender', name: 'Grønne Hænder Valby (demo)', cvr: '00002488' },
  { key: 'taltsammen', name: 'Talt Sammen (demo)', cvr: '00002852' },
  { key: 'traadogtillid', name: 'Tråd & Tillid (demo)', cvr: '00003220' },
  { key: 'havnenshaender', name: 'Havnens Hænder (demo)', cvr: '00003964' },
  { key: 'lyslinjen', name: 'Lyslinjen (demo)', cvr: '00004332' },
  { key: 'stillestue', name: 'Stille Stue (demo)', cvr: '00004707' },
  { key: 'bytteriet', name: 'Bytteriet (demo)', cvr: '00005444' },
  { key: 'lydhoer', name: 'Lydhør (demo)', cvr: '00005819' },
  { key: 'solsikke', name: 'Solsikke Logistik (demo)', cvr: '00006181' },
  { key: 'aebleværket', name: 'Æbleværket (demo)', cvr: '00006556' },
]

export async function seedPeople(db: Db, now: string): Promise<void> {
  const pools = new Map((await db<PoolRow>('pools')).map((p) => [p.code, p.id]))
  const contributors = new Map(
    (await db<ContributorRow>('contributors')).map((c) => [c.code, c.id]),
  )
  for (const person of demoPeople) {
    const id = await insertPerson(db, person.key, person.name, person.language ?? 'da', now)
    await db('roles').insert(
      person.roles.map(({ role, pool, contributor }) => ({
        person_id: id,
        role,
        pool_id: pool === undefined ? null : (pools.get(pool) ?? null),
        contributor_id: contributor === undefined ? null : (contributors.get(contributor) ?? null),
        granted_at: now,
      })),
    )
  }
  for (const o of demoOrganisations) {
    const personId = await insertPerson(db, o.key, `Ansøger, ${o.name}`, 'da', now)
    const [organisation] = await db('organisations')
      .insert({
        kind: 'registered',
        name: o.name,
        sort_key: sortKey(o.name),
        cvr: o.cvr,
        created_at: now,
      })
      .returning<{ id: number }[]>('id')
    await db('memberships').insert({
      organisation_id: organisation?.id,
      person_id: personId,
      role: 'bind',
      asked_at: now,
      approved_at: now,
    })
  }
}

/** A person of the demo, by the first part of their address. */
export async function demoActor(db: Db, key: string): Promise<Actor> {
  const person = await findPersonByEmail(db, `${key}@example.org`)
  if (!person) throw new Error(`no demo person ${key}`)
  return getActor(db, person.id)
}

async function insertPerson(db: Db, key: string, name: string, language: string, now: string) {
  const email = `${key.replace(/æ/g, 'ae')}@example.org`
  const [row] = await db('people')
    .insert({ email, name, language, phone: '12345678', is_demo: 1, created_at: now })
    .returning<{ id: number }[]>('id')
  if (!row) throw new Error(`${key} was not seeded`)
  return row.id
}
