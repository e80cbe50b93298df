import type { Db } from '../src/db/connection.ts'
import type { MailSettings } from '../src/shared/asked.ts'
import type { Clock } from '../src/shared/clock.ts'
import { nowIso } from '../src/shared/clock.ts'
import { aeblevaerket, mobilPresse } from './demo-cases/aeblevaerket.ts'
import { bytteriet } from './demo-cases/bytteriet.ts'
import { cykelsmedjen } from './demo-cases/cykelsmedjen.ts'
import { groenneHaender, groenneHaenderPaaPlejehjem } from './demo-cases/groenne-haender.ts'
import { havnensHaender, havnensHaenderIHeleByen } from './demo-cases/havnens-haender.ts'
import { kodekaeden } from './demo-cases/kodekaeden.ts'
import { lydhoer } from './demo-cases/lydhoer.ts'
import { lyslinjen, lyslinjenFraNattoget } from './demo-cases/lyslinjen.ts'
import { reparationsbussen, reparationsbussenIHeleByen } from './demo-cases/reparationsbussen.ts'
import { restOgRet } from './demo-cases/rest-og-ret.ts'
import { solsikke } from './demo-cases/solsikke.ts'
import { stilleStue, stilleTime } from './demo-cases/stille-stue.ts'
import type { Story } from './demo-cases/story.ts'
import { taltSammen } from './demo-cases/talt-sammen.ts'
import { traadOgTillid } from './demo-cases/traad-og-tillid.ts'
import { walk } from './demo-cases/walk.ts'

export const stories: readonly Story[] = [
  cykelsmedjen,
  restOgRet,
  kodekaeden,
  reparationsbussen,
  reparationsbussenIHeleByen,
  groenneHaender,
  groenneHaenderPaaPlejehjem,
  taltSammen,
  traadOgTillid,
  havnensHaender,
  havnensHaenderIHeleByen,
  lyslinjen,
  lyslinjenFraNattoget,
  stilleStue,
  stilleTime,
  bytteriet,
  lydhoer,
  solsikke,
  mobilPresse,
  aeblevaerket,
]

/** How many days back the first scene lies: money and people must have been there before it. */
export const demoReachDays =
  30 - Math.min(...stories.flatMap(({ scenes }) => scenes.map(([day]) => day)))

/** The demo's cases, built by the real operations on a clock that walks from their first day to now. */
export async function seedDemoCases(db: Db, mail: MailSettings, clock: Clock): Promise<void> {
  await walk(db, stories, mail, nowIso(clock))
}
