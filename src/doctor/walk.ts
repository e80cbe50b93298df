import type { Db } from '../db/connection.ts'

/** One thing that must always be true; `find` names every row where it is not. */
export type Check = { name: string; find: (db: Db) => Promise<string[]> }

const pageSize = 2000

/**
 * Every row of a table, in the order of two columns, a page at a time: a table of any size is
 * looked at with the memory of one page.
 */
export async function* walk<Row extends object>(
  db: Db,
  table: string,
  [first, second]: readonly [keyof Row & string, keyof Row & string],
): AsyncGenerator<Row[]> {
  let last: Row | undefined
  for (;;) {
    const query = db(table).orderBy([first, second]).limit(pageSize).select<Row[]>('*')
    if (last) {
      const [a, b] = [last[first] as string, last[second] as string]
      void query.where(
        (q) =>
          void q
            .where(first, '>', a)
            .orWhere((same) => void same.where(first, a).andWhere(second, '>', b)),
      )
    }
    const rows = (await query) as Row[]
    if (rows.length === 0) return
    yield rows
    last = rows.at(-1)
  }
}

/** The details of a history line; nothing where somebody made them unreadable, as the chain will say. */
export function readDetails<T extends object>(details: string): Partial<T> {
  try {
    return JSON.parse(details) as Partial<T>
  } catch {
    return {}
  }
}
