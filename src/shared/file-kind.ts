import { unzipSync } from 'fflate'

/** What files may be, and what each is called when it is fetched again. */
export const mediaTypes: Record<string, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
}

/** What a file chooser offers first. */
export const acceptedEndings = [...Object.keys(mediaTypes), 'jpeg'].map((k) => `.${k}`).join(',')

export type Refusal =
  'empty' | 'kind' | 'notUtf8' | 'macros' | 'locked' | 'broken' | 'otherThanName' | 'tooLarge'

export type Found = { kind: string } | { refusal: Refusal }

/**
 * What a file is by its bytes; its name only has to agree. Nothing is unpacked or decoded: of a
 * packed file only the list of its contents is read.
 */
export function kindOf(bytes: Buffer, name: string): Found {
  if (bytes.length === 0) return { refusal: 'empty' }
  const ending = endingOf(name)
  const found = startsWith(bytes, 'PK\u0003\u0004')
    ? packedKind(bytes)
    : (signedKind(bytes, ending) ?? textKind(bytes, ending))
  if ('refusal' in found) return found
  const isNamedSo = ending === found.kind || (found.kind === 'jpg' && ending === 'jpeg')
  return isNamedSo || ending === '' ? found : { refusal: 'otherThanName' }
}

/** The ending of a file's name in small letters, without its dot; '' when it has none. */
export const endingOf = (name: string): string =>
  /[^.]\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''

/** Kinds that begin with a mark of their own. */
function signedKind(bytes: Buffer, ending: string): Found | null {
  if (startsWith(bytes, '%PDF-')) {
    return bytes.includes('/Encrypt') ? { refusal: 'locked' } : { kind: 'pdf' }
  }
  if (startsWith(bytes, '\u0089PNG\r\n\u001a\n')) return { kind: 'png' }
  if (startsWith(bytes, '\u00ff\u00d8\u00ff')) return { kind: 'jpg' }
  if (startsWith(bytes, 'RIFF') && startsWith(bytes.subarray(8), 'WEBP')) return { kind: 'webp' }
  // An office document with a password is an older container with the packed file inside.
  if (startsWith(bytes, '\u00d0\u00cf\u0011\u00e0')) {
    return { refusal: ending === 'docx' || ending === 'xlsx' ? 'locked' : 'kind' }
  }
  return null
}

const unpackedLimit = 400_000_000
const entryLimit = 10_000

/** Documents that are ZIP files inside, by the names in their list of contents. */
function packedKind(bytes: Buffer): Found {
  const names = new Set<string>()
  let unpackedBytes = 0
  let read = 0
  try {
    unzipSync(bytes, {
      filter: (entry) => {
        names.add(entry.name)
        unpackedBytes += entry.originalSize
        // A list may claim to have billions of entries: it is not read to an end that never comes.
        if (++read > entryLimit) throw new Error('too many entries')
        return false
      },
    })
  } catch {
    return { refusal: 'broken' }
  }
  if (isLocked(bytes)) return { refusal: 'locked' }
  if (unpackedBytes > unpackedLimit) return { refusal: 'broken' }
  const all = [...names]
  if (all.some((n) => /vbaproject|vbadata|activex|^(basic|scripts)\/|^macros?\//i.test(n))) {
    return { refusal: 'macros' }
  }
  if (all.some((n) => /\.(exe|dll|js|vbs|bat|cmd|ps1|jar|html?|svg)$/i.test(n))) {
    return { refusal: 'kind' }
  }
  if (names.has('[Content_Types].xml')) {
    if (names.has('word/document.xml')) return { kind: 'docx' }
    if (names.has('xl/workbook.xml')) return { kind: 'xlsx' }
  }
  if (names.has('content.xml')) {
    // The first entry of these stands unpacked and says what the document is.
    const head = bytes.subarray(0, 200).toString('latin1')
    if (head.includes(`mimetype${mediaTypes.odt ?? ''}`) && !isMore(head, 'odt'))
      return { kind: 'odt' }
    if (head.includes(`mimetype${mediaTypes.ods ?? ''}`) && !isMore(head, 'ods'))
      return { kind: 'ods' }
  }
  return { refusal: 'kind' }
}

const isMore = (head: string, kind: string) => head.includes(`${mediaTypes[kind] ?? ''}-`)

/** Whether any entry in the list of contents is marked as encrypted. */
function isLocked(bytes: Buffer): boolean {
  for (
    let at = bytes.indexOf('PK\u0001\u0002');
    at >= 0;
    at = bytes.indexOf('PK\u0001\u0002', at + 4)
  ) {
    if (((bytes[at + 8] ?? 0) & 1) === 1) return true
  }
  return false
}

const textEndings = ['txt', 'csv']

/** Plain text says of itself only that it is whole UTF-8; the name chooses between text and table. */
function textKind(bytes: Buffer, ending: string): Found {
  if (!textEndings.includes(ending)) return { refusal: 'kind' }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { refusal: 'notUtf8' }
  }
  if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) return { refusal: 'kind' }
  const isMarkup = /^\s*<(!doctype|\?xml|html|head|body|script|svg|!--|[a-z]+[\s>])/i.test(text)
  return isMarkup ? { refusal: 'kind' } : { kind: ending }
}

const startsWith = (bytes: Buffer, mark: string) =>
  bytes.subarray(0, mark.length).toString('latin1') === mark
