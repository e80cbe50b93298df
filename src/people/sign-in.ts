import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { PersonRow, SignInCodeRow } from '../db/tables.ts'
import { InvalidInput } from '../shared/errors.ts'
import { codeHash, sameText, sha256 } from '../shared/secrets.ts'

const maxTries = 5

export type SignedIn = { personId: number; nextPath: string }

type Proof = { browser: string; now: string } & (
  { email: string; code: string } | { token: string }
)

/**
 * Signs in with the mailed code or link, once, in the browser that asked, within its ten minutes
 * and five tries; a first sign-in makes the person, with no roles. Every failure is the same
 * InvalidInput, whatever was wrong.
 */
export async function signIn(db: Db, proof: Proof): Promise<SignedIn> {
  const result = await inTransaction(db, async (trx) => {
    // Locked, so that tries made at the same time are counted one after the other.
    const row = await liveCodes(trx, proof).forUpdate().first()
    if (!row) return null
    const isRight =
      'token' in proof || sameText(row.code_hash, codeHash(row.email, proof.code, proof.browser))
    if (!isRight) {
      await trx<SignInCodeRow>('sign_in_codes').where({ id: row.id }).increment('tries', 1)
      return null
    }
    const used = await trx<SignInCodeRow>('sign_in_codes')
      .where({ id: row.id })
      .whereNull('used_at')
      .update({ used_at: proof.now })
    if (used === 0) return null
    const person = await personFor(trx, row, proof.now)
    return person.disabled_at === null ? { personId: person.id, nextPath: row.next_path } : null
  })
  if (!result) throw new InvalidInput([{ field: 'code', message: 'people.codeWrong' }])
  return result
}

/** Whether a link belongs to this browser and still works: asked by GET, so nothing is consumed. */
export async function isOwnLink(
  db: Db,
  l: { token: string; browser: string; now: string },
): Promise<boolean> {
  return (await liveCodes(db, l).first()) !== undefined
}

function liveCodes(db: Db, proof: Proof | { token: string; browser: string; now: string }) {
  const query = db<SignInCodeRow>('sign_in_codes')
    .where({ browser_hash: sha256(proof.browser) })
    .whereNull('used_at')
    .andWhere('expires_at', '>', proof.now)
    .andWhere('tries', '<', maxTries)
  if ('token' in proof) void query.where({ token_hash: sha256(proof.token) })
  else void query.where({ email: proof.email })
  return query.orderBy('id', 'desc')
}

async function personFor(trx: Db, row: SignInCodeRow, now: string): Promise<PersonRow> {
  await trx<PersonRow>('people')
    .insert({ email: row.email, name: '', language: row.language, created_at: now })
    .onConflict('email')
    .ignore()
  const person = await trx<PersonRow>('people').where({ email: row.email }).first()
  if (!person) throw new Error('the person was not made')
  return person
}
