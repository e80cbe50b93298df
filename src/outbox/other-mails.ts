/** Mails that no arrow of a machine sends: people's own matters, messages, and time's reminders. */
export const otherMails = [
  'sign-in',
  'membership-asked',
  'membership-approved',
  'message-to-applicant',
  'message-from-applicant',
  'draft-reminder',
  'acceptance-reminder',
  'decision-late',
  'advice-notice',
  'review-invited',
  'person-invited',
  'case-handed-over',
  'deadline-extended',
  'review-deadline-extended',
  'round-extended',
] as const
