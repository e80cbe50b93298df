import type { Lang } from '../shared/actor.ts'
import { fillMailTemplate, wrapMail } from '../templates/mail-templates.ts'

export type RenderedMail = { subject: string; text: string; html: string }

type Block =
  | { kind: 'paragraph' | 'quote'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'link'; label: string; url: string }

/**
 * One mail template with its data as subject, text and HTML of the same content. The source's first
 * line is `Subject: …`; blank lines part paragraphs, `- ` begins a list item, `> ` a quotation, and
 * `[[label|address]]` alone on its line is the one link. What people typed is never markup.
 */
export function renderMail(
  template: string,
  lang: Lang,
  data: Record<string, unknown>,
  from: string,
): RenderedMail {
  const source = oneStop(fillMailTemplate(template, lang, protect(data) as object))
  const [first = '', ...rest] = source.replace(/\r\n?/g, '\n').trimStart().split('\n')
  if (!first.startsWith('Subject: ')) throw new Error(`mail template ${template} has no subject`)
  const subject = oneLine(unprotect(first.slice('Subject: '.length)))
  const blocks = blocksOf(rest.join('\n'))
  const body = blocks.map(htmlOf).join('\n')
  return {
    subject,
    text: `${unprotect(blocks.map(textOf).join('\n\n'))}\n`,
    html: wrapMail({ lang, subject, from, body }),
  }
}

/* Private-use characters stand in for whatever typed text could be mistaken for markup. */
const breakMark = '\ue000'
const bracketMark = '\ue001'
const dashMark = '\ue002'
const quoteMark = '\ue003'
const unwanted = /[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u007f\ue000-\ue003]/g

function protect(value: unknown): unknown {
  if (typeof value === 'string') {
    return value
      .replace(/\r\n?/g, '\n')
      .replace(unwanted, '')
      .trim()
      .replace(/\[\[/g, bracketMark)
      .replace(/^- /, `${dashMark} `)
      .replace(/^>/, quoteMark)
      .replace(/\n/g, breakMark)
  }
  if (Array.isArray(value)) return value.map(protect)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, protect(inner)]))
  }
  return value
}

const unprotect = (text: string): string =>
  text
    .replaceAll(breakMark, '\n')
    .replaceAll(bracketMark, '[[')
    .replaceAll(dashMark, '-')
    .replaceAll(quoteMark, '>')

/** A sentence that ends in `kr.` or in somebody's own full stop has one, not two. */
const oneStop = (source: string): string => source.replace(/([^.])\.\.(?!\.)/g, '$1.')

/** A header line: no line breaks, single spaces, not endless. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 180 ? `${line.slice(0, 179)}…` : line
}

function blocksOf(source: string): Block[] {
  return source
    .split(/\n[ \t]*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(blockOf)
}

function blockOf(part: string): Block {
  const link = /^\[\[([^|\]]+)\|([^\]\s]+)\]\]$/.exec(part)
  if (link?.[1] !== undefined && link[2] !== undefined) {
    return { kind: 'link', label: link[1], url: link[2] }
  }
  const lines = part.split('\n').map((line) => line.trim())
  if (lines.every((line) => line.startsWith('- '))) {
    return { kind: 'list', items: lines.map((line) => line.slice(2)) }
  }
  if (part.startsWith('> ')) return { kind: 'quote', text: part.slice(2) }
  return { kind: 'paragraph', text: lines.join('\n') }
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'link':
      return `${block.label}:\n${block.url}`
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n')
    case 'quote':
      return unprotect(block.text)
        .split('\n')
        .map((line) => `  ${line}`.trimEnd())
        .join('\n')
    case 'paragraph':
      return block.text
  }
}

function htmlOf(block: Block): string {
  switch (block.kind) {
    case 'link':
      return (
        `<p style="margin:24px 0"><a href="${escape(block.url)}" style="${linkStyle}">` +
        `${escape(block.label)}:<br><span style="${urlStyle}">${escape(block.url)}</span></a></p>`
      )
    case 'list':
      return `<ul style="margin:0 0 16px;padding-left:24px">${block.items
        .map((item) => `<li style="margin:0 0 6px">${escape(item)}</li>`)
        .join('')}</ul>`
    case 'quote':
      return `<blockquote style="${quoteStyle}">${escape(block.text)}</blockquote>`
    case 'paragraph':
      return `<p style="margin:0 0 16px">${escape(block.text)}</p>`
  }
}

const linkStyle = 'color:inherit;font-weight:bold;text-decoration:underline'
const urlStyle = 'font-weight:normal;font-size:14px;word-break:break-all'
const quoteStyle = 'margin:0 0 16px;padding:2px 0 2px 16px;border-left:4px solid #8a9aa5'

const escape = (text: string): string =>
  unprotect(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '<br>\n')
