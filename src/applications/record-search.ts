import type { Answers } from '../../workflows/application.questions.ts'
import type { Db } from '../db/connection.ts'
import { searchText } from '../shared/answers.ts'

export type Searched = {
  id: number
  reference: string
  answers: string
  search_text: string
  organisation_name: string
  cvr: string | null
  contact_name: string
}

/** The cases with all that their search text is made of. */
export const searchedCases = (db: Db) =>
  db('applications as a')
    .join('organisations as o', 'o.id', 'a.organisation_id')
    .join('people as p', 'p.id', 'a.contact_id')
    .orderBy('a.id')
    .select<Searched[]>(
      'a.id',
      'a.reference',
      'a.answers',
      'a.search_text',
      'o.name as organisation_name',
      'o.cvr',
      'p.name as contact_name',
    )

/** What a case should be found by, from what is stored now. */
export const searchTextOf = (it: Searched): string =>
  searchText(
    it.reference,
    { cvr: it.cvr, name: it.organisation_name },
    it.contact_name,
    JSON.parse(it.answers) as Answers,
  )

/** A name has changed: the cases that it is found by are found by the new one. */
export async function recordSearch(
  trx: Db,
  where: { 'a.contact_id': number } | { 'a.organisation_id': number } | { 'a.id': number },
): Promise<void> {
  for (const it of await searchedCases(trx).where(where)) {
    await trx('applications')
      .where({ id: it.id })
      .update({ search_text: searchTextOf(it) })
  }
}
