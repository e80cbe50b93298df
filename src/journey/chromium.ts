import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

export const howToGetOne =
  'No Chromium was found. On Debian or Ubuntu: "apt-get install chromium"; anywhere: ' +
  '"npx playwright-core install chromium"; or name one: CHROMIUM_PATH=/path/to/chrome npm test'

/** The Chromium to use, or null. A CHROMIUM_PATH that leads nowhere is an error, not a skip. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH names no file: ${named}`)
  if (named) return named
  return [...places, chromium.executablePath()].find((place) => existsSync(place)) ?? null
}

/** Starts a headless Chromium that talks to nobody by itself. */
export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--disable-background-networking',
      '--disable-gpu',
      '--disable-features=SpareRendererForSitePerProcess',
      ...(process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : []),
    ],
  })
}
