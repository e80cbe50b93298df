import { machines } from '../../workflows/lifecycle.ts'
import { erasing } from './record-history.ts'

/** The events of what has no machine of its own, and those that begin a row of one that has. */
const others: Record<string, readonly string[]> = {
  review: ['inviteReviewer'],
  contribution: ['propose'],
  note: ['takeNote'],
  deadline: ['extendDeadline'],
  fileRequest: ['askForFiles', 'decideFileRequest'],
  export: ['exportCase'],
  handler: ['assignHandler'],
  contact: ['changeContact'],
  member: ['invite', 'withdrawInvitation', 'approve', 'join', 'changeRole', 'remove', 'leave'],
  recommendation: ['prepareRecommendation'],
  round: ['planRound', 'changeRound', 'cancelRound', 'extendRound', 'openLater'],
  contributor: ['addContributor', 'renameContributor', 'endContributor', 'changeSuccessor'],
  person: ['invitePerson', 'giveRole', 'endRole', 'disablePerson', 'enablePerson'],
  pool: [
    'changePool',
    'addDelegation',
    'endDelegation',
    'setPayoutBand',
    'removePayoutBand',
    'addCriterion',
    'changeCriterion',
    'endCriterion',
    'weighCriteria',
  ],
  mail: ['resend', 'suppress'],
  [erasing]: ['erase', 'eraseDraft', 'erasePerson'],
}

/** Everything that the history can tell of, and what can happen to each, as the filter lists it. */
export const auditCatalogue: { machine: string; events: string[] }[] = [
  ...Object.values(machines)
    .filter(({ name }) => name !== 'mail')
    .map(({ name, states }) => ({
      machine: name as string,
      events: [
        ...(others[name] ?? []),
        ...new Set(Object.values(states).flatMap(({ on }) => Object.keys(on))),
      ],
    })),
  ...Object.entries(others)
    .filter(([name]) => name === 'mail' || !(name in machines))
    .map(([machine, events]) => ({ machine, events: [...events] })),
]
