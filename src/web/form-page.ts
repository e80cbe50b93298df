import type { Request, Response } from 'express'
import { Blocked, InvalidInput, Stale } from '../shared/errors.ts'
import { t } from '../templates/i18n.ts'
import { bodyOf } from './context.ts'
import type { FieldSpec, FormError, Typed } from './fields.ts'
import { errorsOf, fieldOf } from './fields.ts'
import { seeOther, show } from './respond.ts'

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
  defaults?: Typed
}

export function showForm(
  req: Request,
  res: Response,
  view: FormView,
  typed: Typed = {},
  errors: FormError[] = [],
  status = 200,
): void {
  const values = { ...view.defaults, ...typed }
  const page = {
    ...view,
    version: view.version === undefined ? '' : String(view.version),
    facts: view.facts ?? [],
    errors,
    blocked: '',
    fields: view.specs.map((spec) => fieldOf(spec, values, errors)),
  }
  show(req, res, 'steps/step', page, { title: view.heading, status })
}

/** Takes what was typed; a refusal shows the same form again, every word kept. */
export async function takeForm(
  req: Request,
  res: Response,
  view: FormView,
  take: (body: Record<string, string | string[]>) => Promise<{ path: string; notice?: string }>,
): Promise<void> {
  const body = bodyOf(req)
  const { lang } = req.context.viewer
  try {
    const done = await take(body)
    seeOther(res, done.path, done.notice)
  } catch (error) {
    if (error instanceof Blocked) {
      const message = t(lang, error.hint, error.params)
      return showForm(req, res, view, body, [{ field: '', message }], 409)
    }
    if (error instanceof Stale && view.version !== undefined) {
      const message = t(lang, 'autosave.overtakenStep')
      return showForm(req, res, view, body, [{ field: '', message }], 409)
    }
    if (!(error instanceof InvalidInput) || error.status === 400) throw error
    showForm(req, res, view, body, errorsOf(error.problems, lang, view.specs), 422)
  }
}
