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

type Views = Map<string, Handlebars.TemplateDelegate>

/**
 * Reads every template of a folder at once and refuses to start on a broken one. Strict: a field
 * that is not there throws. `reload` reads them anew for each page, for work on the templates.
 */
export function createEngine(options: { viewsDir: string; reload?: boolean }): Engine {
  const started = compileAll(options.viewsDir)
  const compiled = options.reload ? () => compileAll(options.viewsDir) : () => started

  const fill = (views: Views, view: string, page: object, shell: object): string => {
    const template = views.get(view)
    if (!template) throw new Error(`no such view: ${view}`)
    return template(page, { data: { shell } })
  }
  return {
    render: (view, page, shell) => fill(compiled(), view, page, shell),
    renderPage: (view, page, shell) => {
      const views = compiled()
      const body = new Handlebars.SafeString(fill(views, view, page, shell))
      return fill(views, 'layouts/page', { body }, shell)
    },
  }
}

/** `partials/*` are known by their name, `<feature>/_*` by their path; the rest are views. */
function compileAll(viewsDir: string): Views {
  const handlebars = Handlebars.create()
  registerHelpers(handlebars)
  const views: Views = new Map()
  const called = new Map<string, string>()
  for (const file of templatesIn(viewsDir)) {
    const name = file.replace(/\.hbs$/, '')
    const tree = parse(readFileSync(path.join(viewsDir, file), 'utf8'), file)
    for (const partial of partialsIn(tree)) called.set(partial, file)
    const template = handlebars.compile(tree, { strict: true, preventIndent: true })
    if (name.startsWith('partials/')) {
      handlebars.registerPartial(name.replace('partials/', ''), template)
    } else if (path.basename(name).startsWith('_')) handlebars.registerPartial(name, template)
    else views.set(name, template)
  }
  for (const [partial, file] of called) {
    if (!(partial in handlebars.partials)) throw new Error(`${file}: no such partial: ${partial}`)
  }
  return views
}

function templatesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.hbs') && !file.startsWith('emails'),
  )
}

/** Handlebars compiles at first use; a template that cannot be read is found here, at start. */
function parse(source: string, file: string): hbs.AST.Program {
  try {
    return Handlebars.parse(source)
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : ''}`, { cause: error })
  }
}

function partialsIn(tree: hbs.AST.Program): string[] {
  const names: string[] = []
  const visitor = new Handlebars.Visitor()
  const keepName = ({ name }: hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement) => {
    if ('original' in name && name.original !== '@partial-block') names.push(String(name.original))
  }
  visitor.PartialStatement = keepName
  visitor.PartialBlockStatement = (block: hbs.AST.PartialBlockStatement) => {
    keepName(block)
    visitor.accept(block.program)
  }
  visitor.accept(tree)
  return names
}
