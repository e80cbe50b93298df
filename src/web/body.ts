import express from 'express'
import type { NextFunction, Request, Response } from 'express'
import { isUpload } from './uploads.ts'

/** What was sent is no form of ours: 415. */
export class NoForm extends Error {
  override readonly name = 'NoForm'
  readonly status = 415
}

/** Forms only: no JSON, no plain text; files only where a route said so, and read them already. */
function onlyForms(req: Request, _res: Response, next: NextFunction): void {
  const hasBody =
    req.headers['transfer-encoding'] !== undefined || (req.headers['content-length'] ?? '0') !== '0'
  if (
    req.method === 'POST' &&
    hasBody &&
    !isUpload(req) &&
    !req.is('application/x-www-form-urlencoded')
  ) {
    throw new NoForm()
  }
  next()
}

/** NUL is no character to anybody, and PostgreSQL has no room for it. */
function dropNul(req: Request, _res: Response, next: NextFunction): void {
  const drop = (value: unknown): unknown =>
    typeof value === 'string'
      ? value.replaceAll('\u0000', '')
      : Array.isArray(value)
        ? value.map(drop)
        : value
  req.body = Object.fromEntries(
    Object.entries((req.body ?? {}) as object).map(([name, value]) => [name, drop(value)]),
  )
  next()
}

/** A posted form, a text of 1 MB included; a field that is sent twice arrives as a list. */
export const readBody = [
  onlyForms,
  express.urlencoded({ extended: false, limit: 3_500_000, parameterLimit: 1000 }),
  dropNul,
]
