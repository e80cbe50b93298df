/**
 * Every table of the database, every column with words in it, and what becomes of them when their
 * time is over. This is the one list: the job erases by it, the doctor looks for what should be gone
 * by it, and a test compares it with the schema, so that a new column cannot be forgotten.
 */

/** What stands where words were; an answer that was left empty stays empty. */
export const erasedText = '[slettet]'
/** What a line of history says instead of its details. */
export const erasedDetails = '{"erased":true}'

/** How the rows of a table are found from the id of a case. */
type Link = 'id' | 'application_id' | 'review_id'

export type ErasedTable = {
  table: string
  link: Link
  /** The columns that hold people's words, and what they become; `null` empties them. */
  erased: Record<string, string | null>
  /** Times, codes and amounts that stay. */
  kept: string
}

/** Of a case: what is written in it goes; what was decided, when, and for how much stays. */
export const ofCase: ErasedTable[] = [
  {
    table: 'applications',
    link: 'id',
    erased: { title: erasedText, sort_key: erasedText, answers: '{}', learning: erasedText },
    // The search text is made anew of what is left.
    kept: `reference search_text status came_from created_at saved_at submitted_at
      decision_expected_on outcome came_by erased_at`,
  },
  {
    table: 'messages',
    link: 'application_id',
    erased: { body: erasedText },
    kept: 'side kind created_at',
  },
  {
    table: 'information_requests',
    link: 'application_id',
    erased: { question: erasedText, answer: erasedText },
    kept: 'kind due_at asked_at answered_at came_by',
  },
  {
    table: 'tasks',
    link: 'application_id',
    erased: { detail: erasedText },
    kept: 'kind created_at done_at',
  },
  {
    table: 'reviews',
    link: 'application_id',
    erased: { conflict_reason: erasedText, comment: erasedText, unscored: '{}' },
    kept: 'status due_on invited_at submitted_at saved_at',
  },
  { table: 'scores', link: 'review_id', erased: { comment: erasedText }, kept: '' },
  {
    table: 'recommendations',
    link: 'application_id',
    erased: { reasons: erasedText, conditions: erasedText },
    kept: 'outcome prepared_at',
  },
  {
    table: 'decisions',
    link: 'application_id',
    erased: {
      conditions: erasedText,
      reasons: erasedText,
      hearing: erasedText,
      state_aid: erasedText,
      onward_help: erasedText,
    },
    kept: 'kind rule ground decided_at superseded_at',
  },
  {
    table: 'reports',
    link: 'application_id',
    erased: {
      done: erasedText,
      learned: erasedText,
      result: erasedText,
      onward: erasedText,
      returned_reason: erasedText,
    },
    kept: 'kind due_on status submitted_at approved_at saved_at',
  },
  {
    table: 'instalments',
    link: 'application_id',
    erased: { failure_reason: erasedText },
    kept: 'stage expected_on status approved_at ordered_at paid_at',
  },
  {
    table: 'onward_items',
    link: 'application_id',
    erased: { text: erasedText, contact: erasedText, waived_reason: erasedText },
    kept: 'kind due_on done_at waived_at waiver_seen_at created_at',
  },
  {
    table: 'pool_moves',
    link: 'application_id',
    erased: { reason: erasedText },
    kept: 'proposed_at answered_at',
  },
  {
    table: 'file_requests',
    link: 'application_id',
    erased: { name: erasedText, contact: erasedText, body: erasedText, answer: erasedText },
    kept: 'language asked_on asked_at due_on delayed_to decided_at',
  },
  {
    table: 'file_request_documents',
    link: 'application_id',
    erased: { title: erasedText, body: erasedText, reason: erasedText },
    kept: 'kind document_at decision rule',
  },
  {
    table: 'bulk_items',
    link: 'application_id',
    erased: { mails: '[]', params: '{}' },
    kept: 'outcome becomes hint settled_at',
  },
  {
    table: 'case_notes',
    link: 'application_id',
    erased: { party: erasedText, body: erasedText },
    kept: 'kind happened_on created_at',
  },
  {
    table: 'outbox',
    link: 'application_id',
    // Who a mail went to is who it went to no more, yet two of them are still two.
    erased: { subject: erasedText, text: '', html: '', raw: '', last_error: null },
    kept: `message_id event template language to_address status next_at lease_until worker
      created_at sent_at`,
  },
]

/** Of a person with no role, no case and no visit for long. */
export const ofPerson: Record<string, string | null> = {
  name: erasedText,
  phone: null,
  issuer: null,
  subject: null,
}

/** An address that reaches nobody, and no two rows have. */
export const erasedAddress = (table: 'mail' | 'person', id: number): string =>
  `slettet-${table}-${id}@example.invalid`

/** The tables whose words are not a case's, and why each may stay, or how it goes. */
export const otherWords: Record<string, string> = {
  people: `email name phone issuer subject: erased with the person;
    language created_at disabled_at seen_at erased_at`,
  history: `details salt: erased with the case or person, under their own hash;
    chain machine event from_status to_status actor_role at request_key prev_hash hash details_hash`,
  sessions: 'id created_at seen_at expires_at ended_at: go by themselves, after a month',
  sign_in_codes: `email token_hash code_hash browser_hash language next_path created_at expires_at
    used_at: go by themselves, after a day`,
  kept_forms: 'id path body created_at: go by themselves, after a month',
  request_keys: 'key who body_hash location created_at: go by themselves, after a week',
  attachments: 'owner_kind name kind sha256 side created_at: go with the case, and their bytes',
  attachment_parts: 'bytes: go with their file',
  bulk_runs: 'action asked created_at: go by themselves, after a month',
  invitations: `email role invited_at expires_at ended_at: go by themselves, half a year after they
    ran out`,
  organisations: 'kind name sort_key cvr address website created_at: are of no person',
  memberships: 'role mails asked_at approved_at removed_at',
  grants: 'plan_parts accepted_at ended_at',
  grant_shares: '',
  instalment_shares: '',
  deadlines: 'kind due_at handled_at try_at',
  roles: 'role granted_at ended_at: officials, whose names the decisions bear',
  leaves: 'from_on to_on created_at ended_at',
  ledger_postings: 'kind posted_at prev_hash hash',
  ledger_entries: 'account side',
  pools: `code name_da name_en purpose_da purpose_en legal_basis_da legal_basis_en complaint_da
    complaint_en short_da short_en instalment_plan contact_name contact_phone contact_email
    letter_da letter_en: the city's own`,
  delegations: "role body_da body_en case_number decided_on valid_to ended_at: the city's own",
  criteria: `code name_da name_en help_da help_en scale_da scale_en valid_from ended_at`,
  rounds: 'opens_at closes_at decision_on extended_from extended_reason: told to everybody',
  contributors: 'code kind name_da name_en sort_key valid_from valid_to',
  contributions: 'base_note_da base_note_en decision_case_number decided_on status',
  pool_years: '',
  onward_routes: 'kind name_da name_en link checked_on',
  retention_rules: 'kind reason_da reason_en',
  counters: 'name',
}
