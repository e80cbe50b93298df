import { describe, expect, it } from 'vitest'
import { kindOf } from '../../src/shared/file-kind.ts'
import { formatBytes, seenName, withEnding } from '../../src/shared/file-name.ts'
import { sample } from '../support/files.ts'

describe('what a file is', () => {
  const good = ['pdf', 'png', 'jpg', 'webp', 'docx', 'xlsx', 'odt', 'ods', 'txt', 'csv'] as const
  it.each(good)('is told by its content: %s', (kind) => {
    expect(kindOf(sample[kind], `noget.${kind}`)).toEqual({ kind })
    expect(kindOf(sample[kind], `NOGET.${kind.toUpperCase()}`)).toEqual({ kind })
  })

  it('needs no name, but has the one that fits when there is one', () => {
    expect(kindOf(sample.pdf, 'budget')).toEqual({ kind: 'pdf' })
    expect(kindOf(sample.jpg, 'foto.jpeg')).toEqual({ kind: 'jpg' })
    expect(kindOf(sample.png, 'budget.pdf')).toEqual({ refusal: 'otherThanName' })
    expect(kindOf(sample.pdf, 'budget.exe')).toEqual({ refusal: 'otherThanName' })
    expect(kindOf(sample.docx, 'budget.xlsx')).toEqual({ refusal: 'otherThanName' })
  })

  it.each<[string, Buffer, string, string]>([
    ['an empty file', Buffer.alloc(0), 'a.pdf', 'empty'],
    ['a page', Buffer.from('<!doctype html><p>Hej'), 'a.html', 'kind'],
    ['a page that is called text', Buffer.from('\ufeff  <html><script>'), 'a.txt', 'kind'],
    ['a picture with script', Buffer.from('<svg onload="alert(1)">'), 'a.svg', 'kind'],
    ['a picture with script that is called text', Buffer.from('<?xml?><svg>'), 'a.txt', 'kind'],
    ['a script', Buffer.from('alert(1)'), 'a.js', 'kind'],
    ['a program', sample.exe, 'a.exe', 'kind'],
    ['a program that is called text', sample.exe, 'a.txt', 'notUtf8'],
    ['an archive', sample.zip, 'a.zip', 'kind'],
    ['an archive that is called a document', sample.zip, 'a.docx', 'kind'],
    ['a document with macros', sample.docm, 'a.docm', 'macros'],
    ['a document with macros that is called one without', sample.docm, 'a.docx', 'macros'],
    ['a spreadsheet with macros', sample.xlsm, 'a.xlsm', 'macros'],
    ['a document with a password', sample.oldOffice, 'a.docx', 'locked'],
    ['an old document', sample.oldOffice, 'a.doc', 'kind'],
    ['a pdf with a password', sample.lockedPdf, 'a.pdf', 'locked'],
    ['half an archive', sample.docx.subarray(0, 60), 'a.docx', 'broken'],
    ['text of another character set', Buffer.from('bel\xf8b;1', 'latin1'), 'a.csv', 'notUtf8'],
    ['text with NUL', Buffer.from('a\u0000b'), 'a.txt', 'kind'],
    ['text without an ending', Buffer.from('hej'), 'hej', 'kind'],
  ])('is refused: %s', (_, bytes, name, refusal) => {
    expect(kindOf(bytes, name)).toEqual({ refusal })
  })

  it('is not found out by unpacking: a list that promises too much is enough', () => {
    const bomb = Buffer.from(sample.docx)
    const entry = bomb.indexOf('PK\u0001\u0002')
    bomb.writeUInt32LE(0xfffffff0, entry + 24)
    expect(kindOf(bomb, 'bombe.docx')).toEqual({ refusal: 'broken' })

    const locked = Buffer.from(sample.docx)
    locked.writeUInt16LE(1, locked.indexOf('PK\u0001\u0002') + 8)
    expect(kindOf(locked, 'hemmelig.docx')).toEqual({ refusal: 'locked' })
  })

  it('is told quickly however many entries the list of a packed file claims to have', () => {
    const end = Buffer.alloc(22 + 20 + 56)
    end.write('PK\u0006\u0006', 0, 'latin1')
    end.writeUInt32LE(0xffffffff, 32)
    end.write('PK\u0006\u0007', 56, 'latin1')
    end.write('PK\u0005\u0006', 76, 'latin1')
    end.writeUInt16LE(0xffff, 84)
    const file = Buffer.concat([Buffer.from('PK\u0003\u0004'), end])
    file.writeUInt32LE(4, 4 + 56 + 8)
    const began = performance.now()
    expect(kindOf(file, 'a.docx')).toEqual({ refusal: 'broken' })
    expect(performance.now() - began).toBeLessThan(1000)
  })
})

describe('the name of a file', () => {
  it.each([
    ['budget.pdf', 'budget.pdf'],
    ['C:\\Users\\Åse\\Mine dokumenter\\budget.pdf', 'budget.pdf'],
    ['../../../etc/passwd', 'passwd'],
    ['faktura\u202efdp.exe', 'fakturafdp.exe'],
    ['a\r\nSet-Cookie: x=1.pdf', 'aSet-Cookie: x=1.pdf'],
    ['  budget   2027 .pdf. ', 'budget 2027 .pdf'],
    ['a\u030angstro\u0308m.pdf', 'ångström.pdf'],
    ['.htaccess', 'htaccess'],
    ['\u0000\u200b', 'fil'],
    ['', 'fil'],
  ])('%j is seen as %j', (typed, seen) => {
    expect(seenName(typed)).toBe(seen)
  })

  it('is cut when it is endless, and never loses its ending or half a letter', () => {
    expect(seenName(`${'🦊'.repeat(300)}.pdf`)).toBe(`${'🦊'.repeat(100)}….pdf`)
  })

  it('gets an ending that says what it is', () => {
    expect(withEnding('budget', 'pdf')).toBe('budget.pdf')
    expect(withEnding('foto.jpeg', 'jpg')).toBe('foto.jpeg')
  })

  it('is told with how much the file fills', () => {
    const sizes = [1, 340 * 1024, 1_258_291, 10 * 1024 * 1024]
    expect(sizes.map((n) => formatBytes(n, 'da'))).toEqual(['1 kB', '340 kB', '1,2 MB', '10 MB'])
    expect(formatBytes(1_258_291, 'en')).toBe('1.2 MB')
  })
})
