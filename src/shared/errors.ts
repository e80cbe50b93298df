/** The five refusals. Every operation throws one of these, and nothing else on purpose. */

/** There is no such thing, or none that this person may know of: 404. */
export class NotFound extends Error {
  override readonly name = 'NotFound'
}

/** A known function that this person's roles do not reach: 403. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed'
}

/** The lifecycle or a rule says no, for now: 409. `hint` is a text key, `params` fill it. */
export class Blocked extends Error {
  override readonly name = 'Blocked'
  readonly hint: string
  readonly params: Record<string, string | number>
  constructor(hint: string, params: Record<string, string | number> = {}) {
    super(hint)
    this.hint = hint
    this.params = params
  }
}

/** Somebody else was first: 409. Carries what the row looks like now, when it is known. */
export class Stale extends Error {
  override readonly name = 'Stale'
  readonly current: { status: string; version: number } | null
  constructor(current: { status: string; version: number } | null = null) {
    super('stale')
    this.current = current
  }
}

/** One message for one field; `message` is a text key, `params` fill it. */
export type FieldProblem = {
  field: string
  message: string
  params?: Record<string, string | number>
}

/** What was typed cannot be used: 422 (400 when the request itself is malformed). */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
  readonly problems: FieldProblem[]
  readonly status: 400 | 422
  constructor(problems: FieldProblem[], status: 400 | 422 = 422) {
    super(problems.map((p) => `${p.field}: ${p.message}`).join('; '))
    this.problems = problems
    this.status = status
  }
}
