import type { Db } from '../db/connection.ts'
import { inTransaction } from '../db/connection.ts'
import type { PersonRow, SignInCodeRow } from '../db/tables.ts'
import { enqueueDirect } from '../outbox/enqueue.ts'
import type { Lang } from '../shared/actor.ts'
import type { MailSettings } from '../shared/asked.ts'
import { paths } from '../shared/paths.ts'
import { codeHash, randomCode, randomToken, sha256 } from '../shared/secrets.ts'

const minutes = 10

/**
 * Mails a link and an eight-digit code, good for ten minutes in the browser that asked; a newer one
 * kills the older. Whether the address is known makes no difference to anyone who watches.
 */
export async function requestSignIn(
  db: Db,
  r: {
    email: string
    browser: string
    language: Lang
    nextPath: string
    now: string
    mail: MailSettings
  },
): Promise<void> {
  const token = randomToken()
  const code = randomCode()
  await inTransaction(db, async (trx) => {
    await trx<SignInCodeRow>('sign_in_codes')
      .where({ email: r.email })
      .whereNull('used_at')
      .update({ used_at: r.now })
    await trx<SignInCodeRow>('sign_in_codes').insert({
      email: r.email,
      token_hash: sha256(token),
      code_hash: codeHash(r.email, code, r.browser),
      browser_hash: sha256(r.browser),
      language: r.language,
      next_path: r.nextPath,
      created_at: r.now,
      expires_at: new Date(Date.parse(r.now) + minutes * 60_000).toISOString(),
    })
    const person = await trx<PersonRow>('people').where({ email: r.email }).first()
    await enqueueDirect(trx, {
      template: 'sign-in',
      event: 'signIn',
      to: {
        address: r.email,
        name: person?.name ?? '',
        language: person?.language ?? r.language,
        personId: person?.id ?? null,
      },
      data: { link: `${r.mail.baseUrl}${paths.signInLink(token)}`, code, minutes: String(minutes) },
      now: r.now,
      mail: r.mail,
    })
  })
}
