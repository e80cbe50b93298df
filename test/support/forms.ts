export type Fields = Record<string, string | string[]>
export type Form = { action: string; fields: Record<string, string | string[]> }

/** A form of a page as a browser without JavaScript would send it, before anything is typed. */
export function formIn(html: string, action?: string): Form {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html
  const forms = [
    ...(action === undefined ? main : html).matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g),
  ]
  const posts = forms
    .map(([, head = '', inner = '']) => ({ action: attribute(head, 'action'), head, inner }))
    .filter(({ head }) => /method="post"/i.test(head))
  const form = posts.find((f) => action === undefined || f.action === action)
  if (!form) {
    const there = posts.map((f) => f.action).join(', ')
    throw new Error(`no form ${action ?? ''} on the page; there are: ${there || 'none'}`)
  }
  return { action: form.action, fields: fieldsIn(form.inner) }
}

function fieldsIn(html: string): Form['fields'] {
  const fields: Form['fields'] = {}
  const add = (name: string, value: string) => {
    if (name === '') return
    const before = fields[name]
    fields[name] = before === undefined ? value : [...[before].flat(), value]
  }
  for (const [, tag = '', head = '', rest = ''] of html.matchAll(
    /<(input|textarea|select)\b([^>]*)>(?:([\s\S]*?)<\/(?:textarea|select)>)?/g,
  )) {
    const name = attribute(head, 'name')
    const type = attribute(head, 'type')
    if (tag === 'textarea') add(name, decode(rest))
    else if (tag === 'select') add(name, chosenIn(rest))
    else if (type === 'checkbox' || type === 'radio') {
      if (/\bchecked\b/.test(head)) add(name, attribute(head, 'value'))
    } else if (type !== 'submit') add(name, attribute(head, 'value'))
  }
  return fields
}

function chosenIn(options: string): string {
  const all = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, head = '']) => head)
  const chosen = all.find((head) => /\bselected\b/.test(head)) ?? all[0] ?? ''
  return attribute(chosen, 'value')
}

const attribute = (head: string, name: string): string =>
  decode(new RegExp(`\\b${name}="([^"]*)"`).exec(head)?.[1] ?? '')

const decode = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&#x60;/g, '`')
    .replace(/&#x3D;/g, '=')
    .replace(/&amp;/g, '&')
