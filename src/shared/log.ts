import { Logger as Tslog } from 'tslog'

const levels = ['debug', 'info', 'warn', 'error'] as const
type Level = (typeof levels)[number]

export type Logger = Record<Level, (fields: object, message: string) => void> & {
  isLevelEnabled: (level: Level) => boolean
}

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
  'detail', // PostgreSQL puts the row's values there
  'set-cookie',
  'text',
  'token',
]

/**
 * JSON lines in production; in demo only what a person should see. Never secrets or mail text: their
 * names are blacked out at any depth, and an error's query values never get here.
 */
export function createLogger(
  mode: 'demo' | 'production',
  destination: { write: (line: string) => unknown } = process.stdout,
): Logger {
  const usual = mode === 'production' ? 'info' : 'warn'
  const least = levels.find((level) => level === process.env.LOG_LEVEL) ?? usual
  const masking = new Tslog<object>({
    type: 'hidden',
    minLevel: 'DEBUG',
    mask: { keys: secretNames, placeholder: '[hidden]' },
    stack: { capture: 'off' },
  })
  masking.attachTransport({
    format: lineOf,
    write: (_record, line) => void destination.write(line),
  })
  const isLevelEnabled = (level: Level) => levels.indexOf(level) >= levels.indexOf(least)
  const at = (level: Level) => (fields: object, message: string) => {
    if (!isLevelEnabled(level)) return
    const err = 'err' in fields ? { err: errorForLog(fields.err) } : {}
    masking[level]({ ...fields, ...err }, message)
  }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    isLevelEnabled,
  }
}

/** `{"level":"info","time":"2026-…Z", …,"msg":"…"}`, one line. */
function lineOf(record: object): string {
  const {
    '0': fields,
    '1': msg,
    _logMeta: meta,
  } = record as unknown as {
    '0': object
    '1': string
    _logMeta: { logLevelName: string; date: Date }
  }
  const level = meta.logLevelName.toLowerCase()
  return `${JSON.stringify({ level, time: meta.date.toISOString(), ...fields, msg })}\n`
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
