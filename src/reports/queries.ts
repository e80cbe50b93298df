import type { ReportRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'

export async function listReports(db: Db, applicationId: number): Promise<ReportRow[]> {
  return db<ReportRow>('reports').where({ application_id: applicationId }).orderBy('number')
}

export async function findReport(
  db: Db,
  applicationId: number,
  number: number,
): Promise<ReportRow | undefined> {
  return db<ReportRow>('reports').where({ application_id: applicationId, number }).first()
}
