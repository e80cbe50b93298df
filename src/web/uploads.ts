import { createHash } from 'node:crypto'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import multer from 'multer'
import { fileLimits } from '../shared/upload.ts'

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
/** The most that one form can hold in memory, and all forms together in this process. */
const mostHeld = fileLimits.files * fileLimits.fileBytes + 4_000_000
const mostHeldByAll = 5 * mostHeld
let heldByAll = 0

const files = new WeakMap<Request, RawFile[]>()

/** The files that came with a form; none for one without. */
export const rawFilesOf = (req: Request, field?: string): RawFile[] =>
  (files.get(req) ?? []).filter((f) => field === undefined || f.field === field)

/** Whether this request was a form with files, read by `readUploads`. */
export const isUpload = (req: Request): boolean => files.has(req)

/**
 * Reads a form with files into memory, within limits: on routes that declared their file fields,
 * and the files only of those who are signed in (what the rest typed is read all the same). How
 * long it is must be said before: then the server holds it to that.
 */
export function readUploads(fields: readonly string[]): RequestHandler {
  const read = multer({
    storage: { _handleFile: holdFile, _removeFile: (_req, _file, done) => done(null) },
    defParamCharset: 'utf8',
    limits: {
      fieldNameSize: 100,
      fieldNestingDepth: 0,
      fieldSize: 1_100_000,
      fields: 60,
      parts: 100,
      headerPairs: 20,
    },
    fileFilter: (req, _file, take) => take(null, req.context.viewer.actor !== null),
  }).fields(fields.map((name) => ({ name })))

  return (req: Request, res: Response, next: NextFunction): void => {
    if (req.method !== 'POST' || !req.is('multipart/form-data')) return next()
    const length = Number(req.headers['content-length'])
    if (!Number.isSafeInteger(length)) throw new BadUpload(411)
    if (length > mostRead) throw new BadUpload(413)
    const held = Math.min(length, mostHeld)
    if (heldByAll + held > mostHeldByAll) throw new BadUpload(503)
    heldByAll += held
    res.once('close', () => void (heldByAll -= held))
    files.set(req, [])
    read(req, res, (error: unknown) => next(error === undefined ? undefined : asBadUpload(error)))
  }
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
