import type { HistoryRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'

/** Everything that happened in a case, oldest first. */
export async function listHistory(db: Db, applicationId: number): Promise<HistoryRow[]> {
  return db<HistoryRow>('history').where({ application_id: applicationId }).orderBy('id')
}
