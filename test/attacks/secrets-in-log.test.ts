import { afterEach, expect, it, vi } from 'vitest'
import { grant, pay, review, step } from '../../src/journey/stages.ts'
import { declaredRoutes } from '../../src/web/route.ts'
import { sample, sendWithFiles } from '../support/files.ts'
import { aTown } from '../support/town.ts'

const inAddress = 'et-hemmeligt-ord-i-adressen-1234567890123456'

afterEach(() => {
  vi.unstubAllEnvs()
})

type Line = Record<string, unknown> & { msg: string; time: string }

it('no secret and no word of anybody is in the log of a whole journey, not even at debug', async () => {
  vi.stubEnv('LOG_LEVEL', 'debug')
  const secrets = new Set<string>()
  const town = await aTown('SQLite', {
    send: async (address, init) => {
      for (const secret of secretsIn(init)) secrets.add(secret)
      const answer = await fetch(address, init)
      for (const cookie of answer.headers.getSetCookie()) secrets.add(valueOf(cookie))
      return answer
    },
  })
  const { reference, cast } = await town.sent()
  await review(reference, cast)
  await grant(reference, cast, { amount: '80.000', conditions: 'Send os en aftale med værten.' })
  await pay(reference, cast)
  await cast.applicant.browser.submit(
    `/ansoegninger/${reference}`,
    { body: 'Kassererens nummer er 010203-1234.' },
    `/ansoegninger/${reference}/beskeder`,
  )
  await step(cast.applicant, reference, 'stopProject', { reason: 'Vi flytter.', spent: '0' })
  const page = `/ansoegninger/${reference}`
  const files = [{ name: 'hemmelig-kontrakt.pdf', bytes: sample.pdf }]
  await sendWithFiles(cast.applicant.browser, `${page}/beskeder`, { body: 'Se kontrakten' }, files)
  const note = { kind: 'call', party: 'Naboen Karla', body: 'Naboen Karla ringede' }
  await cast.secretariat.browser.complete(`${page}/notater`, note)
  await cast.applicant.browser.complete(`${page}/aktindsigt`, { body: 'Alt om naboens klage' })
  await cast.secretariat.browser.complete(`${page}/aktindsigt/1`, { rest: 'yes' })
  await cast.secretariat.browser.get(`/sager?${new URLSearchParams({ q: 'soegt ord' }).toString()}`)
  await signIn(town, 'ny@example.org')
  await fail(town)

  for (const mail of await town.mails()) {
    secrets.add(mail.to_address).add(mail.subject).add(mail.raw)
    for (const line of mail.text.split('\n').filter((l) => l.length > 25)) secrets.add(line.trim())
    for (const found of mail.text.match(/\b\d{4} ?\d{4}\b|link\/[\w-]{20,}/g) ?? []) {
      secrets.add(found)
    }
  }
  secrets
    .add('hemmelig-kontrakt')
    .add('Naboen Karla')
    .add('naboens klage')
    .add('soegt ord')
    .add('soegt+ord')
  secrets.add(inAddress).add(town.config.sessionSecret).add('010203-1234').add('Vi flytter.')
  const lines = town.logged.map((line) => JSON.parse(line) as Line)
  const all = town.logged.join('')
  expect([...secrets].filter((secret) => secret.length > 5 && all.includes(secret))).toEqual([])
  expect(secrets.size).toBeGreaterThan(200)

  const requests = lines.filter((line) => line.msg === 'request')
  expect(requests.length).toBeGreaterThan(100)
  const patterns = new Set([...declaredRoutes.map((r) => r.path), '/assets', 'none'])
  for (const line of requests) {
    expect(patterns).toContain(line.route)
    expect(Object.keys(line).filter((key) => !known.includes(key))).toEqual([])
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  }
  const fault = lines.find((line) => line.msg === 'request failed')
  expect(fault).toMatchObject({ route: '/log-ind/link/:token' })
  expect(requests.find((line) => line.request === fault?.request)).toMatchObject({ status: 500 })
  const actors = new Set(requests.map((line) => line.actor))
  expect(actors.size).toBeGreaterThan(5)
  expect(actors).toContain(null)
}, 60_000)

it('says nothing of requests where only warnings are wanted', async () => {
  vi.stubEnv('LOG_LEVEL', 'warn')
  const town = await aTown('SQLite')
  await town.client().get('/')
  expect(town.logged).toEqual([])
})

const known = [
  ...['level', 'time', 'pid', 'hostname', 'msg'],
  ...['request', 'actor', 'method', 'route', 'status', 'ms'],
]

type Town = Awaited<ReturnType<typeof aTown>>

/** By mail, code and all, as people come in. */
async function signIn(town: Town, email: string): Promise<void> {
  const browser = town.client()
  await browser.complete('/log-ind', { email })
  const [mail] = await town.mails(email)
  const code = /\b(\d{4} ?\d{4})\b/.exec(mail?.text ?? '')?.[1] ?? ''
  await browser.post('/log-ind/kode', {
    ...(await browser.formOf('/log-ind')).fields,
    email,
    code,
  })
}

/** A fault of ours on the address that holds a secret itself. */
async function fail(town: Town): Promise<void> {
  await town.db.raw('alter table sign_in_codes rename to away')
  await fetch(`${town.url}/log-ind/link/${inAddress}`)
  await town.db.raw('alter table away rename to sign_in_codes')
}

/** What a browser sends that must not be written down: cookies, tokens, keys, and long words. */
function secretsIn(init: RequestInit | undefined): string[] {
  const headers = new Headers(init?.headers)
  const cookies = (headers.get('cookie') ?? '').split('; ').map(valueOf)
  const body = typeof init?.body === 'string' ? new URLSearchParams(init.body) : []
  const typed = [...body].filter(
    ([name, value]) => ['_csrf', 'requestKey', 'code'].includes(name) || value.length > 12,
  )
  return [...cookies, ...typed.map(([, value]) => value)].filter((value) => value !== '')
}

const valueOf = (cookie: string): string => /=([^;]*)/.exec(cookie)?.[1] ?? ''
