import { eventWords } from '../history/describe-line.ts'
import type { Actor, Lang } from '../shared/actor.ts'
import { formatDate, formatDateTime } from '../shared/danish.ts'
import { formatBytes } from '../shared/file-name.ts'
import { paths } from '../shared/paths.ts'
import { hasText, t } from '../templates/i18n.ts'
import type { Line, OwnSection, Reason } from './queries.ts'
import { ownSections } from './queries.ts'

/** The kinds of form that take personal data: a notice on each, and a chapter of the privacy page. */
export const noticeKinds = [
  'signIn',
  'profile',
  'organisation',
  'application',
  'message',
  'report',
  'review',
] as const

/** What the city does with what people write, form by form. */
export const privacyPage = (mailFrom: string, actor: Actor | null) => ({
  contact: mailFrom,
  kinds: [...noticeKinds],
  dataLink: actor ? paths.ownData() : '',
})

const shownLines = 10

/** Everything we know of the reader, in plain words; the newest of each, the rest in the file. */
export function ownDataPage(data: Record<OwnSection, Line[]>, lang: Lang, reasons: Reason[]) {
  return {
    back: paths.profile(),
    fileLink: paths.ownDataFile(),
    eraseLink: paths.eraseAccount(),
    mayErase: reasons.length === 0,
    sections: ownSections
      .filter((name) => data[name].length > 0)
      .map((name) => ({
        name,
        heading: t(lang, `privacy.section.${name}.heading`),
        why: t(lang, `privacy.section.${name}.why`),
        lines: data[name].slice(0, shownLines).map((line) => rowsOf(line, lang)),
        more:
          data[name].length > shownLines
            ? t(lang, 'privacy.more', { count: data[name].length - shownLines })
            : '',
      })),
  }
}

/** Whole mails are in the file; the machine is said in the words of the event. */
const notShown = ['text', 'machine']

/** A line as terms and texts, without what is empty. */
const rowsOf = (line: Line, lang: Lang) =>
  Object.entries(line)
    .filter(([name, value]) => !notShown.includes(name) && value !== null && value !== '')
    .map(([name]) => ({
      term: t(lang, `privacy.term.${name}`),
      text: textOf(line, name, lang),
    }))

const words: Record<string, string> = {
  role: 'privacy.role',
  mails: 'privacy.mails',
  language: 'outbox.language',
}

function textOf(line: Line, name: string, lang: Lang): string {
  const value = String(line[name])
  if (/_at$|^at$/.test(name)) return formatDateTime(value, lang)
  if (/_on$/.test(name)) return formatDate(value, lang)
  if (name === 'size_bytes') return formatBytes(Number(value), lang)
  if (name === 'event') return eventWords(String(line.machine), value, lang)
  const key = `${words[name] ?? ''}.${value}`
  return name in words && hasText(lang, key) ? t(lang, key) : value
}

/** What deleting one's account means, or why it cannot be done now and what to do. */
export const erasePage = (lang: Lang, reasons: Reason[]) =>
  reasons.map((reason) => t(lang, `privacy.stay.${reason}`)).join(' ')
