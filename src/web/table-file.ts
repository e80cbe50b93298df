import type { Response } from 'express'
import writeXlsxFile from 'write-excel-file/node'
import type { Cell, Row } from 'write-excel-file/node'
import { csvOf } from '../shared/csv.ts'
import type { Table } from '../shared/csv.ts'

export type TableFormat = 'csv' | 'xlsx'

/** The most rows that are put in a file. */
export const rowsInFile = 20_000

/** A table as a file to keep; `name` is what it is called, without its ending. */
export async function sendTable(
  res: Response,
  format: TableFormat,
  name: string,
  table: Table,
): Promise<void> {
  res.attachment(`${name}.${format}`)
  if (format === 'csv') {
    res.type('text/csv; charset=utf-8').send(csvOf(table))
    return
  }
  res.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  res.send(await xlsxOf(table))
}

/** The same table as a workbook: typed cells, so nothing that was typed can be a formula. */
export async function xlsxOf({ columns, rows }: Table): Promise<Buffer> {
  const head: Row = columns.map((c) => ({ value: c.heading, fontWeight: 'bold' as const }))
  const body: Row[] = rows.map((row) =>
    row.map((cell, i): Cell => {
      const kind = columns[i]?.kind ?? 'text'
      if (cell === null || cell === '') return null
      if (kind === 'ore') return { type: Number, value: Number(cell) / 100, format: '#,##0.00' }
      if (kind === 'date')
        return { type: Date, value: new Date(`${cell}T00:00:00Z`), format: 'yyyy-mm-dd' }
      return { type: String, value: String(cell) }
    }),
  )
  const widths = columns.map((c) => ({ width: c.kind === 'text' ? 32 : 16 }))
  return writeXlsxFile([head, ...body], { columns: widths, stickyRowsCount: 1 }).toBuffer()
}
