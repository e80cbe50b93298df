import type { Db } from '../../src/db/connection.ts'
import type { ApplicationRow, PersonRow } from '../../src/db/tables.ts'

export const at = '2026-03-02T09:00:00.000Z'
export const settings = {
  baseUrl: 'https://puljer.example.org',
  mailFrom: 'puljer@example.org',
  authorityName: 'Københavns Kommune (demo)',
}

async function insert(db: Db, table: string, row: object): Promise<number> {
  const [stored] = await db(table).insert(row).returning<{ id: number }[]>('id')
  if (!stored) throw new Error(`nothing stored in ${table}`)
  return stored.id
}

export const aPerson = (db: Db, email: string, more: Partial<PersonRow> = {}): Promise<number> =>
  insert(db, 'people', { email, name: 'Åse Ø', language: 'da', created_at: at, ...more })

export async function aPool(db: Db): Promise<number> {
  const words = ['purpose', 'legal_basis', 'complaint', 'short'].flatMap((name) => [
    [`${name}_da`, `${name} på dansk`],
    [`${name}_en`, `${name} in English`],
  ])
  return insert(db, 'pools', {
    code: 'TVAER',
    name_da: 'Den tværgående pulje',
    name_en: 'The cross-department pool',
    ...Object.fromEntries(words),
    min_ore: 1,
    max_ore: 100_000_000,
    quick_lane_ore: 5_000_000,
    max_share_ppm: 1_000_000,
    instalment_plan: '[]',
    reviewers_required: 2,
    decision_weeks: 6,
    quick_weeks: 3,
    accept_days: 21,
    concept_months: 6,
    advice_clips: 4,
    de_minimis_ore: 100_000_000,
    four_eyes_ore: 10_000_000,
    contact_name: 'Mette Holm',
    contact_phone: '33660000',
    contact_email: 'puljen@example.org',
  })
}

/** One submitted application with a contact person; a pool of its own unless one is given. */
export async function aCase(db: Db, more: Partial<ApplicationRow> = {}) {
  const poolId = more.pool_id ?? (await aPool(db))
  const roundId = await insert(db, 'rounds', {
    pool_id: poolId,
    opens_at: '2026-01-01T00:00:00.000Z',
    closes_at: '2026-03-31T21:59:59.000Z',
    decision_on: '2026-05-15',
  })
  const contactId = await aPerson(db, 'kontakt@example.org')
  const organisationId = await insert(db, 'organisations', {
    kind: 'group',
    name: 'Værkstedet',
    sort_key: 'vaerkstedet',
    address: '',
    website: '',
    created_at: at,
  })
  await insert(db, 'memberships', {
    organisation_id: organisationId,
    person_id: contactId,
    role: 'bind',
    asked_at: at,
    approved_at: at,
  })
  const applicationId = await insert(db, 'applications', {
    reference: 'KK-2026-0007',
    pool_id: poolId,
    round_id: roundId,
    organisation_id: organisationId,
    contact_id: contactId,
    title: 'Vestegnens Værksted',
    answers: '{}',
    requested_ore: 25_000_000,
    status: 'submitted',
    created_at: at,
    saved_at: at,
    submitted_at: at,
    decision_expected_on: '2026-05-15',
    ...more,
  })
  return { applicationId, organisationId, poolId, contactId }
}

export const aMember = (db: Db, organisationId: number, personId: number, more: object = {}) =>
  insert(db, 'memberships', {
    organisation_id: organisationId,
    person_id: personId,
    role: 'edit',
    asked_at: at,
    approved_at: at,
    ...more,
  })

export const aRole = (db: Db, personId: number, role: string, poolId: number | null) =>
  insert(db, 'roles', { person_id: personId, role, pool_id: poolId, granted_at: at })
