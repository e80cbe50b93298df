import { inflateSync } from 'node:zlib'
import type { Person } from '../../src/journey/person.ts'

/** A file as this person gets it, byte for byte. */
export async function download(browser: Person['browser'], url: string, path: string) {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const answer = await fetch(url + path, { headers: { cookie } })
  return { answer, bytes: Buffer.from(await answer.arrayBuffer()) }
}

/** The words of a PDF of ours, in the order they are drawn, spaces as single ones. */
export function pdfText(pdf: Buffer): string {
  const file = pdf.toString('latin1')
  const objects = new Map(
    [...file.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id, body ?? '']),
  )
  const maps = new Map<string, Map<string, string>>()
  for (const [, name = '', font] of file.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font) ?? '')?.[1]
    maps.set(name, lettersIn(streamOf(objects.get(unicode) ?? '')))
  }
  const words: string[] = []
  for (const body of objects.values()) {
    const page = streamOf(body)
    let letters = new Map<string, string>()
    for (const [, font, text = ''] of page.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (font) letters = maps.get(font) ?? letters
      else words.push(drawn(text, letters), ' ')
    }
  }
  return words.join('').replace(/\s+/g, ' ').trim()
}

function streamOf(body: string): string {
  const data = /stream\n([\s\S]*)\nendstream/.exec(body)?.[1]
  if (data === undefined) return ''
  if (!body.includes('/FlateDecode')) return data
  return inflateSync(Buffer.from(data, 'latin1')).toString('latin1')
}

/** From the number of a glyph to what it stands for, out of the table that copies text by. */
function lettersIn(table: string): Map<string, string> {
  const letters = new Map<string, string>()
  for (const [, from = '', , list = ''] of table.matchAll(/<(\w+)> <(\w+)> \[([^\]]*)\]/g)) {
    for (const [i, [, to = '']] of [...list.matchAll(/<([\w ]*)>/g)].entries()) {
      const code = (parseInt(from, 16) + i).toString(16).padStart(4, '0')
      const units = to.replace(/ /g, '').match(/.{4}/g) ?? []
      letters.set(code, String.fromCharCode(...units.map((unit) => parseInt(unit, 16))))
    }
  }
  return letters
}

const drawn = (text: string, letters: Map<string, string>): string =>
  [...text.matchAll(/<(\w*)>/g)]
    .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
    .map((code) => letters.get(code) ?? '\ufffd')
    .join('')
