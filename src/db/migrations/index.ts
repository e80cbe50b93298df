import type { Knex } from 'knex'
import * as people from './0001-people.ts'
import * as pools from './0002-pools.ts'
import * as applications from './0003-applications.ts'
import * as decisions from './0004-decisions.ts'
import * as records from './0005-records.ts'
import * as deadlineTries from './0006-deadline-tries.ts'
import * as casework from './0007-casework.ts'
import * as search from './0008-search.ts'
import * as settings from './0009-settings.ts'
import * as roundsAndContributors from './0010-rounds-and-contributors.ts'
import * as members from './0011-members.ts'
import * as attachments from './0012-attachments.ts'
import * as fileRequests from './0013-file-requests.ts'
import * as retention from './0014-retention.ts'
import * as bulk from './0015-bulk.ts'
import * as drafts from './0016-drafts.ts'
import * as historyFound from './0017-history-found.ts'

export type Migration = {
  name: string
  up(db: Knex): Promise<void>
  down(db: Knex): Promise<void>
}

/** Every migration in order. Released ones are never edited. */
export const migrations: Migration[] = [
  people,
  pools,
  applications,
  decisions,
  records,
  deadlineTries,
  casework,
  search,
  settings,
  roundsAndContributors,
  members,
  attachments,
  fileRequests,
  retention,
  bulk,
  drafts,
  historyFound,
]
