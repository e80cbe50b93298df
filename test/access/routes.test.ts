import { describe, expect, it } from 'vitest'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { declaredRoutes } from '../../src/web/route.ts'
import { startTestApp } from '../support/app.ts'
import { aPerson } from '../support/factories.ts'

const src = path.join(import.meta.dirname, '..', '..', 'src')
const addressOf = (pattern: string) => pattern.replace(/:\w+/g, '1')

describe('access', () => {
  it('is declared for every route: no feature speaks to the router itself', () => {
    const routes = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('routes.ts'),
    )
    const undeclared = routes.filter((file) =>
      /\b(?:router|app)\.(?:get|post|put|patch|delete|all|use|route)\(/.test(
        readFileSync(path.join(src, file), 'utf8'),
      ),
    )
    expect(routes.length).toBeGreaterThan(10)
    expect(undeclared).toEqual([])
  })

  it('to what is not for everyone leads the signed out to sign-in, and the roleless to a 403', async () => {
    const app = await startTestApp('SQLite')
    const nobody = app.client()
    const roleless = await app.signedIn(await aPerson(app.db))
    const tokenOf = async (client: typeof nobody, page: string) =>
      String((await client.formOf(page)).fields['_csrf'])
    const [nobodys, rolelesss] = [
      await tokenOf(nobody, '/log-ind'),
      await tokenOf(roleless, '/profil'),
    ]
    const wrong: string[] = []
    for (const { method, path: pattern, access } of declaredRoutes) {
      if (access === 'anyone') continue
      const address = addressOf(pattern)
      const ask = (client: typeof nobody, token: string) =>
        method === 'get' ? client.get(address) : client.post(address, { _csrf: token })
      const out = await ask(nobody, nobodys)
      if (out.status !== 303 || !out.location.startsWith('/log-ind')) {
        wrong.push(`${method} ${pattern}: ${out.status} to the signed out`)
      }
      if (access === 'signedIn') continue
      const { status } = await ask(roleless, rolelesss)
      if (status !== 403) wrong.push(`${method} ${pattern}: ${status} to a person without a role`)
    }
    expect(wrong).toEqual([])
    expect(declaredRoutes.length).toBeGreaterThan(40)
  })

  it('to a case, a person or a page that somebody else has is a page that does not exist', async () => {
    const app = await startTestApp('SQLite')
    const stranger = await app.signedIn(await aPerson(app.db))
    const faults: string[] = []
    for (const { method, path: pattern, access } of declaredRoutes) {
      if (access !== 'signedIn' || method !== 'get' || !pattern.includes(':')) continue
      const { status } = await stranger.get(addressOf(pattern))
      if (status !== 404) faults.push(`${pattern}: ${status}`)
    }
    expect(faults).toEqual([])
  })
})
