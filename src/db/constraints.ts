/**
 * The name of the constraint an insert or update broke, the same on both engines (`uq_people_email`,
 * `ck_people_language`, `<table>_pkey`), or null: another error, a missing value, or a foreign key on
 * SQLite, which does not say which one.
 */
export function violatedConstraint(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  if ('constraint' in error && typeof error.constraint === 'string') return error.constraint
  return /CHECK constraint failed: (\w+)/.exec(error.message)?.[1] ?? null
}

type Reader = { prepare(sql: string): { all(...values: string[]): unknown[] } }

/**
 * Gives a SQLite error the `constraint` that PostgreSQL's errors have. SQLite names the columns of a
 * unique index, not the index, so the schema is asked which one they are.
 */
export function nameUniqueConstraint(error: unknown, connection: unknown): void {
  if (!(error instanceof Error) || !('code' in error)) return
  const failed = /UNIQUE constraint failed: (.+)$/.exec(error.message)?.[1]
  if (failed === undefined) return
  Object.assign(error, { constraint: nameOf(failed, connection as Reader) })
}

function nameOf(failed: string, connection: Reader): string | null {
  const expression = /^index '(\w+)'$/.exec(failed)
  if (expression) return expression[1] ?? null
  const columns = failed.split(', ').map((column) => column.slice(column.indexOf('.') + 1))
  const table = failed.slice(0, failed.indexOf('.'))
  const indexes = connection
    .prepare('select name, origin from pragma_index_list(?) where "unique" = 1')
    .all(table) as { name: string; origin: string }[]
  const broken = indexes.find(({ name }) => {
    const parts = connection
      .prepare('select name from pragma_index_info(?) order by seqno')
      .all(name) as { name: string | null }[]
    return parts.map((part) => part.name).join() === columns.join()
  })
  return !broken || broken.origin === 'pk' ? `${table}_pkey` : broken.name
}
