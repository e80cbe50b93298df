import { createHash } from 'node:crypto'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import multer from 'multer'
import { fileLimits } from '../shared/upload.ts'
import { BadCsrf } from './csrf.ts'

/** A file as it came in: not yet looked at. Bytes of one that is too large were let go. */
export type RawFile = {
  field: string
  name: string
  bytes: Buffer
  size: number
  sha256: string
}

/** A form with files that cannot be taken: 400, 411, 413 or 503. */
export class BadUpload extends Error {
  override readonly name = 'BadUpload'
  readonly status: number
  constructor(status: number, options?: ErrorOptions) {
    super('the upload was refused', options)
    this.status = status
  }
}

/** The most that is read of one form, so that its words survive a file that is far too large. */
const mostRead = 500 * 1024 * 1024
/** The most words in one form: how many fields, and how many bytes in each. */
const words = { fields: 30, fieldSize: 1_100_000 }
/**
 * The most that one form can hold in memory, all forms of one person together, and all forms of
 * this process: whoever sends slowly, or much at once, must not keep the others out.
 */
const mostHeld = fileLimits.files * fileLimits.fileBytes + words.fields * words.fieldSize
const mostHeldByOne = 140_000_000
const mostHeldByAll = 270_000_000
const heldBy = new Map<number, number>()

const files = new WeakMap<Request, RawFile[]>()

/** The files that came with a form; none for one without. */
export const rawFilesOf = (req: Request, field?: string): RawFile[] =>
  (files.get(req) ?? []).filter((f) => field === undefined || f.field === field)

/** Whether this request was a form with files, read by `readUploads`. */
export const isUpload = (req: Request): boolean => files.has(req)

/**
 * Reads a form with files into memory, within limits: on routes that declared their file fields,
 * and nothing of strangers. Of those whose session ran out what they typed, of those who are signed
 * in the files too. How long it is must be said before: then the server holds it to that.
 */
export function readUploads(fields: readonly string[]): RequestHandler {
  const read = multer({
    storage: { _handleFile: holdFile, _removeFile: (_req, _file, done) => done(null) },
    defParamCharset: 'utf8',
    limits: {
      fieldNameSize: 100,
      fieldNestingDepth: 0,
      ...words,
      parts: 100,
      headerPairs: 20,
    },
    fileFilter: (req, _file, take) => take(null, req.context.viewer.actor !== null),
  }).fields(fields.map((name) => ({ name })))

  return (req: Request, res: Response, next: NextFunction): void => {
    if (req.method !== 'POST' || !req.is('multipart/form-data')) return next()
    const { viewer, pastSession } = req.context
    const personId = viewer.actor?.personId ?? pastSession?.personId
    if (personId === undefined) throw new BadCsrf() // no page of ours could have sent it
    const length = Number(req.headers['content-length'])
    if (!Number.isSafeInteger(length)) throw new BadUpload(411)
    if (length > mostRead) throw new BadUpload(413)
    holdRoom(res, personId, Math.min(length, mostHeld))
    files.set(req, [])
    read(req, res, (error: unknown) => next(error === undefined ? undefined : asBadUpload(error)))
  }
}

/** Room in memory until the answer has left. Throws BadUpload when there is none. */
function holdRoom(res: Response, personId: number, bytes: number): void {
  const own = heldBy.get(personId) ?? 0
  const all = [...heldBy.values()].reduce((sum, held) => sum + held, 0)
  if (own + bytes > mostHeldByOne || all + bytes > mostHeldByAll) throw new BadUpload(503)
  heldBy.set(personId, own + bytes)
  res.once('close', () => {
    const left = (heldBy.get(personId) ?? 0) - bytes
    if (left > 0) heldBy.set(personId, left)
    else heldBy.delete(personId)
  })
}

const asBadUpload = (error: unknown): BadUpload => {
  const isTooLarge = error instanceof multer.MulterError && error.code === 'LIMIT_FIELD_VALUE'
  return new BadUpload(isTooLarge ? 413 : 400, { cause: error })
}

/** Holds on to one file of the form, as long as it and those before it are within the limits. */
function holdFile(
  req: Request,
  file: Express.Multer.File,
  done: (error?: unknown, info?: Partial<Express.Multer.File>) => void,
): void {
  const held = files.get(req) ?? []
  const hash = createHash('sha256')
  const isOneTooMany = rawFilesOf(req, file.fieldname).length >= fileLimits.files
  let chunks: Buffer[] = []
  let size = 0
  const raw: RawFile = {
    field: file.fieldname,
    name: file.originalname,
    bytes: nothing,
    size,
    sha256: '',
  }
  held.push(raw)
  file.stream.on('data', (chunk: Buffer) => {
    size += chunk.length
    hash.update(chunk)
    if (isOneTooMany || size > fileLimits.fileBytes) chunks = []
    else chunks.push(chunk)
  })
  file.stream.once('error', done)
  file.stream.once('end', () => {
    Object.assign(raw, { size, sha256: hash.digest('hex'), bytes: Buffer.concat(chunks) })
    done(null, {})
  })
}

const nothing = Buffer.alloc(0)
