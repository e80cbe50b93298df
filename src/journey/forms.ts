export type Fields = Record<string, string | string[]>
export type Form = {
  action: string
  /** What would be sent if nothing were typed. */
  fields: Record<string, string | string[]>
  /** Everything that can be filled in or chosen, ticked or not. */
  names: string[]
}

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
  const names = [...form.inner.matchAll(/<(?:input|textarea|select)\b([^>]*)>/g)]
    .map(([, head = '']) => attribute(head, 'name'))
    .filter((name) => name !== '')
  return { action: form.action, fields: fieldsIn(form.inner), names: [...new Set(names)] }
}

function fieldsIn(html: string): Form['fields'] {
  const fields: Form['fields'] = {}
  const add = (name: string, value: string) => {
    if (name === '') return
    const before = fields[name]
    fields[name] = before === undefined ? value : [...[before].flat(), value]
  }
  for (const [, input, inputHead = '', other = '', otherHead = '', rest = ''] of html.matchAll(
    /<(input)\b([^>]*)>|<(textarea|select)\b([^>]*)>([\s\S]*?)<\/\3>/g,
  )) {
    const [tag, head] = input ? [input, inputHead] : [other, otherHead]
    const name = attribute(head, 'name')
    const type = attribute(head, 'type')
    // A line break right after the tag is not part of the text.
    if (tag === 'textarea') add(name, decode(rest.replace(/^\r?\n/, '')))
    else if (tag === 'select') add(name, chosenIn(rest))
    else if (type === 'checkbox' || type === 'radio') {
      if (/\bchecked\b/.test(head)) add(name, attribute(head, 'value'))
    } else if (type !== 'submit' && type !== 'file') add(name, attribute(head, 'value'))
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

/** Text as it stands in HTML, as it was before it was escaped. */
export const decode = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&#x60;/g, '`')
    .replace(/&#x3D;/g, '=')
    .replace(/&amp;/g, '&')
