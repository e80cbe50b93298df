import { describe, expect, it } from 'vitest'
import { getFile, listFiles, readParts } from '../../src/attachments/queries.ts'
import { recordFile } from '../../src/attachments/record-files.ts'
import { getActor } from '../../src/people/queries.ts'
import { sha256 } from '../../src/shared/secrets.ts'
import type { TestApp } from '../support/app.ts'
import { engines } from '../support/database.ts'
import { aFile, aPerson, insertRow } from '../support/factories.ts'
import { aTown } from '../support/town.ts'
import type { Town } from '../support/town.ts'

const caseIn = async ({ db }: TestApp, reference: string) =>
  (await db('applications').where({ reference }).first<{ id: number }>('id')).id

async function aCaseWithAFile(town: Town, more: { name?: string; bytes?: Buffer } = {}) {
  const { reference, cast } = await town.sent()
  const applicationId = await caseIn(town, reference)
  const member = await town.person(cast.applicant.email)
  const id = await aFile(town.db, { applicationId, personId: member.id, ...more })
  return {
    reference,
    cast,
    applicationId,
    member,
    id,
    path: `/ansoegninger/${reference}/filer/${id}`,
  }
}

/** Two megabytes and a bit, every byte of its own. */
const large = Buffer.from(Array.from({ length: 2_100_001 }, (_, i) => (i * 31) % 251))

describe.each(engines)('a file on %s', (engine) => {
  it('comes back byte for byte to those who may see the case, to be kept and never shown', async () => {
    const town = await aTown(engine)
    const { path, member, cast, applicationId, id } = await aCaseWithAFile(town, { bytes: large })
    const bytes = await wholeOf(readParts(town.db, id))
    expect([bytes.length, sha256(bytes)]).toEqual([large.length, sha256(large)])
    const cookie = [...member.browser.cookies].map(([k, v]) => `${k}=${v}`).join('; ')
    const answer = await fetch(town.url + path, { headers: { cookie } })
    expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sha256(large))
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-disposition': 'attachment; filename=budget.csv',
      'content-type': 'text/csv; charset=utf-8',
      'content-length': String(large.length),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect((await cast.secretariat.browser.get(path)).status).toBe(200)
    expect(await listFiles(town.db, applicationId)).toEqual([
      expect.objectContaining({ id, name: 'budget.csv', size_bytes: large.length }),
    ])
  })

  it('does not exist for strangers, the excluded, another case’s people, nor while it waits', async () => {
    const town = await aTown(engine)
    const { path, reference, applicationId, member, id, cast } = await aCaseWithAFile(town)
    const other = await aCaseWithAFile(town)
    const missing = await member.browser.get(`/ansoegninger/${reference}/filer/99999`)
    const stranger = await town.signedIn(await aPerson(town.db))
    for (const headers of [{}, { range: 'bytes=0-3' }, { 'if-none-match': '*' }]) {
      const answer = await stranger.get(path, headers)
      expect([answer.status, answer.headers.get('content-range')]).toEqual([404, null])
    }
    expect((await other.cast.applicant.browser.get(path)).status).toBe(404)
    // A file of one case is not found through the address of another, not even by who sees both.
    const crossed = await cast.secretariat.browser.get(
      `/ansoegninger/${reference}/filer/${other.id}`,
    )
    expect([crossed.status, missing.status]).toEqual([404, 404])
    const { id: officialId } = await town.official('sagsbehandler')
    await insertRow(town.db, 'reviews', {
      application_id: applicationId,
      reviewer_id: officialId,
      status: 'excluded',
      due_on: '2027-01-01',
      invited_at: town.now(),
    })
    expect((await cast.secretariat.browser.get(path)).status).toBe(404)
    await town.db('attachments').where({ id }).update({ owner_id: null })
    expect((await member.browser.get(path)).status).toBe(404)
    await expect(
      getFile(town.db, await getActor(town.db, member.id), reference, id),
    ).rejects.toThrow()
    expect(await listFiles(town.db, applicationId)).toEqual([])
  })

  it('is never given in part or as unchanged: a request for a piece gets the whole', async () => {
    const town = await aTown(engine)
    const { path, member } = await aCaseWithAFile(town)
    for (const headers of [{ range: 'bytes=0-3' }, { 'if-none-match': '*' }]) {
      const answer = await member.browser.get(path, headers)
      expect([answer.status, answer.body]).toEqual([200, 'post;beløb\nleje;12000\n'])
      expect(answer.headers.get('etag')).toBeNull()
    }
  })
})

it('keeps letters and quotes of a name, and lets it break no header', async () => {
  const town = await aTown('SQLite')
  const { member, reference, applicationId } = await aCaseWithAFile(town)
  const name = 'Ålens "grønne" æsker, €.csv'
  const bytes = Buffer.from('a;b')
  const id = await recordFile(
    town.db,
    {
      applicationId,
      personId: member.id,
      ownerKind: 'message',
      side: 'applicant',
      now: town.now(),
    },
    1,
    { name, kind: 'csv', bytes, sha256: sha256(bytes) },
  )
  const answer = await member.browser.get(`/ansoegninger/${reference}/filer/${id}`)
  expect(answer.headers.get('content-disposition')).toBe(
    'attachment; filename="?lens \\"gr?nne\\" ?sker, ?.csv"; ' +
      "filename*=UTF-8''%C3%85lens%20%22gr%C3%B8nne%22%20%C3%A6sker%2C%20%E2%82%AC.csv",
  )
})

async function wholeOf(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const read: Buffer[] = []
  for await (const part of parts) read.push(part)
  return Buffer.concat(read)
}
