import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'

/** 256 random bits as URL-safe text. */
export const randomToken = (): string => randomBytes(32).toString('base64url')

/** Eight random digits. */
export const randomCode = (): string => String(randomInt(0, 100_000_000)).padStart(8, '0')

export const sha256 = (of: string | Buffer): string => createHash('sha256').update(of).digest('hex')

/**
 * A mailed code as it is kept: hashed with the secret of the browser that asked, which the database
 * does not hold, so that eight digits cannot be tried out on a stolen copy.
 */
export const codeHash = (email: string, code: string, browser: string): string =>
  sha256(`${email}:${code}:${browser}`)

/** A keyed hash that says which purpose it was made for. */
export const keyedHash = (secret: string, purpose: string, text: string): string =>
  createHmac('sha256', secret).update(`${purpose}:${text}`).digest('base64url')

/** Equal, in a time that does not tell where they differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(sha256(a)), Buffer.from(sha256(b))]
  return timingSafeEqual(left, right)
}
