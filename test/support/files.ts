import { zipSync } from 'fflate'
import type { Fields } from '../../src/journey/forms.ts'
import type { Answer, Browser } from '../../src/journey/browser.ts'

/** A file as somebody chooses it. */
export type Chosen = { name: string; bytes: Buffer | string }

/** Fills in the form that posts to `action` and sends it with files, as a browser does. */
export async function sendWithFiles(
  browser: Pick<Browser, 'ask' | 'formOf'>,
  page: string,
  fields: Fields,
  files: Chosen[],
  action?: string,
): Promise<Answer> {
  const form = await browser.formOf(page, action)
  return browser.ask('POST', form.action, { body: formData({ ...form.fields, ...fields }, files) })
}

export function formData(fields: Fields, files: Chosen[], field = 'files'): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) data.append(name, one)
  }
  for (const { name, bytes } of files) {
    data.append(field, new Blob([new Uint8Array(Buffer.from(bytes))]), name)
  }
  return data
}

const zip = (names: Record<string, string>) =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(names).map(([name, text]) => [
          name,
          [Buffer.from(text), { level: name === 'mimetype' ? 0 : 6 }] as const,
        ]),
      ) as Parameters<typeof zipSync>[0],
    ),
  )

const office = (main: string, more: Record<string, string> = {}) =>
  zip({ '[Content_Types].xml': '<Types/>', [main]: '<w/>', ...more })

const openDocument = (type: string) =>
  zip({
    mimetype: `application/vnd.oasis.opendocument.${type}`,
    'content.xml': '<office/>',
    'META-INF/manifest.xml': '<manifest/>',
  })

/** The beginnings of real files: enough for anybody who goes by content. */
export const sample = {
  pdf: Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
  lockedPdf: Buffer.from('%PDF-1.7\ntrailer<</Root 1 0 R/Encrypt 5 0 R>>\n%%EOF\n'),
  png: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  /** A picture that says it is 65,535 pixels either way; nobody here unfolds it. */
  floodPng: Buffer.from('89504e470d0a1a0a0000000d494844520000ffff0000ffff0806000000', 'hex'),
  jpg: Buffer.from('ffd8ffe000104a464946', 'hex'),
  webp: Buffer.from('RIFF\u0024\u0000\u0000\u0000WEBPVP8 '),
  docx: office('word/document.xml'),
  xlsx: office('xl/workbook.xml'),
  docm: office('word/document.xml', { 'word/vbaProject.bin': 'Sub AutoOpen' }),
  xlsm: office('xl/workbook.xml', { 'xl/vbaProject.bin': 'Sub AutoOpen' }),
  odt: openDocument('text'),
  ods: openDocument('spreadsheet'),
  zip: zip({ 'a.txt': 'hej' }),
  txt: Buffer.from('Kære alle. Æbler, ål og øl.\r\n'),
  csv: Buffer.from('\ufeffpost;beløb\r\nleje;12000\r\n'),
  exe: Buffer.from('4d5a90000300000004000000ffff0000', 'hex'),
  oldOffice: Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex'),
}
