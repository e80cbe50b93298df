import { createHash } from 'node:crypto'
import { readParts } from '../attachments/queries.ts'
import type { AttachmentRow } from '../db/case-tables.ts'
import type { Db } from '../db/connection.ts'
import type { Check } from './walk.ts'
import { walk } from './walk.ts'

/** A1 and A2: every file is whole, and belongs to something that is there. */
export const fileChecks: Check[] = [
  { name: 'every file has the size and the content it came with', find: findChangedFiles },
  { name: 'every file that was sent belongs to a message or an answer', find: findStrayFiles },
]

const owners: Record<AttachmentRow['owner_kind'], string> = {
  message: 'messages',
  answer: 'information_requests',
}

async function findChangedFiles(db: Db): Promise<string[]> {
  const faults: string[] = []
  for await (const page of walk<AttachmentRow>(db, 'attachments', ['id', 'application_id'])) {
    for (const file of page) {
      const hash = createHash('sha256')
      let size = 0
      for await (const part of readParts(db, file.id)) {
        hash.update(part)
        size += part.length
      }
      if (size !== file.size_bytes) {
        faults.push(`attachment ${file.id}: ${size} bytes, not ${file.size_bytes}`)
      } else if (hash.digest('hex') !== file.sha256) {
        faults.push(`attachment ${file.id}: was changed`)
      }
    }
  }
  return faults
}

async function findStrayFiles(db: Db): Promise<string[]> {
  const faults: string[] = []
  for (const [kind, table] of Object.entries(owners)) {
    const strays = await db('attachments as f')
      .leftJoin(
        `${table} as o`,
        (join) => void join.on('o.id', 'f.owner_id').andOn('o.application_id', 'f.application_id'),
      )
      .where('f.owner_kind', kind)
      .whereNotNull('f.owner_id')
      .whereNull('o.id')
      .orderBy('f.id')
      .select<{ id: number; owner_id: number }[]>('f.id', 'f.owner_id')
    faults.push(...strays.map((f) => `attachment ${f.id}: there is no ${kind} ${f.owner_id}`))
  }
  return faults
}
