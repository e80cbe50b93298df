import type { Request, Response, Router } from 'express'
import { Blocked, InvalidInput, Stale } from '../shared/errors.ts'
import type { FormFiles } from '../shared/upload.ts'
import { noFiles } from '../shared/upload.ts'
import { t } from '../templates/i18n.ts'
import { bodyOf } from './context.ts'
import type { Field, FieldSpec, FormError, Typed } from './fields.ts'
import { errorsOf, fieldOf } from './fields.ts'
import type { FilesTo } from './form-files.ts'
import { takeFiles, withFileProblems, withWaiting } from './form-files.ts'
import { seeOther, show } from './respond.ts'
import type { Access } from './route.ts'
import { get, post } from './route.ts'

/** A page with one form: what it is about, what it does, its fields, one button. */
export type FormView = {
  heading: string
  about: string
  explanation: string
  button: string
  back: string
  action: string
  specs: FieldSpec[]
  /** What the row looked like when the form was opened; left out where nothing can be overtaken. */
  version?: number
  facts?: { term: string; text: string }[]
  /** What the files of its field `files` will belong to; left out where it takes none. */
  files?: FilesTo
  defaults?: Typed
  /** Why it cannot be done now; then there is no form. */
  blocked?: string
  /** What the form's notice about personal data says, for forms that take some. */
  privacy?: string
  /** Another answer to the same question, as a button of its own. */
  other?: { action: string; label: string }
  /** The template, where fields stand in groups. */
  template?: 'steps/grouped'
}

/** A form at one address: GET shows it, POST takes it. */
export function formAt<V extends FormView>(
  router: Router,
  path: string,
  access: Access,
  view: (req: Request) => V | Promise<V>,
  take: (
    req: Request,
    view: V,
    body: Body,
    files: () => FormFiles,
  ) => Promise<{ path: string; notice?: string }>,
  options: { files?: readonly string[] } = {},
): void {
  get(router, path, access, async (req, res) => showForm(req, res, await view(req)))
  const takeOne = async (req: Request, res: Response) => {
    const page = await view(req)
    await takeForm(req, res, page, (body, files) => take(req, page, body, files))
  }
  post(router, path, access, takeOne, options)
}

type Body = Record<string, string | string[]>

export function showForm(
  req: Request,
  res: Response,
  view: FormView,
  typed: Typed = {},
  errors: FormError[] = [],
  status = 200,
): void {
  const values = { ...view.defaults, ...typed }
  const fields = view.specs.map((spec) => fieldOf(spec, values, errors))
  const page = {
    ...view,
    version: view.version === undefined ? '' : String(view.version),
    facts: view.facts ?? [],
    other: view.other ?? null,
    hasFiles: view.files !== undefined,
    warning: '',
    errors,
    blocked: view.blocked ?? '',
    privacy: view.privacy ?? '',
    fields,
    groups: groupsOf(view.specs, fields),
  }
  show(req, res, view.template ?? 'steps/step', page, { title: view.heading, status })
}

/** What is said on the form itself; anything else becomes a page of its own. */
const isRefusal = (error: unknown, view: FormView): error is Blocked | Stale | InvalidInput =>
  error instanceof Blocked ||
  (error instanceof Stale && view.version !== undefined) ||
  (error instanceof InvalidInput && error.status === 422)

/** Takes what was typed; a refusal shows the same form again, every word and every file kept. */
export async function takeForm(
  req: Request,
  res: Response,
  view: FormView,
  take: (body: Body, files: () => FormFiles) => Promise<{ path: string; notice?: string }>,
): Promise<void> {
  const files = view.files ? await takeFiles(req, view.files) : null
  const body = files?.body ?? bodyOf(req)
  const { lang } = req.context.viewer
  try {
    const done = await take(body, () => files?.ready() ?? noFiles)
    seeOther(res, done.path, done.notice)
  } catch (error) {
    if (!isRefusal(error, view)) throw error
    const again = files ? { ...view, specs: withWaiting(view.specs, files.waiting) } : view
    if (error instanceof Blocked) {
      const message = t(lang, error.hint, error.params)
      return showForm(req, res, again, body, [{ field: '', message }], 409)
    }
    if (error instanceof Stale) {
      const message = t(lang, 'autosave.overtakenStep')
      return showForm(req, res, again, body, [{ field: '', message }], 409)
    }
    const problems = withFileProblems(error.problems, files)
    showForm(req, res, again, body, errorsOf(problems, lang, view.specs), 422)
  }
}

/** Whether what the form is about was changed after it was opened: a page may then show how it is. */
export function isOvertaken(req: Request, version: number): boolean {
  const seen = bodyOf(req).version
  return seen !== undefined && Number(seen) !== version
}

function groupsOf(specs: FieldSpec[], fields: Field[]) {
  const groups: { legend: string; fields: Field[] }[] = []
  for (const [i, field] of fields.entries()) {
    const legend = specs[i]?.group ?? ''
    const last = groups.at(-1)
    if (last?.legend === legend) last.fields.push(field)
    else groups.push({ legend, fields: [field] })
  }
  return groups
}
