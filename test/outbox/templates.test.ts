import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import { mailListOf } from '../../workflows/diagram.ts'
import { machines } from '../../workflows/lifecycle.ts'
import { enqueueDirect } from '../../src/outbox/enqueue.ts'
import { otherMails } from '../../src/outbox/other-mails.ts'
import { renderMail } from '../../src/outbox/render.ts'
import { sampleWords } from '../../src/outbox/sample-words.ts'
import { mailTemplateNames } from '../../src/templates/mail-templates.ts'
import { freshDatabase } from '../support/database.ts'
import { at, settings } from './a-case.ts'

const languages = ['da', 'en'] as const
const declared = Object.values(machines).flatMap((m) => mailListOf(m as never))
const words = (lang: 'da' | 'en') => sampleWords(lang, settings.baseUrl, settings.authorityName)
const emails = path.join(import.meta.dirname, '..', '..', 'views', 'emails')

/** What a reader of the HTML sees, without its markup. */
const seenIn = (html: string) =>
  html
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
const bare = (text: string) => text.replace(/^- /gm, '').replace(/\s+/g, ' ').trim()

describe('the mail templates', () => {
  it('are there, in both languages, for every step that mails', () => {
    const wanted = [...new Set([...declared.map((m) => m.template), ...otherMails])].sort()
    expect(declared.length).toBeGreaterThan(100)
    for (const lang of languages) expect(mailTemplateNames(lang)).toEqual(wanted)
  })

  it('use every piece they share', () => {
    for (const lang of languages) {
      const files = readdirSync(path.join(emails, lang))
      const all = files.map((f) => readFileSync(path.join(emails, lang, f), 'utf8')).join('')
      const pieces = files.filter((f) => f.startsWith('_')).map((f) => f.slice(1, -4))
      expect(pieces.filter((piece) => !all.includes(`{{> ${piece}}}`))).toEqual([])
    }
  })

  const results: Record<string, string> = {
    'grant-offered': 'tilskud|tilsagn|grant',
    'application-rejected': 'afslag|afvist|reject',
    'application-dismissed': 'afslag|afvist|dismiss',
    'concept-unproven': 'ikke|not|virke',
    'grant-terminated': 'stop|terminat',
  }

  describe.each(languages)('in %s', (lang) => {
    it.each(mailTemplateNames(lang))('%s says the same in text and HTML', (template) => {
      const mail = renderMail(template, lang, words(lang), settings.authorityName)
      expect(bare(seenIn(mail.html))).toBe(bare(mail.text))
      expect(`${mail.subject}${mail.text}`).not.toMatch(
        /\{\{|\}\}|\[\[|\]\]|undefined|\bnull\b|\.\.(?!\.)/,
      )
      expect(mail.text).not.toMatch(/[\ue000-\ue003]/)
      expect(mail.html).toContain(`<html lang="${lang}">`)
      expect(mail.html.match(/<a /g) ?? []).toHaveLength(1)
      expect(mail.html).not.toMatch(/<img|<script|src=/)
      expect(mail.text.match(/https?:\/\//g)).toHaveLength(1)
      const giveaway = results[template]
      if (giveaway) expect(mail.subject).not.toMatch(new RegExp(giveaway, 'i'))
    })

    it.each(mailTemplateNames(lang))('%s stands when there is little to say', (template) => {
      const empty = Object.fromEntries(
        Object.entries(words(lang)).map(([key, value]) => [
          key,
          key.endsWith('ink') || key === 'reference' ? value : Array.isArray(value) ? [] : '',
        ]),
      )
      const mail = renderMail(template, lang, empty, settings.authorityName)
      expect(mail.text.length).toBeGreaterThan(40)
      expect(mail.text).not.toMatch(/\n{3,}/)
    })
  })

  it('tell the result and the phone number first', () => {
    const mail = renderMail('application-rejected', 'da', words('da'), settings.authorityName)
    const [, result, phone] = mail.text.split('\n\n')
    expect(result).toBe('I får ikke tilskud til "Vestegnens Værksted".')
    expect(phone).toContain('33 66 00 00')
    expect(renderMail('concept-unproven', 'da', words('da'), '').text).toContain(
      'Afprøvningen viste, at det ikke virkede som ventet. Det er et gyldigt resultat, ' +
        'og I skal ikke betale brugte penge tilbage.',
    )
  })

  it.each(['grant-offered', 'application-rejected', 'application-received'])(
    'stand whole in a mail: %s',
    async (template) => {
      const db = await freshDatabase('SQLite')
      for (const lang of languages) {
        await enqueueDirect(db, {
          template,
          to: { address: 'amina@example.org', name: 'Amina Yusuf', language: lang, personId: null },
          data: words(lang),
          event: 'sample',
          now: at,
          mail: settings,
          reference: 'KK-2026-0007',
        })
      }
      for (const row of await db('outbox').orderBy('id').select('raw')) {
        const mail = await simpleParser((row as { raw: string }).raw)
        expect({
          headers: Object.fromEntries(
            mail.headerLines
              .filter(({ key }) => !['message-id', 'content-type'].includes(key))
              .map(({ key, line }) => [key, line]),
          ),
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
        }).toMatchSnapshot()
      }
    },
  )
})
