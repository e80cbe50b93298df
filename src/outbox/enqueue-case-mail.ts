import type { Audience } from '../../workflows/vocabulary.ts'
import type { Db } from '../db/connection.ts'
import type { PersonRow } from '../db/tables.ts'
import type { Asked, MailSettings } from '../shared/asked.ts'
import { copenhagenDate } from '../shared/danish.ts'
import type { CaseData, MailSubject } from './case-data.ts'
import { openReviewOf, readCaseData, readContributionData } from './case-data.ts'
import { caseWords, contributionWords } from './case-words.ts'
import type { MailWords } from './case-words.ts'
import { enqueueDirect } from './enqueue.ts'
import { recordNobodyLeft } from './record-nobody-left.ts'
import { recipientsOf } from './recipients.ts'

export type CaseMail = {
  /** The case; null when the mail is about a contribution, which is named in `subject`. */
  applicationId: number | null
  historyId: number | null
  event: string
  template: string
  to: Audience
  subject?: MailSubject
  asked: Asked
  actorId: number | null
  now: string
  mail: MailSettings
}

/**
 * Tells an audience about a case or a contribution, each in their own language. When nobody is
 * there to be told, the pool's own mailbox is, so that no news is lost.
 */
export async function enqueueCaseMail(trx: Db, m: CaseMail): Promise<void> {
  if (m.applicationId !== null) await tellCase(trx, m, m.applicationId)
  else await tellContribution(trx, m)
}

async function tellCase(trx: Db, m: CaseMail, applicationId: number): Promise<void> {
  const data = await readOnce(trx, m.historyId, applicationId)
  const { reviewId } = m.subject ?? {}
  const people = await recipientsOf(trx, m.to, {
    applicationId,
    poolId: data.pool.id,
    template: m.template,
    on: copenhagenDate(m.now),
    ...(reviewId === undefined ? {} : { reviewId }),
  })
  if (m.to === 'applicants' && people.length === 0)
    await recordNobodyLeft(trx, applicationId, m.now)
  await tellEach(trx, m, people, data.pool, (lang, person) => {
    const own = m.to === 'reviewers' && person ? openReviewOf(data, person) : undefined
    const subject = own ? { ...m.subject, reviewId: own.id } : (m.subject ?? {})
    return caseWords(data, { lang, asked: m.asked, now: m.now, baseUrl: m.mail.baseUrl, subject })
  })
}

const lastRead = new WeakMap<Db, { historyId: number; data: CaseData }>()

/** The audiences of one step are told one after the other, of the same case: it is read once. */
async function readOnce(trx: Db, historyId: number | null, applicationId: number) {
  const last = lastRead.get(trx)
  if (last && last.historyId === historyId) return last.data
  const data = await readCaseData(trx, applicationId)
  if (historyId !== null) lastRead.set(trx, { historyId, data })
  return data
}

async function tellContribution(trx: Db, m: CaseMail): Promise<void> {
  const { contributionId } = m.subject ?? {}
  if (contributionId === undefined) throw new Error(`mail ${m.template} is about nothing`)
  const data = await readContributionData(trx, contributionId)
  const people = await recipientsOf(trx, m.to, {
    poolId: data.pool.id,
    contributorId: data.contributor.id,
  })
  const told = { asked: m.asked, now: m.now, baseUrl: m.mail.baseUrl, subject: {} }
  await tellEach(trx, m, people, data.pool, (lang) => contributionWords(data, { lang, ...told }))
}

async function tellEach(
  trx: Db,
  m: CaseMail,
  people: PersonRow[],
  pool: { contact_email: string; contact_name: string },
  words: (lang: 'da' | 'en', person: PersonRow | null) => MailWords,
): Promise<void> {
  const told = new Set<string>()
  for (const person of people.length > 0 ? people : [null]) {
    const to = person
      ? {
          address: person.email,
          name: person.name,
          language: person.language,
          personId: person.id,
        }
      : {
          address: pool.contact_email,
          name: pool.contact_name,
          language: 'da' as const,
          personId: null,
        }
    if (told.has(to.address)) continue
    told.add(to.address)
    const data = words(to.language, person)
    await enqueueDirect(trx, {
      template: m.template,
      event: m.event,
      to,
      data,
      applicationId: m.applicationId,
      historyId: m.historyId,
      reference: typeof data.reference === 'string' ? data.reference : null,
      now: m.now,
      mail: m.mail,
    })
  }
}
