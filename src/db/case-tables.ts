/** The rows that hang on a case, and the records that prove it. Units as in tables.ts. */

export type ReviewRow = {
  id: number
  application_id: number
  reviewer_id: number
  status: string
  conflict_reason: string | null
  comment: string
  due_on: string
  invited_at: string
  submitted_at: string | null
  version: number
  saved_at: string | null
  /** JSON: words by criterion code that wait for their score. */
  unscored: string
}

export type ScoreRow = {
  id: number
  review_id: number
  criterion_id: number
  score: number
  comment: string
}

export type RecommendationRow = {
  id: number
  application_id: number
  outcome: 'grant' | 'reject'
  amount_ore: number
  reasons: string
  conditions: string
  prepared_by: number
  prepared_at: string
}

export type DecisionRow = {
  id: number
  application_id: number
  kind: 'grant' | 'reject' | 'dismiss' | 'terminate' | 'repay'
  amount_ore: number
  conditions: string
  reasons: string
  rule: string
  ground: string | null
  hearing: string
  state_aid: string
  onward_help: string
  delegation_id: number | null
  decided_by: number
  decided_at: string
  superseded_at: string | null
}

export type GrantRow = {
  id: number
  application_id: number
  decision_id: number
  pool_year_id: number
  amount_ore: number
  final_ore: number | null
  demanded_ore: number
  forgiven_ore: number
  accepted_at: string | null
  accepted_by: number | null
  ended_at: string | null
  /** The parts (JSON) and months it was offered with; null before grants kept them: the pool's. */
  plan_parts: string | null
  concept_months: number | null
}

export type GrantShareRow = {
  id: number
  grant_id: number
  contributor_id: number
  amount_ore: number
}

export type ReportRow = {
  id: number
  application_id: number
  grant_id: number
  number: number
  kind: 'proofOfConcept' | 'status' | 'final'
  due_on: string
  status: string
  done: string
  learned: string
  result: string
  onward: string
  spent_ore: number | null
  submitted_at: string | null
  approved_at: string | null
  approved_by: number | null
  returned_reason: string | null
  version: number
  saved_at: string | null
}

export type InstalmentRow = {
  id: number
  application_id: number
  grant_id: number
  number: number
  stage: 'proofOfConcept' | 'tapering'
  amount_ore: number
  expected_on: string
  report_id: number | null
  status: string
  approved_by: number | null
  approved_at: string | null
  ordered_by: number | null
  ordered_at: string | null
  paid_at: string | null
  failure_reason: string | null
  version: number
}

export type InstalmentShareRow = {
  id: number
  instalment_id: number
  contributor_id: number
  amount_ore: number
}

export type OnwardItemRow = {
  id: number
  application_id: number
  kind: 'where' | 'who' | 'task'
  text: string
  contact: string
  owner_id: number | null
  due_on: string | null
  done_at: string | null
  waived_at: string | null
  waived_reason: string | null
  waiver_seen_at: string | null
  created_by: number
  created_at: string
}

/** A file that came with a message or an answer; `owner_id` is null until that form is sent. */
export type AttachmentRow = {
  id: number
  application_id: number
  owner_kind: 'message' | 'answer'
  owner_id: number | null
  /** For people to read, cleaned of what could mislead them; nothing is opened by it. */
  name: string
  kind: string
  size_bytes: number
  sha256: string
  uploaded_by: number
  side: 'applicant' | 'municipality'
  created_at: string
}

/** A megabyte of a file, or what is left of it; `part` counts from 0. */
export type AttachmentPartRow = {
  attachment_id: number
  part: number
  bytes: Buffer
}

export type HistoryRow = {
  id: number
  chain: string
  seq: number
  application_id: number | null
  machine: string
  row_id: number
  event: string
  from_status: string | null
  to_status: string | null
  actor_id: number | null
  actor_role: string
  details: string
  at: string
  request_key: string | null
  prev_hash: string
  hash: string
  /** Random, so that the hash of short words cannot be guessed at when they are gone. */
  salt: string
  details_hash: string
}

export type LedgerAccount =
  'contributed' | 'available' | 'committed' | 'ordered' | 'paid' | 'returned'

export type PostingKind =
  'contribution' | 'commitment' | 'release' | 'order' | 'payment' | 'failure' | 'return'

export type LedgerPostingRow = {
  id: number
  pool_year_id: number
  seq: number
  kind: PostingKind
  application_id: number | null
  grant_id: number | null
  instalment_id: number | null
  contribution_id: number | null
  actor_id: number | null
  posted_at: string
  prev_hash: string
  hash: string
}

export type LedgerEntryRow = {
  id: number
  posting_id: number
  line: number
  contributor_id: number
  account: LedgerAccount
  side: 'debit' | 'credit'
  amount_ore: number
}

export type OutboxRow = {
  id: number
  message_id: string
  application_id: number | null
  history_id: number | null
  person_id: number | null
  event: string
  template: string
  language: 'da' | 'en'
  to_address: string
  subject: string
  text: string
  html: string
  raw: string
  status: string
  attempts: number
  next_at: string
  lease_until: string | null
  worker: string | null
  last_error: string | null
  created_at: string
  sent_at: string | null
  version: number
}
