/**
 * The rows, column by column. `_ore` øre, `_ppm` parts per million, `_at` UTC ISO text,
 * `_on` date text, `may_`/`is_` 0 or 1. A test compares these with the migrated schema.
 */

type Language = 'da' | 'en'
type MemberRole = 'view' | 'edit' | 'bind'

export type PersonRow = {
  id: number
  email: string
  name: string
  language: Language
  phone: string | null
  issuer: string | null
  subject: string | null
  is_demo: number
  created_at: string
  disabled_at: string | null
  version: number
  /** When they last signed in. */
  seen_at: string | null
  erased_at: string | null
}

export type SignInCodeRow = {
  id: number
  email: string
  token_hash: string
  code_hash: string
  browser_hash: string
  language: Language
  next_path: string
  tries: number
  created_at: string
  expires_at: string
  used_at: string | null
}

export type SessionRow = {
  id: string
  person_id: number
  created_at: string
  seen_at: string
  expires_at: string
  ended_at: string | null
}

export type KeptFormRow = {
  id: string
  person_id: number
  path: string
  body: string
  created_at: string
}

export type RequestKeyRow = {
  key: string
  who: string
  body_hash: string
  location: string | null
  created_at: string
}

export type OrganisationRow = {
  id: number
  kind: 'registered' | 'group'
  name: string
  sort_key: string
  cvr: string | null
  address: string
  website: string
  /** Reminded beside the contact person of each case. */
  second_contact_id: number | null
  created_at: string
  version: number
}

export type MembershipRow = {
  id: number
  organisation_id: number
  person_id: number
  role: MemberRole
  /** Beside the mails of the cases one is contact for: all, what has a deadline, or none. */
  mails: 'all' | 'reminders' | 'own'
  asked_at: string
  approved_at: string | null
  approved_by: number | null
  removed_at: string | null
}

export type InvitationRow = {
  id: number
  organisation_id: number
  email: string
  role: MemberRole
  invited_by: number
  invited_at: string
  expires_at: string
  /** Accepted, declined or withdrawn. */
  ended_at: string | null
}

export type PoolRow = {
  id: number
  code: string
  name_da: string
  name_en: string
  purpose_da: string
  purpose_en: string
  legal_basis_da: string
  legal_basis_en: string
  complaint_da: string
  complaint_en: string
  short_da: string
  short_en: string
  min_ore: number
  max_ore: number
  quick_lane_ore: number
  max_share_ppm: number
  wage_cap_ppm: number | null
  instalment_plan: string
  reviewers_required: number
  decision_weeks: number
  quick_weeks: number
  accept_days: number
  concept_months: number
  advice_clips: number
  de_minimis_ore: number
  four_eyes_ore: number
  contact_name: string
  contact_phone: string
  contact_email: string
  version: number
  letter_da: string
  letter_en: string
}

export type DelegationRow = {
  id: number
  pool_id: number
  role: 'secretariat' | 'decisionMaker'
  body_da: string
  body_en: string
  case_number: string
  decided_on: string
  limit_ore: number
  valid_to: string
  ended_at: string | null
}

export type CriterionRow = {
  id: number
  pool_id: number
  code: string
  name_da: string
  name_en: string
  help_da: string
  help_en: string
  weight: number
  position: number
  /** What the points mean, one line each; empty where `help` says it all. */
  scale_da: string
  scale_en: string
  /** A round keeps the criteria that were in force when it opened. */
  valid_from: string
  ended_at: string | null
}

export type RoundRow = {
  id: number
  pool_id: number
  opens_at: string
  closes_at: string
  decision_on: string
  extended_from: string | null
  extended_reason: string | null
  version: number
}

export type ContributorRow = {
  id: number
  pool_id: number
  code: string
  kind: 'administration' | 'localCouncil'
  name_da: string
  name_en: string
  sort_key: string
  valid_from: string
  valid_to: string | null
  successor_id: number | null
  version: number
}

export type RoleRow = {
  id: number
  person_id: number
  role:
    | 'reviewer'
    | 'secretariat'
    | 'decisionMaker'
    | 'contributor'
    | 'adviser'
    | 'finance'
    | 'administrator'
  pool_id: number | null
  contributor_id: number | null
  granted_at: string
  granted_by: number | null
  ended_at: string | null
}

export type PoolYearRow = {
  id: number
  pool_id: number
  year: number
  available_ore: number
  version: number
}

export type ContributionRow = {
  id: number
  pool_year_id: number
  contributor_id: number
  base_ore: number
  percent_ppm: number
  computed_ore: number
  base_note_da: string
  base_note_en: string
  base_is_placeholder: number
  decided_ore: number
  transferred_ore: number
  decision_case_number: string | null
  decided_on: string | null
  status: string
  version: number
}

export type ApplicationRow = {
  id: number
  reference: string
  pool_id: number
  round_id: number
  organisation_id: number
  contact_id: number
  case_handler_id: number | null
  adviser_id: number | null
  inherits_id: number | null
  title: string
  sort_key: string
  search_text: string
  answers: string
  requested_ore: number
  own_de_minimis_ore: number
  status: string
  came_from: string | null
  created_at: string
  saved_at: string
  submitted_at: string | null
  decision_expected_on: string | null
  outcome: string | null
  learning: string | null
  /** The official who wrote it in for somebody, and how it came; null for those who write themselves. */
  entered_by: number | null
  came_by: string | null
  version: number
  /** When its personal data was taken away, at the end of its time. */
  erased_at: string | null
}

export type CaseNoteRow = {
  id: number
  application_id: number
  number: number
  kind: 'call' | 'meeting' | 'other'
  party: string
  body: string
  happened_on: string
  author_id: number
  created_at: string
}

export type LeaveRow = {
  id: number
  person_id: number
  substitute_id: number | null
  from_on: string
  to_on: string
  created_at: string
  ended_at: string | null
}

export type PoolMoveRow = {
  id: number
  application_id: number
  to_pool_id: number
  reason: string
  proposed_by: number
  proposed_at: string
  answered_by: number | null
  answered_at: string | null
  is_accepted: number | null
}

export type DeadlineRow = {
  id: number
  application_id: number
  kind: string
  review_id: number | null
  report_id: number | null
  instalment_id: number | null
  due_at: string
  handled_at: string | null
  try_at: string | null
  file_request_id: number | null
}

export type MessageRow = {
  id: number
  application_id: number
  author_id: number
  side: 'applicant' | 'municipality'
  kind: 'message' | 'adviceNotice'
  body: string
  created_at: string
}

export type InformationRequestRow = {
  id: number
  application_id: number
  kind: 'information' | 'hearing'
  question: string
  due_at: string
  answer: string | null
  asked_by: number
  asked_at: string
  answered_by: number | null
  answered_at: string | null
  came_by: string | null
}

export type TaskRow = {
  id: number
  application_id: number
  kind: 'deadMail' | 'callApplicant' | 'informationLate' | 'decisionLate' | 'nobodyLeft'
  detail: string
  created_at: string
  done_at: string | null
  done_by: number | null
}

export type BulkRunRow = {
  id: number
  person_id: number
  action:
    | 'assignHandler'
    | 'inviteReviewer'
    | 'startReview'
    | 'completeReview'
    | 'extendDeadline'
    | 'postpone'
    | 'sendMessage'
  asked: string
  created_at: string
}

export type BulkItemRow = {
  id: number
  run_id: number
  application_id: number
  seen_version: number
  outcome: 'planned' | 'done' | 'refused'
  becomes: string | null
  mails: string
  hint: string | null
  params: string
  settled_at: string | null
}

export type RetentionRuleRow = {
  kind: 'draft' | 'notSent' | 'withdrawn' | 'refused' | 'lapsed' | 'granted' | 'person' | 'mail'
  months: number
  from_year_end: number
  position: number
  reason_da: string
  reason_en: string
}

export type OnwardRouteRow = {
  id: number
  kind: 'customer' | 'finance' | 'network' | 'premises'
  name_da: string
  name_en: string
  link: string
  checked_on: string
  position: number
}

export type FileRequestRow = {
  id: number
  application_id: number
  number: number
  asked_by: number | null
  entered_by: number | null
  name: string
  contact: string
  language: Language
  body: string
  is_before_decision: number
  asked_on: string
  asked_at: string
  due_on: string
  delayed_to: string | null
  decided_at: string | null
  decided_by: number | null
  answer: string
}

export type FileRequestDocumentRow = {
  id: number
  file_request_id: number
  application_id: number
  number: number
  kind: string
  document_id: number
  title: string
  document_at: string
  decision: 'full' | 'extract' | 'refused'
  body: string
  reason: string
  rule: string
}
