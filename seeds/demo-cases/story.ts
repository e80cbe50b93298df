import type { Db } from '../../src/db/connection.ts'
import type { Actor } from '../../src/shared/actor.ts'
import type { MailSettings } from '../../src/shared/asked.ts'

/** What an applicant typed; `starts` and `ends` are days after it was written. */
export type Idea = {
  title: string
  summary: string
  targetGroup: string
  purposes: string[]
  districts: string[]
  amount: string
  totalBudget: string
  wages: string
  budget: string
  deMinimis: string
  otherGrants: string
  hypothesis: string
  measure: string
  starts: number
  ends: number
  afterwards: string
  customers: string
  helpWanted: string
}

/** A scene is played at its own time, by demo people, through the real operations. */
export type Stage = {
  db: Db
  mail: MailSettings
  now: string
  story: Story
  it: StoryCase
  actor: (key: string) => Promise<Actor>
}
/** Filled when the draft is made. */
export type StoryCase = { reference: string; id: number; poolId: number }
export type Scene = (stage: Stage) => Promise<void>

/** When, in days from today (never after it), and what. */
export type Entry = readonly [day: number, scene: Scene]

export type Story = {
  /** The applicant's key among the demo organisations. */
  applicant: string
  pool: 'TVAER' | 'LOKAL'
  idea: Partial<Idea>
  /** A draft lives in the round that is open today, however young that is. */
  isDraft?: true
  scenes: readonly Entry[]
}
