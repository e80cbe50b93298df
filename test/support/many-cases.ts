import { statusesWith } from '../../workflows/lifecycle.ts'
import type { Db } from '../../src/db/connection.ts'
import { foldForSearch, sortKey } from '../../src/shared/danish.ts'

const words = ['syværksted', 'byhave', 'cykler', 'lektiecafé', 'fælleskøkken', 'kor', 'bibliotek']

/** Sent cases from number `first` up to `count`, past every rule, as fast as the database takes them; for lists only. */
export async function manyCases(db: Db, count: number, first = 0): Promise<void> {
  const pools = await db('pools').select<{ id: number; code: string }[]>('id', 'code')
  const round = await db('rounds').first<{ id: number }>('id')
  const [person] = await db('people')
    .insert({ email: `mange${first}@example.dk`, name: 'Mange', language: 'da', created_at: at(0) })
    .returning<{ id: number }[]>('id')
  const organisations = await db('organisations')
    .insert(
      Array.from({ length: 50 }, (_, i) => ({
        kind: 'group',
        name: `Forening nummer ${i}`,
        sort_key: `forening nummer ${i}`,
        created_at: at(0),
      })),
    )
    .returning<{ id: number }[]>('id')
  const statuses = statusesWith('application', 'official')
  const size = 400
  for (let from = first; from < count; from += size) {
    const rows = Array.from({ length: Math.min(size, count - from) }, (_, k) => {
      const i = from + k
      const title = `${words[i % words.length] ?? ''} i gade ${i % 997}`
      const reference = `KK-2025-${String(i).padStart(6, '0')}`
      return {
        reference,
        pool_id: pools[i % pools.length]?.id,
        round_id: round.id,
        organisation_id: organisations[i % organisations.length]?.id,
        contact_id: person?.id,
        title,
        sort_key: sortKey(title),
        search_text: foldForSearch(`${reference} forening nummer ${i % 50} ${title}`),
        answers: JSON.stringify({ title }),
        requested_ore: 1_000_000 + (i % 5000) * 1000,
        status: statuses[i % statuses.length],
        created_at: at(i),
        saved_at: at(i),
        submitted_at: at(i),
        decision_expected_on: at(i + 60_000).slice(0, 10),
      }
    })
    await db('applications').insert(rows)
  }
}

/** Half an hour between two of them, from the beginning of 2020. */
const at = (i: number) => new Date(Date.UTC(2020, 0, 1) + i * 1_800_000).toISOString()
