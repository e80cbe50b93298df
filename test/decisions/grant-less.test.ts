import { describe, expect, it } from 'vitest'
import { review, step } from '../../src/journey/stages.ts'
import { textOf } from '../support/client.ts'
import { engines } from '../support/database.ts'
import type { Town } from '../support/town.ts'
import { aTown } from '../support/town.ts'

/** A reviewed application for 80.000 kr. from an organisation that had all but 50.000 kr. of its state aid. */
async function nearTheCeiling(town: Town) {
  const { reference, cast } = await town.sent()
  await review(reference, cast)
  const { de_minimis_ore: ceiling } = await town.db('pools').where({ code: 'LOKAL' }).first()
  await town
    .db('applications')
    .where({ reference })
    .update({ own_de_minimis_ore: ceiling - 5_000_000 })
  return { reference, cast, form: `/ansoegninger/${reference}/trin/grant` }
}

describe.each(engines)('granting less than was asked for, on %s', (engine) => {
  it('is open to a decision maker when the whole amount cannot be given', async () => {
    const town = await aTown(engine)
    const { reference, cast, form } = await nearTheCeiling(town)
    const { browser } = cast.decisionMaker

    const page = textOf((await browser.open(form)).body)
    expect(page).toContain('Plads til statsstøtte (de minimis) 50.000 kr.')

    const { fields, action } = await browser.formOf(form)
    const answers = {
      reasons: 'Loftet for statsstøtte giver plads til resten senere.',
      rule: 'De minimis-forordningen, artikel 3',
      hearing: 'notNeeded',
      hearingWhy: 'Kun jeres egne oplysninger.',
      stateAid: 'yes',
      stateAidWhy: 'Caféen sælger mad til andre.',
    }
    const refused = await browser.post(action, { ...fields, ...answers, amount: '80.000' })
    expect(refused.status).toBe(409)
    expect(textOf(refused.body)).toContain('Beløbet er over det, ansøgeren højst kan få')
    expect(refused.body).toContain('value="80.000"')
    expect(await town.db('decisions')).toEqual([])

    await step(cast.decisionMaker, reference, 'grant', { ...answers, amount: '50.000' })
    const granted = await town.db('grants').select('amount_ore')
    expect(granted).toEqual([{ amount_ore: 5_000_000 }])
  })

  it('is blocked, with a reason, when no amount can be given', async () => {
    const town = await aTown(engine)
    const { reference, cast } = await nearTheCeiling(town)
    await town.db('delegations').update({ valid_to: '2020-01-01' })
    const { body } = await cast.decisionMaker.browser.open(`/ansoegninger/${reference}`)
    expect(body).not.toContain(`/ansoegninger/${reference}/trin/grant"`)
    expect(textOf(body)).toContain('Giv tilsagn – Bemyndigelsen dækker ikke beløbet')
    expect(body).not.toContain('button-primary')
  })
})
