import { expect, it } from 'vitest'
import { createLogger } from '../../src/shared/log.ts'

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = []
  write(createLogger('production', { write: (line) => void lines.push(line) }))
  return lines.join('')
}

it('hides secrets and mail texts, at any depth', () => {
  const secrets = { token: 'hush', code: 'hush', password: 'hush', authorization: 'hush' }
  const mail = { to: 'a@example.org', text: 'hush', html: 'hush', raw: 'hush' }
  const req = { headers: { cookie: 'hush', authorization: 'hush' }, body: { name: 'hush' } }
  const res = { headers: { 'set-cookie': 'hush' } }
  const line = logged((log) => {
    log.info({ ...secrets, mail, req, res, job: { mail, of: { one: { more: { mail } } } } }, 'sent')
  })
  expect(line).not.toContain('hush')
  expect(JSON.parse(line)).toMatchObject({ msg: 'sent', mail: { to: 'a@example.org' } })
})

it('keeps what helps of an error, and not the row that PostgreSQL quotes', () => {
  const cause = Object.assign(new Error('broken'), { detail: 'Key (email)=(hush)', code: '23505' })
  const line = logged((log) => {
    log.error({ err: new Error('could not save', { cause }) }, 'request failed')
  })
  expect(line).toContain('could not save')
  expect(line).toContain('23505')
  expect(line).not.toContain('hush')
})
