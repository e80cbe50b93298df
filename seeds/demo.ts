import type { Db } from '../src/db/connection.ts'
import type { MailSettings } from '../src/shared/asked.ts'
import type { Clock } from '../src/shared/clock.ts'

/** The demo's cases, built by the real operations. */
export async function seedDemoCases(_db: Db, _mail: MailSettings, _clock: Clock): Promise<void> {
  await Promise.resolve()
}
