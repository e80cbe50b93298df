import type { Request } from 'express'
import { keepWaiting } from '../attachments/keep-waiting.ts'
import { aboutFile } from '../attachments/pages.ts'
import type { Chooser } from '../attachments/queries.ts'
import { listWaiting } from '../attachments/queries.ts'
import type { AttachmentRow } from '../db/case-tables.ts'
import type { FieldProblem } from '../shared/errors.ts'
import { hasCpr } from '../shared/cpr.ts'
import { InvalidInput } from '../shared/errors.ts'
import { kindOf } from '../shared/file-kind.ts'
import { formatBytes, seenName, withEnding } from '../shared/file-name.ts'
import type { FormFiles, Upload } from '../shared/upload.ts'
import { fileLimits } from '../shared/upload.ts'
import { actorOf, bodyOf } from './context.ts'
import type { FieldSpec } from './fields.ts'
import type { RawFile } from './uploads.ts'
import { rawFilesOf } from './uploads.ts'

/** What the files of a form will belong to when it passes. */
export type FilesTo = Pick<AttachmentRow, 'side'> & Omit<Chooser, 'personId'>

export type TakenFiles = {
  /** What was typed, without what is said of files. */
  body: Record<string, string | string[]>
  problems: FieldProblem[]
  /** The files, for the operation that sends them. Throws InvalidInput when one cannot be taken. */
  ready: () => FormFiles
  /** The good ones, for the form to show when it is refused. */
  waiting: NonNullable<FieldSpec['options']>
}

const field = 'files'
const waitingField = `${field}-waiting`

/** Looks at the files of a form, those that came now and those that waited, and keeps the good. */
export async function takeFiles(req: Request, to: FilesTo): Promise<TakenFiles> {
  const { db, now, viewer } = req.context
  const { [field]: asText, [waitingField]: ticked, ...body } = bodyOf(req)
  const sender = { ...to, personId: actorOf(req).personId, now }
  const wanted = idsIn(ticked)
  const waiting = await listWaiting(db, sender, wanted)
  const uploads: Upload[] = []
  const problems: FieldProblem[] = []
  const problem = (message: string, params: FieldProblem['params'] = {}) =>
    void problems.push({ field, message: `files.${message}`, params })

  // A form that was sent without room for files says their names, and brings nothing.
  if (asText !== undefined && asText !== '') problem('notSent')
  if (waiting.length < wanted.length) problem('gone')
  const raw = rawFilesOf(req, field)
  for (const file of raw.slice(0, fileLimits.files)) {
    const looked = lookAt(file)
    if ('upload' in looked) uploads.push(looked.upload)
    else {
      const size = formatBytes(fileLimits.fileBytes, viewer.lang)
      problem(`refused.${looked.refusal}`, { name: looked.name, size })
    }
  }
  const kept = await keepWaiting(db, sender, uploads)
  const all = await listWaiting(db, sender, [...waiting.map((f) => f.id), ...kept])
  if (raw.length + waiting.length > fileLimits.files) problem('tooMany', { max: fileLimits.files })

  return {
    body,
    problems,
    ready: () => {
      if (problems.length > 0) throw new InvalidInput(problems)
      return { ids: all.map((f) => f.id), names: all.map((f) => f.name) }
    },
    waiting: all.map((f) => ({
      value: String(f.id),
      label: `${f.name} (${aboutFile(f, viewer.lang)})`,
    })),
  }
}

function lookAt(raw: RawFile): { upload: Upload } | { name: string; refusal: string } {
  const name = seenName(raw.name)
  if (hasCpr(name)) return { name, refusal: 'cpr' }
  if (raw.size > fileLimits.fileBytes) return { name, refusal: 'tooLarge' }
  const found = kindOf(raw.bytes, name)
  if ('refusal' in found) return { name, refusal: found.refusal }
  const { bytes, sha256 } = raw
  return { upload: { name: withEnding(name, found.kind), kind: found.kind, bytes, sha256 } }
}

const idsIn = (value: string | string[] | undefined): number[] => [
  ...new Set(
    [value ?? []]
      .flat()
      .filter((text) => /^[1-9]\d{0,9}$/.test(text))
      .map(Number)
      .filter((id) => id <= 2_147_483_647)
      .slice(0, 50),
  ),
]

/** The problems of the words and of the files of one form, each once. */
export const withFileProblems = (
  problems: FieldProblem[],
  files: TakenFiles | null,
): FieldProblem[] => [...new Set([...problems, ...(files?.problems ?? [])])]

/** The form's fields, with the files that wait in the one that takes files. */
export const withWaiting = (
  specs: FieldSpec[],
  waiting: NonNullable<FieldSpec['options']>,
): FieldSpec[] =>
  specs.map((spec) => (spec.kind === 'files' ? { ...spec, options: waiting } : spec))
