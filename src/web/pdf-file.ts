import { createRequire } from 'node:module'
import path from 'node:path'
import type { Response } from 'express'
import PDFDocument from 'pdfkit'
import type { Block, Letter, LetterRow, Section } from '../shared/letter.ts'
import { t } from '../templates/i18n.ts'

type Pdf = PDFKit.PDFDocument
type Element = PDFKit.PDFStructureElement

const dkfds = path.dirname(path.dirname(createRequire(import.meta.url).resolve('dkfds')))
const fonts = path.join(dkfds, '..', 'src', 'fonts', 'IBMPlexSans', 'complete', 'ttf')
const ink = '#1a1a1a'
const muted = '#595959'
const rule = '#bfbfbf'
const side = 64
const keyWidth = 130

/** A letter as a file to keep; `name` is what it is called, without its ending. */
export async function sendPdf(res: Response, name: string, letter: Letter): Promise<void> {
  res
    .attachment(`${name}.pdf`)
    .type('application/pdf')
    .send(await pdfOf(letter))
}

/**
 * The letter on A4, with headings and paragraphs that a screen reader finds. Nothing in the text is
 * markup: no address in it is fetched, and no file but the fonts is read.
 */
export async function pdfOf(letter: Letter): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: 64, bottom: 76, left: side, right: side },
    bufferPages: true,
    tagged: true,
    displayTitle: true,
    lang: letter.lang,
    pdfVersion: '1.7',
    font: path.join(fonts, 'IBMPlexSans-Regular.ttf'),
    info: {
      Title: `${letter.title} – ${letter.about}`,
      Author: letter.from,
      CreationDate: new Date(letter.asOf),
      ModDate: new Date(letter.asOf),
    },
  })
  const chunks: Buffer[] = []
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
  })
  pdf.registerFont('text', path.join(fonts, 'IBMPlexSans-Regular.ttf'))
  pdf.registerFont('bold', path.join(fonts, 'IBMPlexSans-SemiBold.ttf'))
  const root = pdf.struct('Document')
  pdf.addStructure(root)
  writeHead(pdf, root, letter)
  for (const section of letter.sections) writeSection(pdf, root, section)
  root.end()
  numberPages(pdf, letter)
  pdf.end()
  return done
}

function writeHead(pdf: Pdf, root: Element, letter: Letter): void {
  write(pdf, root, 'P', letter.from, { font: 'bold', size: 10, colour: muted, after: 26 })
  write(pdf, root, 'H1', letter.title, { font: 'bold', size: 22, after: 4 })
  write(pdf, root, 'P', letter.about, { size: 11, colour: muted, after: 16 })
  for (const fact of letter.facts) writeFact(pdf, root, fact)
  pdf.y += 8
}

/** What it is to the left, what it says to the right. */
function writeFact(pdf: Pdf, root: Element, { key, value }: LetterRow): void {
  const text = fit(value)
  pdf.font('text').fontSize(11)
  const width = pdf.page.width - 2 * side - keyWidth
  const height = pdf.heightOfString(text, { width, lineGap: 2 })
  makeRoom(pdf, height)
  const top = pdf.y
  const line = pdf.struct('P')
  root.add(line)
  const say = (x: number, room: number, font: string, words: string) => {
    pdf.font(font).fontSize(11).fillColor(ink)
    pdf.text(words, x, top, { width: room, lineGap: 2, structParent: line, structType: 'Span' })
  }
  say(side, keyWidth - 12, 'bold', fit(key))
  const below = pdf.y
  say(side + keyWidth, width, 'text', text)
  line.end()
  pdf.x = side
  pdf.y = Math.max(below, top + height) + 3
}

function writeSection(pdf: Pdf, root: Element, { heading, meta, blocks }: Section): void {
  makeRoom(pdf, 110)
  pdf.y += 14
  drawRule(pdf)
  pdf.y += 12
  const part = pdf.struct('Sect')
  root.add(part)
  write(pdf, part, 'H2', heading, { font: 'bold', size: 15, after: meta === '' ? 8 : 2 })
  write(pdf, part, 'P', meta, { size: 10, colour: muted, after: 8 })
  for (const block of blocks) writeBlock(pdf, part, block)
  part.end()
}

function writeBlock(pdf: Pdf, part: Element, { heading, text, rows }: Block): void {
  if (heading !== '') {
    makeRoom(pdf, 64)
    pdf.y += 4
    write(pdf, part, 'H3', heading, { font: 'bold', size: 12, after: 4 })
  }
  writeText(pdf, part, text)
  for (const { key, value } of rows) {
    makeRoom(pdf, 44)
    write(pdf, part, 'P', key, { font: 'bold', size: 10, colour: muted, after: 1 })
    writeText(pdf, part, value)
  }
}

function writeText(pdf: Pdf, part: Element, text: string): void {
  for (const paragraph of text.split(/\n{2,}/)) {
    write(pdf, part, 'P', paragraph, { size: 11, after: 8 })
  }
}

type Look = { font?: 'text' | 'bold'; size: number; colour?: string; after: number }

function write(pdf: Pdf, parent: Element, tag: string, text: string, look: Look): void {
  if (text.trim() === '') return
  const { font = 'text', size, colour = ink, after } = look
  const element = pdf.struct(tag)
  parent.add(element)
  pdf.font(font).fontSize(size).fillColor(colour)
  pdf.text(fit(text), side, pdf.y, { lineGap: 2.5, structParent: element, structType: 'Span' })
  element.end()
  pdf.y += after
}

/** Tabs and the like are no glyphs of any font. */
const fit = (text: string): string =>
  text.replace(/\t/g, '    ').replace(/[\u0000-\u0009\u000b-\u001f\u200b-\u200f\ufeff]/g, '')

function makeRoom(pdf: Pdf, height: number): void {
  if (pdf.y + height > pdf.page.height - pdf.page.margins.bottom) pdf.addPage()
}

function drawRule(pdf: Pdf): void {
  pdf.markContent('Artifact', { type: 'Layout' })
  pdf.moveTo(side, pdf.y).lineTo(pdf.page.width - side, pdf.y)
  pdf.lineWidth(0.75).strokeColor(rule).stroke()
  pdf.endMarkedContent()
}

/** `Side 1 af 4` at the foot of each page, which a screen reader passes over. */
function numberPages(pdf: Pdf, letter: Letter): void {
  const { count } = pdf.bufferedPageRange()
  const width = pdf.page.width - 2 * side
  for (let i = 0; i < count; i += 1) {
    pdf.switchToPage(i)
    pdf.page.margins.bottom = 0 // else the foot would begin a page of its own
    const page = t(letter.lang, 'documents.page', { number: i + 1, total: count })
    pdf.markContent('Artifact', { type: 'Pagination' })
    pdf.font('text').fontSize(9).fillColor(muted)
    const foot = pdf.page.height - 46
    pdf.text(fit(letter.about), side, foot, { width: width - 90, lineBreak: false, ellipsis: true })
    pdf.text(page, side, foot, { width, align: 'right', lineBreak: false })
    pdf.endMarkedContent()
  }
}
