import pino from 'pino'
import type { DestinationStream, Logger } from 'pino'

export type { Logger }

const secretNames = [
  'authorization',
  'body',
  'browser',
  'code',
  'cookie',
  'csrf',
  'html',
  'password',
  'raw',
  'secret',
  'sessionId',
  'sessionSecret',
  'smtpUrl',
  'databaseUrl',
  'text',
  'token',
]

/**
 * JSON lines in production; in demo only what a person should see. Never secrets or mail text: their
 * names are blacked out at any of the first three depths, and an error's query values never get here.
 */
export function createLogger(
  mode: 'demo' | 'production',
  destination: DestinationStream = pino.destination({ fd: 1, sync: true }),
): Logger {
  const settings = {
    level: process.env.LOG_LEVEL ?? (mode === 'production' ? 'info' : 'warn'),
    redact: {
      paths: [
        ...secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        '*.headers["set-cookie"]',
        'err.detail', // PostgreSQL puts the row's values there
      ],
      censor: '[hidden]',
    },
    serializers: { err: errorForLog },
    timestamp: pino.stdTimeFunctions.isoTime,
  }
  return pino(settings, destination)
}

function errorForLog(error: unknown) {
  if (!(error instanceof Error)) return error
  const { code, constraint } = error as Error & { code?: unknown; constraint?: unknown }
  const cause: unknown = error.cause === undefined ? undefined : errorForLog(error.cause)
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    errno: code,
    constraint,
    cause,
  }
}
