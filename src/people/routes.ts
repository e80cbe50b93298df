import express from 'express'
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import type { PersonRow } from '../db/tables.ts'
import { InvalidInput, NotFound } from '../shared/errors.ts'
import { paths } from '../shared/paths.ts'
import { t } from '../templates/i18n.ts'
import type { Deps } from '../web/context.ts'
import { actorOf, bodyOf, param } from '../web/context.ts'
import { setCookie } from '../web/cookies.ts'
import { errorsOf } from '../web/fields.ts'
import { rateLimit } from '../web/rate-limit.ts'
import { seeOther, show } from '../web/respond.ts'
import { get, post, takesFiles } from '../web/route.ts'
import { emailAddress, optionalText, parseForm, phone, requiredText } from '../web/schemas.ts'
import { beginSession, browserOf, finishSession } from '../web/session.ts'
import { findKeptForm } from './keep-form.ts'
import { codePage, keptFormPage, profilePage, signInPage } from './pages.ts'
import { listDemoPeople } from './queries.ts'
import { requestSignIn } from './request-sign-in.ts'
import { changeLanguage, saveProfile } from './save-profile.ts'
import { isOwnLink, signIn } from './sign-in.ts'

/** Only a path of our own may be gone to next. */
export const localPath = (text: unknown, otherwise = paths.myPages()): string =>
  typeof text === 'string' &&
  /^\/(?![/\\])[\w\-./~%?=&+*@:,;!$()'æøåÆØÅ]*$/.test(text) &&
  !/%0[0-9a-f]/i.test(text)
    ? text
    : otherwise

const requestSchema = z.strictObject({ email: emailAddress, videre: optionalText(500) })
const codeSchema = z.strictObject({
  email: emailAddress,
  code: requiredText(20, 'people.codeMissing').transform((text) => text.replace(/\s/g, '')),
})
const languageSchema = z.strictObject({ lang: z.enum(['da', 'en']), tilbage: optionalText(2000) })
const profileSchema = z.strictObject({
  name: requiredText(100, 'people.nameMissing'),
  phone: optionalText(30),
})

export function peopleRoutes(deps: Deps): Router {
  const router = express.Router()
  const byAddress = rateLimit(deps.clock, { tries: 5, minutes: 15 })
  const byPlace = rateLimit(deps.clock, { tries: 30, minutes: 15 })
  const placeOf = (req: Request) => req.ip ?? ''
  const title = (req: Request, key: string) => t(req.context.viewer.lang, `people.${key}`)

  get(router, '/log-ind', 'anyone', async (req, res) => {
    const { db, config, viewer } = req.context
    const next = localPath(req.query.videre)
    const page = await signInPage(db, config.mode, viewer.lang, next, {}, [])
    show(req, res, 'people/sign-in', page, { title: title(req, 'signIn') })
  })

  post(router, '/log-ind', 'anyone', async (req, res) => {
    const { db, config, viewer, now } = req.context
    const body = bodyOf(req)
    try {
      const { email, videre } = parseForm(requestSchema, body)
      byPlace.take(placeOf(req))
      byAddress.take(email)
      const browser = browserOf(req, res, deps)
      await requestSignIn(db, {
        email,
        browser,
        language: viewer.lang,
        nextPath: localPath(videre),
        now,
        mail: config,
      })
      seeOther(res, `${paths.signInCode()}?adresse=${encodeURIComponent(email)}`)
    } catch (error) {
      if (!(error instanceof InvalidInput) || error.status === 400) throw error
      const errors = errorsOf(error.problems, viewer.lang)
      const next = localPath(body.videre)
      const page = await signInPage(db, config.mode, viewer.lang, next, body, errors)
      const shown = { title: title(req, 'signIn'), status: 422, here: paths.signIn(next) }
      show(req, res, 'people/sign-in', page, shown)
    }
  })

  get(router, '/log-ind/kode', 'anyone', (req, res) => {
    const email = typeof req.query.adresse === 'string' ? req.query.adresse.slice(0, 254) : ''
    showCode(req, res, email, [], 200)
  })

  post(router, '/log-ind/kode', 'anyone', async (req, res) => {
    const { db, now, viewer } = req.context
    const body = bodyOf(req)
    try {
      const { email, code } = parseForm(codeSchema, body)
      byPlace.take(placeOf(req))
      const signed = await signIn(db, { email, code, browser: browserOf(req, res, deps), now })
      await beginSession(req, res, signed.personId)
      seeOther(res, signed.nextPath)
    } catch (error) {
      if (!(error instanceof InvalidInput) || error.status === 400) throw error
      const email = typeof body.email === 'string' ? body.email : ''
      showCode(req, res, email, errorsOf(error.problems, viewer.lang), 422)
    }
  })

  get(router, '/log-ind/link/:token', 'anyone', async (req, res) => {
    const { db, now } = req.context
    const token = param(req, 'token')
    const own = await isOwnLink(db, { token, browser: browserOf(req, res, deps), now })
    show(
      req,
      res,
      own ? 'people/link' : 'people/other-device',
      { token },
      {
        title: title(req, 'signIn'),
      },
    )
  })

  post(router, '/log-ind/link/:token', 'anyone', async (req, res) => {
    const { db, now } = req.context
    byPlace.take(placeOf(req))
    try {
      const browser = browserOf(req, res, deps)
      const signed = await signIn(db, { token: param(req, 'token'), browser, now })
      await beginSession(req, res, signed.personId)
      seeOther(res, signed.nextPath)
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error
      show(
        req,
        res,
        'people/other-device',
        { token: '' },
        {
          title: title(req, 'signIn'),
          status: 422,
        },
      )
    }
  })

  post(router, '/log-ind/demo', 'anyone', async (req, res) => {
    const { db, config } = req.context
    const { person, videre } = bodyOf(req)
    const known = config.mode === 'demo' ? await listDemoPeople(db) : []
    const chosen = known.find((p) => String(p.id) === person)
    if (!chosen) throw new NotFound()
    await beginSession(req, res, chosen.id)
    seeOther(res, localPath(videre))
  })

  post(router, '/log-ud', 'anyone', async (req, res) => {
    await finishSession(req, res)
    seeOther(res, paths.front(), 'signedOut')
  })

  post(router, '/sprog', 'anyone', async (req, res) => {
    const { lang, tilbage } = parseForm(languageSchema, bodyOf(req))
    const { db, config, viewer } = req.context
    if (viewer.actor) await changeLanguage(db, { personId: viewer.actor.personId, language: lang })
    setCookie(res, config, 'sprog', lang, 400 * 86_400)
    seeOther(res, localPath(tilbage, paths.front()))
  })

  get(router, '/gemt/:id', 'signedIn', async (req, res) => {
    const { db, viewer } = req.context
    const kept = await findKeptForm(db, {
      id: param(req, 'id'),
      personId: actorOf(req).personId,
    })
    if (!kept) throw new NotFound()
    const page = keptFormPage(kept, takesFiles(kept.path), viewer.lang)
    show(req, res, 'people/kept-form', page, { title: title(req, 'kept') })
  })

  get(router, '/profil', 'signedIn', async (req, res) => showProfile(req, res, {}, [], 200))

  post(router, '/profil', 'signedIn', async (req, res) => {
    const body = bodyOf(req)
    try {
      const { name, phone: typed } = parseForm(profileSchema, body)
      const number = typed === '' ? null : parseForm(z.object({ phone }), { phone: typed }).phone
      await saveProfile(req.context.db, { personId: actorOf(req).personId, name, phone: number })
      seeOther(res, paths.profile(), 'saved')
    } catch (error) {
      if (!(error instanceof InvalidInput) || error.status === 400) throw error
      await showProfile(req, res, body, errorsOf(error.problems, req.context.viewer.lang), 422)
    }
  })

  return router

  function showCode(
    req: Request,
    res: Response,
    email: string,
    errors: ReturnType<typeof errorsOf>,
    status: number,
  ): void {
    const { viewer, config } = req.context
    const page = codePage(email, viewer.lang, config.mode === 'demo', errors)
    const here = `${paths.signInCode()}?adresse=${encodeURIComponent(email)}`
    show(req, res, 'people/code', page, { title: title(req, 'codeTitle'), status, here })
  }

  async function showProfile(
    req: Request,
    res: Response,
    typed: Record<string, string | string[]>,
    errors: ReturnType<typeof errorsOf>,
    status: number,
  ): Promise<void> {
    const actor = actorOf(req)
    const { db, viewer } = req.context
    const person = await db<PersonRow>('people').where({ id: actor.personId }).first('phone')
    const page = profilePage(actor, person?.phone ?? '', viewer.lang, typed, errors)
    show(req, res, 'people/profile', page, { title: title(req, 'profile'), status })
  }
}
