import type { Case } from '../applications/queries.ts'
import type { Db } from '../db/connection.ts'
import { listFiles } from '../attachments/queries.ts'
import { listNamesIn, readWholeCase } from './queries.ts'
import type { CaseDocument } from './pages.ts'

/**
 * A whole case as data, for the record system: amounts in øre, times in UTC, keys as the columns of
 * the database; the documents under the numbers that the PDF lists them by.
 */
export async function caseData(db: Db, it: Case, documents: CaseDocument[], now: string) {
  const { application, organisation, pool, round } = it
  const { search_text: _, ...row } = application
  const rows = await readWholeCase(db, application)
  return {
    format: 'faellespuljen-sag-1',
    units: { amounts: 'øre (DKK/100)', times: 'UTC, ISO 8601', dates: 'YYYY-MM-DD' },
    exportedAt: now,
    application: { ...row, answers: JSON.parse(application.answers) as object },
    organisation,
    pool: { code: pool.code, name: pool.name_da },
    round,
    documents: documents.map((d) => ({
      number: `${application.reference}/${d.number}`,
      kind: d.kind,
      id: d.id,
      at: d.at,
      title: d.title,
    })),
    files: (await listFiles(db, application.id)).map((f) => ({
      path: filePath(f),
      sha256: f.sha256,
      bytes: f.size_bytes,
    })),
    rows,
    names: await listNamesIn(db, [application, organisation, ...Object.values(rows).flat()]),
  }
}

/** Where a file lies in the archive: its number first, so that no two are the same. */
export const filePath = (f: { id: number; name: string }): string =>
  `bilag/${f.id}-${f.name.replace(/[^\p{L}\d. _-]/gu, '_')}`
