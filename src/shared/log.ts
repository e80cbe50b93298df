import pino from 'pino'
import type { Logger } from 'pino'

export type { Logger }

/** JSON lines in production; in demo only what a person should see. Never secrets or mail text. */
export function createLogger(mode: 'demo' | 'production'): Logger {
  return pino({
    level: process.env.LOG_LEVEL ?? (mode === 'production' ? 'info' : 'warn'),
    redact: ['*.cookie', '*.authorization', '*.token', '*.code', '*.text', '*.html', '*.raw'],
    timestamp: pino.stdTimeFunctions.isoTime,
  })
}
