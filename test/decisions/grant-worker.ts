import { advanceApplication } from '../../src/applications/advance-application.ts'
import { openDatabase } from '../../src/db/connection.ts'
import { getActor } from '../../src/people/queries.ts'
import { Blocked, Stale } from '../../src/shared/errors.ts'

/* A process of its own that grants one case at a given moment, and prints what came of it. */

const [where = '', reference = '', personId = '', amountOre = '', at = ''] = process.argv.slice(2)
const db = openDatabase(JSON.parse(where) as Parameters<typeof openDatabase>[0])
const actor = await getActor(db, Number(personId))
await new Promise((resolve) => setTimeout(resolve, Math.max(0, Number(at) - Date.now())))
try {
  await advanceApplication(db, {
    reference,
    event: 'grant',
    actor,
    version: null,
    asked: {
      amountOre: Number(amountOre),
      hearing: 'notNeeded',
      hearingWhy: 'Kun ansøgerens egne oplysninger.',
      stateAid: 'no',
      stateAidWhy: 'Lokal aktivitet.',
    },
    now: '2026-03-03T09:00:00.000Z',
    mail: {
      baseUrl: 'http://localhost:3000',
      mailFrom: 'puljer@example.org',
      authorityName: 'Prøve',
    },
  })
  console.log('granted')
} catch (error) {
  if (!(error instanceof Blocked || error instanceof Stale)) throw error
  console.log(error instanceof Blocked ? error.hint : 'stale')
}
await db.destroy()
