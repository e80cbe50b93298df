import type { Request, Response } from 'express'
import type { Config } from '../config.ts'

/** `__Host-` demands https; the demo on http://localhost uses the plain name. */
const nameOf = (config: Config, name: string) =>
  config.baseUrl.startsWith('https:') ? `__Host-${name}` : name

/** The value of one of our cookies, or null. */
export function readCookie(req: Request, config: Config, name: string): string | null {
  const wanted = `${nameOf(config, name)}=`
  const found = (req.headers.cookie ?? '').split(/;\s*/).find((c) => c.startsWith(wanted))
  const value = found?.slice(wanted.length) ?? ''
  return /^[A-Za-z0-9_-]{1,128}$/.test(value) ? value : null
}

export function setCookie(
  res: Response,
  config: Config,
  name: string,
  value: string,
  maxAgeSeconds?: number,
): void {
  res.cookie(nameOf(config, name), value, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: config.baseUrl.startsWith('https:'),
    ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds * 1000 }),
  })
}

export function dropCookie(res: Response, config: Config, name: string): void {
  setCookie(res, config, name, 'gone', 0)
}
