import { describe, expect, it } from 'vitest'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import { aTown } from '../support/town.ts'

const budget = 'Projektleder 010203-1234, 100 timer à 350 kr.'

describe.each(engines)('a CPR number, on %s', (engine) => {
  it('is kept in a draft as typed, and has to go before the application is sent', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.draft()
    const { browser } = cast.applicant
    await browser.complete(`/ansoegninger/${reference}/skema/money`, { budget })
    const row = await town.db('applications').where({ reference }).first<{ answers: string }>()
    expect(JSON.parse(row.answers)).toMatchObject({ budget })
    const check = textOf((await browser.open(`/ansoegninger/${reference}/tjek`)).body)
    expect(check).toContain('Skriv ikke CPR-numre her')
    const form = await browser.formOf(`/ansoegninger/${reference}/skema/money`)
    expect(form.fields.budget).toBe(budget)
  })

  it('is refused in a message, which comes back with every word', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await town.sent()
    const body = 'Kassererens nummer er 010203-1234.'
    const refused = await cast.applicant.browser.submit(
      `/ansoegninger/${reference}`,
      { body },
      `/ansoegninger/${reference}/beskeder`,
    )
    expect(refused.status).toBe(422)
    expect(textOf(refused.body)).toContain('Skriv ikke CPR-numre her')
    expect(textOf(refused.body)).toContain(body)
    expect(await town.db('messages')).toEqual([])
  })
})
