/** What a step asked for and got, read and checked; amounts in øre, dates `YYYY-MM-DD`. */
export type Asked = {
  reason?: string
  question?: string
  answer?: string
  answerBy?: string
  ground?: 'late' | 'outOfScope'
  reasons?: string
  rule?: string
  facts?: string
  amountOre?: number
  conditions?: string
  hearing?: 'held' | 'notNeeded'
  hearingWhy?: string
  stateAid?: 'yes' | 'no'
  stateAidWhy?: string
  onwardHelp?: string
  newDate?: string
  outcome?: 'proved' | 'partly'
  learning?: string
  spentOre?: number
  repaymentOre?: number
  receivedOre?: number
  /** How something came that an official wrote in for somebody. */
  cameBy?: 'phone' | 'letter' | 'visit'
  /** The code of another pool. */
  toPool?: string
  /** The names of files that came with it. */
  files?: string[]
  settledBy?: 'paid' | 'waived' | 'writtenOff'
}

/** Where mails say they come from and where their links lead. */
export type MailSettings = { baseUrl: string; mailFrom: string; authorityName: string }
