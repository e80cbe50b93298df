import type { Request, Response } from 'express'
import type { Ask } from '../../workflows/vocabulary.ts'
import type { AskOptions } from '../applications/form.ts'
import { filesField } from '../attachments/pages.ts'
import { askFields, readAsked } from '../applications/form.ts'
import type { Asked } from '../shared/asked.ts'
import { Blocked, InvalidInput, NotAllowed, Stale } from '../shared/errors.ts'
import type { FormFiles } from '../shared/upload.ts'
import { noFiles } from '../shared/upload.ts'
import { t } from '../templates/i18n.ts'
import { bodyOf } from './context.ts'
import type { FieldSpec, FormError, Typed } from './fields.ts'
import { errorsOf, fieldOf } from './fields.ts'
import type { FilesTo } from './form-files.ts'
import { takeFiles, withFileProblems } from './form-files.ts'
import { seeOther, show } from './respond.ts'

/** One step of any machine as a page: what it does, what it asks, one button. */
export type StepView = {
  machine: string
  event: string
  asks: readonly Ask[]
  blockedHint: string | null
  about: string
  action: string
  back: string
  version: number
  /** What one should have at hand to take it: a name and what to read, one line each. */
  facts?: { term: string; text: string }[]
  /** What one must know before taking it. */
  warning?: string
  /** What can be chosen where the choice is data, by field. */
  options?: AskOptions
  /** What the fields hold before anything is typed. */
  defaults?: Typed
  /** What files that come with it will belong to; left out where it takes none. */
  files?: FilesTo
}

/** The page of a step; one that is blocked says why instead of showing a form. */
export function showStep(req: Request, res: Response, step: StepView): void {
  renderStep(req, res, step, {}, [], '', 200)
}

/**
 * Takes a step from its form: on success 303 to where the result is seen; on a refusal of what was
 * typed or of the lifecycle, or when somebody else was first, the same form again, text kept.
 */
export async function takeStep(
  req: Request,
  res: Response,
  step: StepView | null,
  take: (asked: Asked, version: number, files: FormFiles) => Promise<unknown>,
  done: { path: string; notice: string },
): Promise<void> {
  if (step === null) {
    await take({}, Number(bodyOf(req).version), noFiles)
    throw new NotAllowed()
  }
  const files = step.files ? await takeFiles(req, step.files) : null
  const body = files?.body ?? bodyOf(req)
  const { lang } = req.context.viewer
  try {
    const { asked, version } = readAsked(step.asks, body, req.context.now)
    await take(asked, version, files?.ready() ?? noFiles)
    seeOther(res, done.path, done.notice)
  } catch (error) {
    const again = (errors: FormError[], refused: string, status: number) =>
      renderStep(req, res, step, body, errors, refused, status, files?.waiting ?? [])
    if (error instanceof InvalidInput && error.status === 422) {
      return again(errorsOf(withFileProblems(error.problems, files), lang), '', 422)
    }
    if (error instanceof Blocked) return again([], t(lang, error.hint, error.params), 409)
    // The step is still there to be taken: the same form, over what the row is now.
    if (error instanceof Stale) return again([], t(lang, 'autosave.overtakenStep'), 409)
    throw error
  }
}

function renderStep(
  req: Request,
  res: Response,
  step: StepView,
  typed: Typed,
  errors: FormError[],
  refused: string,
  status: number,
  waiting: FieldSpec['options'] = [],
): void {
  const { lang } = req.context.viewer
  const heading = t(lang, `lifecycle.${step.machine}.event.${step.event}`)
  const page = {
    heading,
    button: heading,
    about: step.about,
    explanation: t(lang, `steps.${step.machine}.${step.event}`),
    back: step.back,
    action: step.action,
    version: String(step.version),
    errors: refused === '' ? errors : [{ field: '', message: refused }],
    blocked: step.blockedHint === null || refused !== '' ? '' : t(lang, step.blockedHint),
    other: null,
    privacy: step.asks.includes('answer') ? 'application' : '',
    facts: step.facts ?? [],
    warning: step.warning ?? '',
    hasFiles: step.files !== undefined,
    fields: [
      ...askFields(step.asks, { ...step.defaults, ...typed }, errors, lang, step.options),
      ...(step.files ? [fieldOf({ ...filesField(lang), options: waiting }, typed, errors)] : []),
    ],
  }
  show(req, res, 'steps/step', page, { title: heading, status })
}
