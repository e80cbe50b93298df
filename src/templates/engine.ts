import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import Handlebars from 'handlebars'
import type { Lang } from '../shared/actor.ts'
import { registerHelpers } from './helpers.ts'

export type NavigationItem = { href: string; label: string; current: boolean }

/** What surrounds a page, whichever page it is: `@shell` in the templates. */
export type Shell = {
  lang: Lang
  title: string
  csrfToken: string
  person: { name: string } | null
  navigation: NavigationItem[]
  path: string
  notice: string | null
  demo: boolean
  authorityName: string
}

export type Engine = {
  /** The whole page as HTML: the view inside the layout. */
  renderPage(view: string, page: object, shell: Shell): string
  /** A template alone, without a layout. */
  render(view: string, page: object, shell: Pick<Shell, 'lang'>): string
}

/** Compiles every template of a folder at once; strict, so a field that is not there throws. */
export function createEngine({ viewsDir }: { viewsDir: string }): Engine {
  const handlebars = Handlebars.create()
  registerHelpers(handlebars)
  const views = new Map<string, Handlebars.TemplateDelegate>()
  for (const file of templatesIn(viewsDir)) {
    const name = file.replace(/\.hbs$/, '')
    const compiled = handlebars.compile(readFileSync(path.join(viewsDir, file), 'utf8'), {
      strict: true,
      preventIndent: true,
    })
    if (name.startsWith('partials/')) {
      handlebars.registerPartial(name.replace('partials/', ''), compiled)
    } else if (path.basename(name).startsWith('_')) handlebars.registerPartial(name, compiled)
    else views.set(name, compiled)
  }

  const render = (view: string, page: object, shell: object): string => {
    const template = views.get(view)
    if (!template) throw new Error(`no such view: ${view}`)
    return template(page, { data: { shell } })
  }
  return {
    render,
    renderPage: (view, page, shell) =>
      render('layouts/page', { body: new Handlebars.SafeString(render(view, page, shell)) }, shell),
  }
}

function templatesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.hbs') && !file.startsWith('emails'),
  )
}
