// A process of its own for the stories about two processes: node worker.ts <where as JSON> <job>
import { inTransaction, openDatabase } from '../../src/db/connection.ts'
import { migrateUp } from '../../src/db/migrate.ts'

const [where = '', job = ''] = process.argv.slice(2)
const db = openDatabase(JSON.parse(where) as Parameters<typeof openDatabase>[0])

const jobs: Record<string, () => Promise<unknown>> = {
  migrate: () => migrateUp(db),
  spend: async () => {
    let taken = 0
    for (let i = 0; i < 200; i += 1) {
      taken += await inTransaction(db, async (trx) => {
        const row = await trx('counters').where({ name: 'money' }).first<{ value: number }>()
        await trx('counters').insert({ name: `seen-${process.pid}-${i}`, value: row.value })
        return trx('counters')
          .where({ name: 'money' })
          .andWhere('value', '>', 0)
          .decrement('value', 1)
      })
    }
    console.log(taken)
  },
}

const run = jobs[job]
if (!run) throw new Error(`unknown job ${job}`)
await run().finally(() => db.destroy())
