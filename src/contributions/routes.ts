import express from 'express'
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { contribution as lifecycle } from '../../workflows/contribution.machine.ts'
import { choicesFor } from '../../workflows/lifecycle.ts'
import { getContributor } from '../contributors/queries.ts'
import type { ContributionRow, ContributorRow } from '../db/tables.ts'
import { Blocked, InvalidInput } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import { actorOf, bodyOf, param } from '../web/context.ts'
import type { FieldSpec, FormError, Typed } from '../web/fields.ts'
import { errorsOf, fieldOf } from '../web/fields.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post } from '../web/route.ts'
import { amount, datePieces, parseForm, readDate, requiredText } from '../web/schemas.ts'
import { advanceContribution, rolesFor } from './advance-contribution.ts'
import type { ContributionStep } from './advance-contribution.ts'
import { contributionFacts } from './facts.ts'
import { getContribution } from './queries.ts'

const keepers = ['contributor', 'secretariat', 'finance'] as const
const version = { version: z.coerce.number().int() }

export function contributionsRoutes(): Router {
  const router = express.Router()

  get(router, '/bidrag/:id/trin/:event', keepers, async (req, res) => {
    const it = await contributionOf(req)
    showForm(req, res, it, {}, [], 200)
  })

  post(router, '/bidrag/:id/trin/:event', keepers, async (req, res) => {
    const it = await contributionOf(req)
    const body = bodyOf(req)
    try {
      await advanceContribution(req.context.db, {
        id: it.row.id,
        event: param(req, 'event'),
        actor: actorOf(req),
        ...readStep(param(req, 'event'), body),
        now: req.context.now,
        mail: req.context.config,
      })
      seeOther(res, paths.contributor(it.contributor.code), 'saved')
    } catch (error) {
      const { lang } = req.context.viewer
      if (error instanceof Blocked) {
        return showForm(req, res, it, body, [{ field: '', message: t(lang, error.hint) }], 409)
      }
      if (!(error instanceof InvalidInput) || error.status === 400) throw error
      showForm(req, res, it, body, errorsOf(error.problems, lang), 422)
    }
  })

  return router
}

type It = { row: ContributionRow; contributor: ContributorRow }

async function contributionOf(req: Request): Promise<It> {
  const { db } = req.context
  const { row, code } = await getContribution(db, Number(param(req, 'id')))
  return { row, contributor: await getContributor(db, actorOf(req), code) }
}

function readStep(event: string, body: Typed): Partial<ContributionStep> & { version: number } {
  switch (event) {
    case 'decideContribution': {
      const read = parseForm(
        z.strictObject({ ...version, caseNumber: requiredText(40), ...datePieces('decided') }),
        body,
      )
      const decidedOn = readDate(body, 'decided')
      return { version: read.version, caseNumber: read.caseNumber, decidedOn }
    }
    case 'transfer': {
      const read = parseForm(z.strictObject({ ...version, amount: amount() }), body)
      return { version: read.version, transferringOre: read.amount }
    }
    case 'withdrawContribution':
      return parseForm(z.strictObject({ ...version, reason: requiredText(2000) }), body)
    default:
      return parseForm(z.strictObject(version), body)
  }
}

function fieldsFor(event: string, lang: 'da' | 'en'): FieldSpec[] {
  const label = (name: string) => t(lang, `contributions.field.${name}`)
  switch (event) {
    case 'decideContribution':
      return [
        { name: 'caseNumber', kind: 'text', label: label('caseNumber'), width: 'medium' },
        { name: 'decided', kind: 'date', label: label('decided') },
      ]
    case 'transfer':
      return [{ name: 'amount', kind: 'amount', label: label('amount') }]
    case 'withdrawContribution':
      return [{ name: 'reason', kind: 'textarea', label: label('reason') }]
    default:
      return []
  }
}

function showForm(
  req: Request,
  res: Response,
  { row, contributor }: It,
  typed: Typed,
  errors: FormError[],
  status: number,
): void {
  const { lang } = req.context.viewer
  const event = param(req, 'event')
  const choice = choicesFor(
    lifecycle,
    row.status,
    contributionFacts(row, { caseNumber: 'x' }),
    rolesFor(actorOf(req), contributor),
  ).find((c) => c.event === event)
  if (!choice) throw new Blocked('lifecycle.hint.notInThisStatus')
  const heading = t(lang, choice.label)
  const page = {
    heading,
    button: heading,
    about: lang === 'da' ? contributor.name_da : contributor.name_en,
    explanation: t(lang, `steps.contribution.${event}`),
    back: paths.contributor(contributor.code),
    action: paths.contributionEvent(row.id, event),
    version: String(row.version),
    errors,
    hasFiles: false,
    blocked: choice.blockedHint === null ? '' : t(lang, choice.blockedHint),
    other: null,
    privacy: '',
    fields: fieldsFor(event, lang).map((spec) => fieldOf(spec, typed, errors)),
  }
  show(req, res, 'steps/step', page, { title: heading, status })
}
